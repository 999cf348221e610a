package edu.cumc.aou.salesforce.bulk;

import static edu.cumc.aou.salesforce.bulk.BulkWired.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.load.LoadOutcome;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.salesforce.load.LoadReport;
import edu.cumc.aou.salesforce.load.LoadSettings;
import edu.cumc.aou.salesforce.load.Loads;
import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkOnSimulatorTest {

  private static final LoadSettings BY_BULK =
      LoadSettings.DEFAULT.withBulkFrom(0).withRowsPerJob(40);
  private static final BulkIngest UPSERT =
      new BulkIngest(
          "Contact", BulkOperation.UPSERT, KEY, List.of(KEY, "LastName", "Birthdate", "AccountId"));

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  @BeforeEach
  void start() {
    org =
        SalesforceSimulator.builder()
            .clock(time)
            .bulk(
                BulkSettings.DEFAULT
                    .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(30))
                    .withExactHeaderCase(true)
                    .withPageSize(30))
            .start();
    salesforce =
        Salesforce.connect(
            Clients.settings(org).answerTimeout(Duration.ofSeconds(1)).build(),
            time.surroundings());
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  private Map<String, Object> contact(int number) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(KEY, String.format("P%09d", number));
    fields.put("LastName", "Invented, \"" + number + "\"\nsecond line");
    fields.put("Birthdate", LocalDate.of(1950, 1, 1).plusDays(number));
    fields.put("AccountId", org.accountId());
    return fields;
  }

  private List<Map<String, Object>> contacts(int count) {
    return IntStream.range(0, count).mapToObj(this::contact).toList();
  }

  @Test
  void load_givesTheSameResultsByCollectionsAndByJobs() {
    List<Map<String, Object>> records = new ArrayList<>(contacts(100));
    records.get(7).put("LastName", null);
    records.get(8).put("Birthdate", "no date");

    LoadReport byJobs = Loads.load(salesforce, UPSERT, KEY, records, BY_BULK);
    LoadReport again = Loads.load(salesforce, UPSERT, KEY, records, LoadSettings.DEFAULT);

    assertThat(byJobs.failure()).isEmpty();
    assertThat(byJobs.saved()).isEqualTo(98);
    assertThat(byJobs.results().get(0)).matches(r -> ((Saved) r).created());
    assertThat(((Refused) byJobs.results().get(7)).code()).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(org.records("Contact")).hasSize(98);
    assertThat(org.records("Contact"))
        .anyMatch(c -> "Invented, \"3\"\nsecond line".equals(c.get("LastName")));
    for (int i = 0; i < 100; i++) {
      LoadOutcome first = byJobs.results().get(i);
      LoadOutcome second = again.results().get(i);
      if (first instanceof Saved saved) {
        assertThat(second).isEqualTo(new Saved(saved.id(), false, false));
      } else {
        assertThat(second).isInstanceOf(Refused.class);
      }
    }
  }

  @Test
  void load_hasEachOperation() {
    BulkIngest insert =
        new BulkIngest("Contact", BulkOperation.INSERT, null, List.of("lastname", KEY));
    List<Map<String, Object>> inserted =
        contacts(50).stream()
            .map(c -> Map.of("LastName", c.get("LastName"), KEY, c.get(KEY)))
            .toList();

    List<LoadOutcome> created = Loads.load(salesforce, insert, KEY, inserted, BY_BULK).results();
    List<Map<String, Object>> updates =
        created.stream()
            .map(r -> Map.<String, Object>of("Id", ((Saved) r).id(), "LastName", "Changed"))
            .toList();
    LoadReport updated =
        Loads.load(
            salesforce,
            new BulkIngest("Contact", BulkOperation.UPDATE, null, List.of("Id", "LastName")),
            "Id",
            updates,
            BY_BULK);
    LoadReport deleted =
        Loads.load(
            salesforce,
            new BulkIngest("Contact", BulkOperation.DELETE, null, List.of("Id")),
            "Id",
            updates.stream().limit(45).map(u -> Map.of("Id", u.get("Id"))).toList(),
            BY_BULK);

    assertThat(created).allMatch(r -> ((Saved) r).created()).hasSize(50);
    assertThat(updated.results())
        .containsExactlyElementsOf(
            created.stream()
                .map(r -> (LoadOutcome) new Saved(((Saved) r).id(), false, false))
                .toList());
    assertThat(deleted.saved()).isEqualTo(45);
    assertThat(org.records("Contact"))
        .hasSize(5)
        .allMatch(c -> "Changed".equals(c.get("LastName")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|.+/jobs/ingest",
        "PUT|.+/batches",
        "PATCH|.+/jobs/ingest/.+",
        "GET|.+/jobs/ingest/[0-9A-Za-z]+",
        "GET|.+/successfulResults",
        "GET|.+/failedResults",
        "GET|.+/describe"
      })
  void everyFaultAtEveryStep_endsWithEachRecordThereOnce(String method, String path) {
    List<Fault> faults =
        List.of(
            Fault.resetBeforeApply(),
            Fault.resetAfterApply(),
            Fault.unavailable(Duration.ofSeconds(3)),
            Fault.html(503),
            Fault.html(200),
            Fault.expiredSession(),
            Fault.truncatedBody(),
            Fault.stalledBody());
    List<Map<String, Object>> records = contacts(30);
    records.get(3).put("LastName", null);
    for (Fault fault : faults) {
      org.faults().clear();
      org.faults().on(method, path, 1, fault);
      time.pass(Duration.ofHours(1));

      LoadReport report = Loads.load(salesforce, UPSERT, KEY, records, BY_BULK);

      assertThat(report.failure()).as("%s at %s", fault, path).isEmpty();
      assertThat(report.saved()).as("%s at %s", fault, path).isEqualTo(29);
      assertThat(org.records("Contact")).hasSize(29);
    }
  }

  @Test
  void uploadThatWasLost_isSentInAnotherJob() {
    org.faults().on("PUT", ".+/batches", 1, Fault.resetAfterApply());

    LoadReport report = Loads.load(salesforce, UPSERT, KEY, contacts(10), BY_BULK);

    assertThat(report.saved()).isEqualTo(10);
    assertThat(org.requestCounts()).containsEntry("POST /services/data/{version}/jobs/ingest", 2);
  }

  @Test
  void keysThatDoNotTellRecordsApart_areRefused_andTheOthersArrive() {
    List<Map<String, Object>> records =
        List.of(contact(1), contact(1), Map.of("LastName", "A"), contact(2));

    LoadReport report = Loads.load(salesforce, UPSERT, KEY, records, BY_BULK);

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().subList(1, 3))
        .containsOnly(new Refused(LoadOutcome.CANNOT_BE_SENT, List.of(KEY)));
    assertThat(org.records("Contact").map(c -> c.get("LastName")))
        .containsExactlyInAnyOrder(contact(1).get("LastName"), contact(2).get("LastName"));
  }

  @Test
  void read_givesTheSameRecordsByRestAndByBulk() {
    Loads.load(salesforce, UPSERT, KEY, contacts(100), BY_BULK);
    String soql =
        Soql.select(
                "Id", KEY, "LastName", "Birthdate", "IsDeleted", "SystemModstamp", "Account.Name")
            .from("Contact")
            .text();

    List<String> rest = read(soql, 101);
    long queriesByRest = salesforce.usage().requests().get(CallKind.QUERY);
    List<String> bulk = read(soql, 100);

    assertThat(rest).hasSize(100).isEqualTo(bulk);
    assertThat(salesforce.usage().requests().get(CallKind.QUERY))
        .as("only the count went by REST")
        .isEqualTo(queriesByRest + 1);
  }

  private List<String> read(String soql, long bulkFrom) {
    List<String> read = new ArrayList<>();
    try (RecordCursor cursor = salesforce.read(soql, bulkFrom)) {
      while (cursor.hasNext()) {
        SalesforceRecord record = cursor.next();
        StringBuilder shown = new StringBuilder(record.type());
        for (String field : record.fields()) {
          shown.append('|').append(field).append(record.text(field)).append(record.flag(field));
          record.parent(field).ifPresent(p -> shown.append(p.type()).append(p.text("Name")));
        }
        read.add(shown.toString());
      }
    }
    return read.stream().sorted().toList();
  }

  @Test
  void query_isResumedByAnotherClientWhereTheFirstDied() {
    Loads.load(salesforce, UPSERT, KEY, contacts(100), BY_BULK);
    BulkQuery first = salesforce.bulk().start("SELECT HP_PMI_ID__c FROM Contact", false);
    List<String> keys = new ArrayList<>();
    IntStream.range(0, 70).forEach(i -> keys.add(first.next().text(KEY).orElseThrow()));
    keys.subList(keys.size() - (int) first.readOfPage(), keys.size()).clear();

    try (BulkQuery second = salesforce.bulk().resume(first.jobId(), first.locator())) {
      second.forEachRemaining(r -> keys.add(r.text(KEY).orElseThrow()));
    }

    assertThat(keys).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void sessionThatEndsUnderManyThreads_isRenewedOnce() throws Exception {
    Loads.load(salesforce, UPSERT, KEY, contacts(20), BY_BULK);
    long logins = salesforce.usage().requests().get(CallKind.LOGIN);
    int threads = 8;
    String id = salesforce.bulk().create(UPSERT).id();
    org.expireSessions();
    CountDownLatch together = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        boolean bulk = i % 2 == 0;
        all.add(
            pool.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return bulk
                      ? salesforce.bulk().job(id).state()
                      : salesforce.count("SELECT COUNT() FROM Contact");
                }));
      }
      for (Future<?> each : all) {
        assertThat(each.get()).isIn(BulkState.OPEN, 20L);
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(salesforce.usage().requests().get(CallKind.LOGIN)).isEqualTo(logins + 1);
  }

  /** A permit that counts, and ends what asks once too often. */
  private static final class Counting implements Permit {
    private final int most;
    private int asked;

    Counting(int most) {
      this.most = most;
    }

    @Override
    public void toWrite() {
      throw new AssertionError("nothing is written");
    }

    @Override
    public void toWait() {
      if (++asked > most) {
        throw new IllegalStateException("the time is over");
      }
    }

    @Override
    public Duration every() {
      return Duration.ofSeconds(2);
    }
  }

  @Test
  void waitForAQueryJob_asksThePermit_andEndsWithIt() {
    org.create("Contact", Map.of("LastName", "Invented"));
    Counting patient = new Counting(1_000);
    try (RecordCursor records = salesforce.reading(patient).queryByJob("SELECT Id FROM Contact")) {
      assertThat(records.hasNext()).isTrue();
    }
    // 50 s of the job, asked every 2 s and before each request
    assertThat(patient.asked).isGreaterThan(25);
    assertThat(time.waits()).allMatch(w -> w.compareTo(Duration.ofSeconds(2)) <= 0);
    org.resetCounters();

    assertThatThrownBy(
            () -> salesforce.reading(new Counting(5)).queryByJob("SELECT Id FROM Contact"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the time is over");

    assertThat(org.requestCounts().keySet())
        .as("the job is taken away")
        .anyMatch(r -> r.startsWith("DELETE") && r.endsWith("/jobs/query/{id}"));
  }
}
