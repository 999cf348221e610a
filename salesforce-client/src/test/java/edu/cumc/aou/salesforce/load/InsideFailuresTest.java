package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.ProxySettings;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.NotWritten;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.sync.testing.FaultyProxy;
import edu.cumc.aou.sync.testing.FaultyProxy.How;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records with which Salesforce fails inside, values that cannot travel, and an org that is down.
 */
@Tag("slow")
class InsideFailuresTest {

  private static final String KEY = "HP_PMI_ID__c";
  private static final int ROWS = 28;
  private static final String POISON = "Poison";

  private final VirtualTime time = new VirtualTime();
  private final FaultyProxy proxy = new FaultyProxy();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  private void start(boolean unique) {
    // on the real clock, which the proxy puts into its answers; only waits are virtual
    org =
        SalesforceSimulator.builder()
            .pmiFieldUnique(unique)
            .bulk(BulkSettings.DEFAULT.withTimes(Duration.ZERO, Duration.ZERO))
            .start();
    salesforce =
        Salesforce.connect(
            Clients.settings(org).proxy(new ProxySettings("localhost", proxy.port())).build(),
            time.surroundings());
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
    proxy.close();
  }

  private static String key(int number) {
    return "P%09d".formatted(number);
  }

  private static List<LoadRow> rows(int count, int... poisonous) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new LoadRow(
                    key(i),
                    Map.of(
                        "LastName",
                        IntStream.of(poisonous).anyMatch(p -> p == i) ? POISON : "Invented" + i)))
        .toList();
  }

  private static LoadOrder order(boolean unique) {
    return new LoadOrder(
        new BulkIngest(
            "Contact",
            unique ? BulkOperation.UPSERT : BulkOperation.INSERT,
            unique ? KEY : null,
            List.of(KEY, "LastName", "FirstName")),
        KEY);
  }

  private LoadReport load(boolean unique, List<LoadRow> rows) {
    return salesforce.loader().load(order(unique), rows);
  }

  private void assertEachOnce(int count) {
    assertThat(org.records("Contact").map(c -> c.get(KEY)).toList())
        .hasSize(count)
        .doesNotHaveDuplicates();
  }

  static Stream<Arguments> eachFailureInEachKindOfOrg() {
    return Stream.of(How.values())
        .filter(how -> how != How.WRITTEN_BUT_BAD_GATEWAY)
        .flatMap(how -> Stream.of(true, false).map(unique -> Arguments.of(how, unique)));
  }

  @ParameterizedTest
  @MethodSource("eachFailureInEachKindOfOrg")
  void recordWithWhichSalesforceFails_isSingledOut_andTheOthersArrive(How how, boolean unique) {
    start(unique);
    proxy.failWritesWith(POISON, how);

    LoadReport report = load(unique, rows(ROWS, 17));

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().get(17))
        .isEqualTo(new Refused(LoadOutcome.FAILS_INSIDE, List.of()));
    assertThat(report.saved()).isEqualTo(ROWS - 1);
    assertEachOnce(ROWS - 1);
    assertThat(proxy.failed()).as("calls that failed").isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void firstAndLastAndOnlyRecord_areToldApartFromAnOrgThatIsDown(boolean unique) {
    start(unique);
    proxy.failWritesWith(POISON, How.FAILED_INSIDE);

    LoadReport several = load(unique, rows(ROWS, 0, 27));
    LoadReport one = load(unique, rows(1, 0));

    assertThat(several.saved()).isEqualTo(ROWS - 2);
    assertThat(several.results().get(0)).isInstanceOf(Refused.class);
    assertThat(several.results().get(27)).isInstanceOf(Refused.class);
    assertThat(one.results()).containsExactly(new Refused(LoadOutcome.FAILS_INSIDE, List.of()));
  }

  @ParameterizedTest
  @MethodSource("eachFailureInEachKindOfOrg")
  void orgThatIsDown_endsTheLoad_andBlamesNobody(How how, boolean unique) {
    start(unique);
    load(unique, rows(1));
    proxy.fail(how, FaultyProxy::isWrite);

    LoadReport report = load(unique, rows(400).subList(1, 400));

    assertThat(report.failure()).map(SalesforceException::kind).contains(Kind.UNAVAILABLE);
    assertThat(report.results())
        .noneMatch(Refused.class::isInstance)
        .noneMatch(Saved.class::isInstance);
    if (!unique) {
      // Salesforce was asked: none of them is there
      assertThat(report.results()).noneMatch(Unknown.class::isInstance);
    }
    assertThat(proxy.failed()).isLessThan(25);

    proxy.fail(how, r -> false);
    LoadReport again = load(unique, rows(400).subList(1, 400));
    assertThat(again.saved()).isEqualTo(399);
    assertEachOnce(400);
  }

  @Test
  void createsThatAreWrittenWithoutAnAnswer_areFound_andNoneIsThereTwice() {
    start(false);
    proxy.failWritesWith(POISON, How.WRITTEN_BUT_BAD_GATEWAY);

    LoadReport report = load(false, rows(ROWS, 3));

    assertThat(report.failure()).isEmpty();
    assertThat(report.results()).allMatch(Saved.class::isInstance);
    assertEachOnce(ROWS);
    assertThat(proxy.failed()).isEqualTo(1);
  }

  @Test
  void failureThatSalesforceTells_isAskedAboutAtOnce_andSilenceUntilTheCallMustHaveEnded() {
    start(false);
    Instant began = time.instant();
    proxy.failWritesWith(POISON, How.FAILED_INSIDE);
    load(false, rows(ROWS, 3));
    assertThat(Duration.between(began, time.instant())).isLessThan(Duration.ofSeconds(30));

    began = time.instant();
    proxy.fail(How.NO_ANSWER, r -> FaultyProxy.isWrite(r) && proxy.failed() < 30);
    int failed = proxy.failed();
    proxy.fail(How.NO_ANSWER, r -> FaultyProxy.isWrite(r) && proxy.failed() <= failed);
    load(false, rows(40).subList(ROWS, 40));
    assertThat(Duration.between(began, time.instant()))
        .isBetween(Duration.ofSeconds(149), Duration.ofSeconds(170));
    assertEachOnce(39);
  }

  /** The call that nobody answers ends after three seconds, as another process of ours sees it. */
  @Test
  void callThatEndsLateWithoutAnAnswer_isFoundSoonAfterItsEnd() {
    start(false);
    Instant began = time.instant();
    Runnable ends =
        () -> {
          if (org.records("Contact").findAny().isEmpty()
              && Duration.between(began, time.instant()).compareTo(Duration.ofSeconds(3)) >= 0) {
            try (Salesforce late = Salesforce.connect(Clients.settings(org).build())) {
              late.create("Contact", Map.of(KEY, key(0), "LastName", "Invented0"));
            }
          }
        };
    salesforce.close();
    salesforce =
        Salesforce.connect(
            Clients.settings(org).proxy(new ProxySettings("localhost", proxy.port())).build(),
            new Surroundings(
                time,
                duration -> {
                  time.pass(duration);
                  ends.run();
                },
                new Random(7)));
    proxy.fail(How.NO_ANSWER, r -> FaultyProxy.isWrite(r) && proxy.failed() == 0);

    LoadReport report = load(false, rows(1));

    assertThat(report.results()).allMatch(Saved.class::isInstance);
    assertThat(Duration.between(began, time.instant()))
        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
    assertEachOnce(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Integer.MAX_VALUE})
  void valuesThatCannotTravel_areTheirRowsOutcome_andTheOthersArrive(int bulkFrom) {
    start(true);
    List<LoadRow> rows =
        List.of(
            new LoadRow(key(0), Map.of("LastName", "One")),
            new LoadRow(key(1), Map.of("LastName", "#N/A")),
            new LoadRow(key(2), Map.of("LastName", "half \uD83D pair")),
            new LoadRow(key(3), Map.of("LastName", "Four", "FirstName", new Object())),
            new LoadRow(key(4), Map.of("LastName", "x".repeat(140_000))),
            new LoadRow("", Map.of("LastName", "No key")),
            new LoadRow(key(6), Map.of("LastName", "Seven", "No_Such_Field__c", "x")),
            new LoadRow(key(7), Map.of("LastName", "Eight")));

    LoadReport report =
        salesforce
            .loader()
            .load(
                new LoadOrder(
                    order(true).ingest(), KEY, LoadSettings.DEFAULT.withBulkFrom(bulkFrom)),
                rows);

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().get(0)).isInstanceOf(Saved.class);
    assertThat(report.results().get(1)).isInstanceOf(Saved.class);
    assertThat(report.results().get(2))
        .isEqualTo(new Refused(LoadOutcome.CANNOT_BE_SENT, List.of("LastName")));
    assertThat(report.results().get(3))
        .isEqualTo(new Refused(LoadOutcome.CANNOT_BE_SENT, List.of("FirstName")));
    assertThat(report.results().get(4))
        .isEqualTo(new Refused("STRING_TOO_LONG", List.of("LastName")));
    assertThat(report.results().get(5))
        .isEqualTo(new Refused(LoadOutcome.CANNOT_BE_SENT, List.of(KEY)));
    assertThat(report.results().get(6)).isInstanceOf(Refused.class);
    assertThat(report.results().get(7)).isInstanceOf(Saved.class);
    assertThat(org.records("Contact").map(c -> c.get("LastName")))
        .containsExactlyInAnyOrder("One", "#N/A", "Eight");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowThatIsLongerThanACallMayBe_isRefused_andTheOthersArrive(boolean unique) {
    start(unique);
    List<LoadRow> rows = new ArrayList<>(rows(ROWS));
    rows.set(17, new LoadRow(key(17), Map.of("LastName", "x".repeat(55_000_000))));

    LoadReport report = load(unique, rows);

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().get(17))
        .isEqualTo(new Refused(LoadOutcome.CANNOT_BE_SENT, List.of()));
    assertThat(report.saved()).isEqualTo(ROWS - 1);
    assertEachOnce(ROWS - 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gatewayThatTakesShortCallsOnly_getsThem(boolean unique) {
    start(unique);
    DeclaredFault.parse("html status=413 on * /composite/sobjects/** to=3").addTo(org.faults());

    LoadReport report = load(unique, rows(ROWS));

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(ROWS);
    assertEachOnce(ROWS);
  }

  @Test
  void manyRecordsWithWhichSalesforceFails_costNoWaits() {
    start(true);
    int[] poisonous = IntStream.range(0, 45).filter(i -> i % 3 == 0).toArray();
    proxy.failWritesWith(POISON, How.FAILED_INSIDE);
    Instant began = time.instant();

    LoadReport report = load(true, rows(45, poisonous));

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(30);
    assertThat(Duration.between(began, time.instant())).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void orgThatFailsForAQuarterOfAMinute_isWaitedFor(boolean unique) {
    start(unique);
    Instant better = time.instant().plusSeconds(15);
    proxy.fail(How.FAILED_INSIDE, r -> FaultyProxy.isWrite(r) && time.instant().isBefore(better));

    LoadReport report = load(unique, rows(ROWS));

    assertThat(report.failure()).isEmpty();
    assertThat(report.results()).noneMatch(Unknown.class::isInstance);
    assertEachOnce((int) report.saved());
    assertThat(report.saved()).isEqualTo(ROWS);
  }

  @Test
  void lockedOut_isNotWritten() {
    start(true);
    org.faults().onRow("Contact", KEY, key(1), 10, "UNABLE_TO_LOCK_ROW", "busy");

    assertThat(load(true, rows(3)).results().get(1))
        .isEqualTo(new NotWritten("UNABLE_TO_LOCK_ROW", List.of(), false));
  }
}
