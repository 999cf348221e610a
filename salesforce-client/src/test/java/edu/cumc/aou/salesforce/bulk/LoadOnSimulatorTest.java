package edu.cumc.aou.salesforce.bulk;

import static edu.cumc.aou.salesforce.bulk.BulkWired.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads that meet locks, and jobs that end before their time. */
class LoadOnSimulatorTest {

  private static final BulkIngest INSERT =
      new BulkIngest("Contact", BulkOperation.INSERT, null, List.of(KEY, "LastName"));
  private static final LoadSettings BY_BULK =
      LoadSettings.DEFAULT.withBulkFrom(0).withRowsPerJob(40);
  private static final String WRITES = ".*/composite/sobjects";

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  @BeforeEach
  void start() {
    org =
        SalesforceSimulator.builder()
            .clock(time)
            .pmiFieldUnique(false)
            .bulk(BulkSettings.DEFAULT.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .start();
    salesforce = Clients.of(org, time);
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  private static String key(int number) {
    return String.format("P%09d", number);
  }

  private static List<Map<String, Object>> contacts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Map.<String, Object>of(KEY, key(i), "LastName", "Invented"))
        .toList();
  }

  private void lock(int number, int times) {
    org.faults()
        .onRow("Contact", KEY, key(number), times, "UNABLE_TO_LOCK_ROW", "unable to obtain access");
  }

  private void assertEachOnce(int count) {
    assertThat(org.records("Contact").map(c -> String.valueOf(c.get(KEY))).toList())
        .hasSize(count)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"false, 1, 1", "false, 2, 6", "false, 3, 60", "true, 1, 1", "true, 3, 60"})
  void recordsThatMeetALock_areWrittenAgainInSmallerCalls(boolean bulk, int times, int locked) {
    IntStream.range(0, locked).forEach(i -> lock(i, times));

    LoadReport report =
        salesforce.load(INSERT, KEY, contacts(100), bulk ? BY_BULK : LoadSettings.DEFAULT);

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(100);
    assertEachOnce(100);
    // passes of 50, 10 and 1 record a call
    long calls = 0;
    for (int pass = 1; pass <= times; pass++) {
      int size = pass == 1 ? 50 : pass == 2 ? 10 : 1;
      calls += (locked + size - 1) / size;
    }
    assertThat(salesforce.usage().repeats()).containsEntry(CallKind.WRITE, calls);
  }

  @Test
  void passes_leaveTimeForTheLockToGo() {
    lock(3, 3);

    salesforce.load(INSERT, KEY, contacts(10), LoadSettings.DEFAULT);

    assertThat(time.waits())
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void recordThatStaysLocked_isRefusedForAPassingCause(int passes) {
    lock(3, 10);
    LoadSettings settings = new LoadSettings(2_001, 10_000, Duration.ofHours(2), passes, job -> {});

    LoadReport report = salesforce.load(INSERT, KEY, contacts(10), settings);

    assertThat(report.saved()).isEqualTo(9);
    assertThat(((Refused) report.results().get(3)).errors())
        .singleElement()
        .matches(e -> e.code().equals("UNABLE_TO_LOCK_ROW") && e.transientCause());
    assertThat(salesforce.usage().repeats()).containsEntry(CallKind.WRITE, (long) passes);
  }

  @Test
  void lockThatATriggerHides_isALockToo() {
    org.faults()
        .onRow(
            "Contact",
            KEY,
            key(2),
            1,
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            "Invented: execution of AfterInsert caused by: UNABLE_TO_LOCK_ROW");
    org.faults()
        .onRow(
            "Contact", KEY, key(4), 1, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "caused by: other");

    LoadReport report = salesforce.load(INSERT, KEY, contacts(10), LoadSettings.DEFAULT);

    assertThat(report.results().get(2)).isInstanceOf(Saved.class);
    assertThat(report.results().get(4)).isInstanceOf(Refused.class);
    assertEachOnce(9);
  }

  @Test
  void lostAnswerInAPass_leavesThoseRecordsUnknownAndTheOthersSaved() {
    lock(3, 1);
    org.faults().on("POST", WRITES, 2, Fault.resetAfterApply());

    LoadReport report = salesforce.load(INSERT, KEY, contacts(10), LoadSettings.DEFAULT);

    assertThat(report.failure()).isPresent();
    assertThat(report.saved()).isEqualTo(9);
    assertThat(((Refused) report.results().get(3)).errors().get(0).code())
        .isEqualTo(LoadReport.OUTCOME_UNKNOWN);
  }

  @Test
  void jobThatFailsOnItsWay_hasItsRestWrittenByCollections() {
    org.faults()
        .on(
            "POST",
            ".*/jobs/ingest",
            1,
            Fault.rowsUnprocessed(15, "TooManyLockFailure : Too many lock failure 200"));

    LoadReport report = salesforce.load(INSERT, KEY, contacts(40), BY_BULK);

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(40);
    assertEachOnce(40);
  }

  @Test
  void jobThatFailsForGood_endsTheLoadAndTellsWhatWasWritten() {
    org.faults()
        .on(
            "POST",
            ".*/jobs/ingest",
            2,
            Fault.rowsUnprocessed(15, "ExceededQuota : ApiBatchItems Limit exceeded"));

    LoadReport report = salesforce.load(INSERT, KEY, contacts(100), BY_BULK);

    assertThat(report.failure()).map(SalesforceException::kind).contains(Kind.CONFIGURATION);
    assertThat(report.saved()).isEqualTo(55);
    assertThat(codes(report.results().subList(55, 80))).containsOnly("ExceededQuota");
    assertThat(codes(report.results().subList(80, 100))).containsOnly(LoadReport.NOT_PROCESSED);
    assertEachOnce(55);
  }

  private static List<String> codes(List<SaveResult> results) {
    return results.stream().map(r -> ((Refused) r).errors().get(0).code()).toList();
  }

  @Test
  void jobThatIsStuck_isLeftToGoOn() {
    org.faults().on("POST", ".*/jobs/ingest", 1, Fault.jobStuck(5));

    LoadReport report = salesforce.load(INSERT, KEY, contacts(30), BY_BULK);

    assertThat(report.failure()).isPresent();
    assertThat(codes(report.results())).hasSize(30).containsOnly(LoadReport.OUTCOME_UNKNOWN);
  }

  @Test
  void resultsThatAreCut_areNotTakenForAll() {
    org.faults().on("GET", ".*/successfulResults", 1, Fault.resultsCut());

    LoadReport report = salesforce.load(INSERT, KEY, contacts(30), BY_BULK);

    assertThat(report.failure()).map(SalesforceException::kind).contains(Kind.PROTOCOL);
    assertThat(codes(report.results().subList(29, 30))).containsOnly(LoadReport.OUTCOME_UNKNOWN);
  }
}
