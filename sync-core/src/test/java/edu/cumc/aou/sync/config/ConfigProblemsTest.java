package edu.cumc.aou.sync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigProblemsTest {

  private final ConfigProblems problems = new ConfigProblems();

  @Test
  void whatWasRead_isGivenUnlessThereAreProblems() {
    assertThat(problems.orThrow(Optional.of("read"))).isEqualTo("read");

    problems.add("store.jdbc-url", "is missing");
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> problems.orThrow(Optional.of("read")))
        .withMessageContaining("store.jdbc-url: is missing")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG));
  }

  @Test
  void nothingReadAndNothingWrong_isADefect() {
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> problems.orThrow(Optional.empty()))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.BUG));
  }
}
