package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault at each operation: whatever happens, each record is there once at the end. */
@Tag("slow")
class FaultMatrixTest {

  static Stream<Arguments> eachFaultAtEachOperation() {
    return Stream.of(MatrixOperation.values())
        .flatMap(
            operation ->
                Stream.of(MatrixFault.values())
                    // nothing is what Salesforce may say of no rows
                    .filter(
                        fault ->
                            operation != MatrixOperation.BULK_UNPROCESSED
                                || fault != MatrixFault.EMPTY_200)
                    .map(fault -> Arguments.of(operation, fault)));
  }

  @ParameterizedTest
  @MethodSource("eachFaultAtEachOperation")
  void eachFaultAtEachOperation_leavesEachRecordOnce(MatrixOperation operation, MatrixFault fault) {
    Duration patience =
        fault == MatrixFault.STALLED ? Duration.ofMillis(500) : Duration.ofSeconds(20);
    try (MatrixScene scene = new MatrixScene(operation.unique(), patience)) {
      operation.prepare(scene);
      scene.org.faults().on(operation.method(), operation.path(), 1, fault.fault());
      long repeated = scene.salesforce.usage().repeated();
      long logins = scene.salesforce.usage().requests().get(CallKind.LOGIN);

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> operation.call(scene));

      assertThat(scene.org.faults().tallies().get(0).struck()).as("faults met").isEqualTo(1);
      assertConclusion(operation, fault, thrown);
      assertThat(scene.salesforce.usage().repeated() - repeated)
          .as("what was repeated shows")
          .isEqualTo(thrown == null ? 1 : 0);
      assertThat(scene.salesforce.usage().requests().get(CallKind.LOGIN) - logins)
          .isEqualTo(fault.effect() == MatrixFault.Effect.SESSION ? 1 : 0);
      if (thrown != null) {
        operation.again(scene);
      }
      operation.check(scene);
    }
  }

  private static void assertConclusion(
      MatrixOperation operation, MatrixFault fault, @Nullable SalesforceException thrown) {
    switch (fault.effect()) {
      case NOT_DONE, SESSION -> assertThat(thrown).isNull();
      case UNKNOWN -> {
        if (operation.once()) {
          assertThat(thrown).isNotNull().matches(SalesforceException::answerLost, "answer lost");
        } else {
          assertThat(thrown).isNull();
        }
      }
      case REFUSED -> {
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).isEqualTo(fault.kind());
        assertThat(thrown.answerLost()).isFalse();
      }
    }
  }

  static Stream<Fault> faultsOfALogin() {
    return Stream.of(
        Fault.unavailable(Duration.ofSeconds(3)),
        Fault.html(500),
        Fault.html(503),
        Fault.html(200),
        Fault.emptyAnswer(),
        Fault.resetBeforeApply(),
        Fault.resetAfterApply(),
        Fault.truncatedBody(),
        Fault.stalledBody());
  }

  @ParameterizedTest
  @MethodSource("faultsOfALogin")
  void login_getsThroughWhateverPasses(Fault fault) {
    try (MatrixScene scene = new MatrixScene(false, Duration.ofSeconds(1))) {
      scene.org.faults().on("POST", ".*/services/oauth2/token", 1, fault);

      assertThat(scene.salesforce.count("SELECT COUNT() FROM Contact"))
          .isEqualTo(MatrixScene.COUNT);

      assertThat(scene.salesforce.usage().repeats())
          .containsEntry(CallKind.LOGIN, 1L)
          .containsEntry(CallKind.QUERY, 0L);
    }
  }

  @Test
  void faultsOneAfterTheOther_areAllGotThrough() {
    try (MatrixScene scene = new MatrixScene(true, Duration.ofSeconds(20))) {
      List<MatrixFault> passing =
          Stream.of(MatrixFault.values())
              .filter(f -> f.effect() == MatrixFault.Effect.UNKNOWN)
              .limit(5)
              .toList();
      for (int i = 0; i < passing.size(); i++) {
        scene.org.faults().on("PATCH", ".*/composite/sobjects/.*", i + 1, passing.get(i).fault());
      }

      MatrixOperation.UPSERT_ALL.call(scene);

      assertThat(scene.salesforce.usage().repeats()).containsEntry(CallKind.WRITE, 5L);
      MatrixOperation.UPSERT_ALL.check(scene);
    }
  }
}
