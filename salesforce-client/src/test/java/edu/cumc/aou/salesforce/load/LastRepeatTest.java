package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.ProxySettings;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.sync.testing.FaultyProxy;
import edu.cumc.aou.sync.testing.FaultyProxy.How;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attempt loses its answer: the last one's is asked about like the first one's. */
class LastRepeatTest {

  private static final String KEY = "HP_PMI_ID__c";
  private static final String WRITES = ".+/composite/sobjects.*";
  private static final int ATTEMPTS = 5;
  private static final String POISON = "Poison";

  private final VirtualTime time = new VirtualTime();
  private final VirtualTime orgTime = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  private enum Way {
    CREATE(BulkOperation.INSERT, false, false),
    CREATE_UNIQUE(BulkOperation.INSERT, true, false),
    UPSERT(BulkOperation.UPSERT, true, false),
    UPSERT_KNOWN_FORM(BulkOperation.UPSERT, true, true);

    private final BulkOperation operation;
    private final boolean unique;
    private final boolean formed;

    Way(BulkOperation operation, boolean unique, boolean formed) {
      this.operation = operation;
      this.unique = unique;
      this.formed = formed;
    }

    LoadOrder order(int bulkFrom) {
      LoadOrder order =
          new LoadOrder(
              new BulkIngest(
                  "Contact",
                  operation,
                  operation == BulkOperation.UPSERT ? KEY : null,
                  List.of(KEY, "LastName")),
              KEY,
              LoadSettings.DEFAULT.withBulkFrom(bulkFrom));
      return formed ? order.withKeyForm(Pattern.compile("P0\\d{8}")) : order;
    }

    String method() {
      return operation == BulkOperation.INSERT ? "POST" : "PATCH";
    }
  }

  private void start(Way way) {
    org =
        SalesforceSimulator.builder()
            .clock(time)
            .pmiFieldUnique(way.unique)
            .bulk(BulkSettings.DEFAULT.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .start();
    salesforce = Clients.of(org, time);
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  /** An org at the real time, which the proxy puts into its answers; only waits are virtual. */
  private void startOnRealClock(Way way, FaultyProxy proxy) {
    orgTime.pass(Duration.between(orgTime.instant(), Instant.now()));
    org = SalesforceSimulator.builder().clock(orgTime).pmiFieldUnique(way.unique).start();
    salesforce =
        Salesforce.connect(
            Clients.settings(org).proxy(new ProxySettings("localhost", proxy.port())).build(),
            time.surroundings());
  }

  private static String key(int number) {
    return "P%09d".formatted(number);
  }

  private static List<LoadRow> rows(int count, Map<Integer, String> names) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new LoadRow(key(i), Map.of("LastName", names.getOrDefault(i, "Invented" + i))))
        .toList();
  }

  /** How each attempt from some number on is written and loses its answer; those before are not. */
  private void loseFrom(String method, String path, int written) {
    org.faults().on(method, path, n -> n < written, Fault.resetBeforeApply());
    org.faults().on(method, path, n -> true, Fault.resetAfterApply());
  }

  /** No row is told to be there that is not, or not to be there that is. */
  private void assertTrue(LoadReport report, List<LoadRow> rows, boolean knowsAll) {
    List<Object> there = org.records("Contact").<Object>map(c -> c.get(KEY)).toList();
    assertThat(there).doesNotHaveDuplicates();
    for (int i = 0; i < rows.size(); i++) {
      LoadOutcome outcome = report.results().get(i);
      String key = rows.get(i).key();
      if (outcome instanceof Unknown) {
        assertThat(knowsAll).as("%s is unknown", key).isFalse();
      } else {
        assertThat(outcome instanceof Saved)
            .as("%s: %s", key, outcome)
            .isEqualTo(there.contains(key));
      }
    }
  }

  static Stream<Arguments> waysAndAttempts() {
    return Stream.of(Way.values())
        .flatMap(
            way ->
                Stream.of(1, 10)
                    .flatMap(
                        count ->
                            IntStream.rangeClosed(1, 6)
                                .mapToObj(written -> Arguments.of(way, count, written))));
  }

  @ParameterizedTest
  @MethodSource("waysAndAttempts")
  void callsOfWhichNoneIsAnswered_endAsTheOrgHasIt(Way way, int count, int written) {
    start(way);
    loseFrom(way.method(), WRITES, written);
    List<LoadRow> rows = rows(count, Map.of());

    LoadReport report = salesforce.loader().load(way.order(Integer.MAX_VALUE), rows);

    assertTrue(report, rows, way != Way.UPSERT);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void oneRecordWhoseAnswersAreAllLost_isNotRefused_andOneThatIsNotWrittenIs(Way way) {
    try (FaultyProxy proxy = new FaultyProxy()) {
      startOnRealClock(way, proxy);
      List<LoadRow> rows = rows(28, Map.of(3, POISON));
      proxy.failWritesWith(POISON, How.WRITTEN_BUT_BAD_GATEWAY);

      LoadReport there = salesforce.loader().load(way.order(Integer.MAX_VALUE), rows);

      assertThat(there.failure()).isEmpty();
      assertTrue(there, rows, way != Way.UPSERT);
      proxy.failWritesWith(POISON, How.BAD_GATEWAY);
      List<LoadRow> others = rows(60, Map.of(40, POISON)).subList(28, 60);
      LoadReport missing = salesforce.loader().load(way.order(Integer.MAX_VALUE), others);
      assertThat(missing.results().get(12))
          .isEqualTo(new Refused(LoadOutcome.FAILS_INSIDE, List.of()));
      assertThat(missing.saved()).isEqualTo(31);
    }
  }

  /** An upsert of a record that is there, and is not written. */
  @Test
  void upsertThatNeverArrives_isRefused_thoughItsRecordIsThere() {
    try (FaultyProxy proxy = new FaultyProxy()) {
      startOnRealClock(Way.UPSERT, proxy);
      orgTime.pass(Duration.ofHours(-1));
      org.create("Contact", Map.of(KEY, key(3), "LastName", "Before"));
      orgTime.pass(Duration.ofHours(1));
      proxy.failWritesWith(POISON, How.BAD_GATEWAY);

      LoadReport report =
          salesforce
              .loader()
              .load(Way.UPSERT.order(Integer.MAX_VALUE), rows(28, Map.of(3, POISON)));

      assertThat(report.results().get(3))
          .isEqualTo(new Refused(LoadOutcome.FAILS_INSIDE, List.of()));
      assertThat(report.saved()).isEqualTo(27);
    }
  }

  static Stream<Arguments> lostRepeatsOfDuplicates() {
    return Stream.of(Way.values())
        .flatMap(
            way ->
                Stream.of(
                        Fault.resetAfterApply(),
                        Fault.resetBeforeApply(),
                        Fault.html(502),
                        Fault.error(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."))
                    .map(fault -> Arguments.of(way, fault)));
  }

  @ParameterizedTest
  @MethodSource("lostRepeatsOfDuplicates")
  void lostRepeatOfADuplicate_isAskedAbout(Way way, Fault fault) {
    start(way);
    List<LoadRow> rows = rows(60, Map.of());
    for (int i = 0; i < 40; i++) {
      org.faults().onRow("Contact", KEY, key(i), 1, "DUPLICATES_DETECTED", "invented");
    }
    org.faults().on("POST", ".+/composite", n -> true, fault);

    LoadReport report = salesforce.loader().load(way.order(Integer.MAX_VALUE), rows);

    assertTrue(report, rows, way != Way.UPSERT);
    if (way != Way.UPSERT) {
      assertThat(report.failure()).isEmpty();
      assertThat(report.results()).allMatch(r -> r instanceof Saved || r instanceof Refused);
    }
  }

  /** What one question has found stays found when the next one fails. */
  @Test
  void rowThatAQuestionFound_staysSaved_whenTheNextQuestionFails() {
    start(Way.CREATE);
    org.faults().onRow("Contact", KEY, key(2), 1, "UNABLE_TO_LOCK_ROW", "busy");
    org.faults().on("POST", WRITES, 1, Fault.resetAfterApply());
    org.faults().on("GET", ".+/query", n -> n > 1, Fault.html(502));
    List<LoadRow> rows = rows(10, Map.of());

    LoadReport report = salesforce.loader().load(Way.CREATE.order(Integer.MAX_VALUE), rows);

    assertThat(report.failure()).isPresent();
    assertThat(report.saved()).isEqualTo(9);
    assertThat(report.results().get(2)).isEqualTo(new Unknown(LoadOutcome.ANSWER_LOST));
    assertThat(report.results().stream().filter(Saved.class::isInstance)).hasSize(9);
  }

  static Stream<Arguments> waysAndRequestsOfAJob() {
    return Stream.of(Way.values())
        .flatMap(
            way ->
                Stream.of(
                        "POST .+/jobs/ingest",
                        "PUT .+/batches",
                        "PATCH .+/jobs/ingest/\\w+",
                        "GET .+/successfulResults",
                        "GET .+/unprocessedrecords")
                    .flatMap(
                        request ->
                            IntStream.of(1, 3, 5, 9)
                                .mapToObj(written -> Arguments.of(way, request, written))));
  }

  @ParameterizedTest
  @MethodSource("waysAndRequestsOfAJob")
  void jobOfWhichNoRequestIsAnswered_endsAsTheOrgHasIt(Way way, String request, int written) {
    start(way);
    String[] parts = request.split(" ");
    loseFrom(parts[0], parts[1], written);
    List<LoadRow> rows = rows(10, Map.of());

    LoadReport report = salesforce.loader().load(way.order(0), rows);

    // the job of which no start arrived has not begun, but might: the next load takes it up
    boolean mayBegin = request.startsWith("PATCH") && written > ATTEMPTS;
    assertTrue(report, rows, !mayBegin);
  }
}
