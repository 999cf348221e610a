package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.NotWritten;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
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

  private static final String KEY = "HP_PMI_ID__c";
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
        Loads.load(salesforce, INSERT, KEY, contacts(100), bulk ? BY_BULK : LoadSettings.DEFAULT);

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

    Loads.load(salesforce, INSERT, KEY, contacts(10), LoadSettings.DEFAULT);

    assertThat(time.waits())
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void recordThatStaysLocked_isRefusedForAPassingCause(int passes) {
    lock(3, 10);
    LoadSettings settings = LoadSettings.DEFAULT.withLockPasses(passes);

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(10), settings);

    assertThat(report.saved()).isEqualTo(9);
    assertThat(report.results().get(3))
        .isEqualTo(new NotWritten("UNABLE_TO_LOCK_ROW", List.of(), false));
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

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(10), LoadSettings.DEFAULT);

    assertThat(report.results().get(2)).isInstanceOf(Saved.class);
    assertThat(report.results().get(4)).isInstanceOf(Refused.class);
    assertEachOnce(9);
  }

  @Test
  void lostAnswerInAPass_isAskedFor_andNothingIsThereTwice() {
    lock(3, 1);
    org.faults().on("POST", WRITES, 2, Fault.resetAfterApply());

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(10), LoadSettings.DEFAULT);

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(10);
    assertEachOnce(10);
  }

  @Test
  void jobThatFailsOnItsWay_hasItsRestWrittenByCollections() {
    org.faults()
        .on(
            "POST",
            ".*/jobs/ingest",
            1,
            Fault.rowsUnprocessed(15, "TooManyLockFailure : Too many lock failure 200"));

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(40), BY_BULK);

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(40);
    assertEachOnce(40);
  }

  @Test
  void jobThatFailsForGood_hasItsRestAndAllOthersWrittenByCalls() {
    org.faults()
        .on(
            "POST",
            ".*/jobs/ingest",
            2,
            Fault.rowsUnprocessed(15, "ExceededQuota : ApiBatchItems Limit exceeded"));

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(150), BY_BULK);

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(150);
    assertEachOnce(150);
  }

  @Test
  void jobThatIsStuck_isLeftToGoOn() {
    org.faults().on("POST", ".*/jobs/ingest", 1, Fault.jobStuck(5));

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(30), BY_BULK);

    assertThat(report.failure()).isPresent();
    assertThat(report.results()).hasSize(30).containsOnly(new Unknown(LoadOutcome.ANSWER_LOST));
  }

  @Test
  void resultsThatAreCut_areNotTakenForAll() {
    org.faults().on("GET", ".*/successfulResults", 1, Fault.resultsCut());

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(30), BY_BULK);

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(30);
    assertEachOnce(30);
  }

  private static final LoadSettings TWO_JOBS =
      LoadSettings.DEFAULT.withBulkFrom(0).withRowsPerJob(230);

  /** What the org was asked of jobs, in order. */
  private List<String> stepsOfJobs() {
    return org.requests().stream()
        .filter(r -> r.path().contains("/jobs/ingest"))
        .map(r -> r.method() + " " + r.path().replaceAll(".*/", ""))
        .toList();
  }

  @Test
  void nextJob_worksWhileTheAnswersOfTheOneBeforeAreRead() {
    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(460), TWO_JOBS);

    assertThat(report.saved()).isEqualTo(460);
    assertEachOnce(460);
    List<String> steps = stepsOfJobs();
    int secondStart = steps.lastIndexOf("PATCH {id}");
    int firstAnswers = steps.indexOf("GET successfulResults");
    assertThat(secondStart).isLessThan(firstAnswers);
    // and it was seen before that the first one is over
    assertThat(steps.get(secondStart - 1)).isEqualTo("GET {id}");
  }

  @Test
  void nextJob_waitsForTheAnswersOfOneThatHasRefusedRows() {
    org.faults().onRow("Contact", KEY, key(3), 1, "INVALID_EMAIL_ADDRESS", "Invented");

    LoadReport report = Loads.load(salesforce, INSERT, KEY, contacts(460), TWO_JOBS);

    assertThat(report.saved()).isEqualTo(459);
    List<String> steps = stepsOfJobs();
    assertThat(steps.lastIndexOf("PATCH {id}")).isGreaterThan(steps.indexOf("GET failedResults"));
  }
}
