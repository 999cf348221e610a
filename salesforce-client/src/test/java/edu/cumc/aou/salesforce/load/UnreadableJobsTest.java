package edu.cumc.aou.salesforce.load;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that never tell what became of their rows, and jobs that take none. */
class UnreadableJobsTest {

  private static final String KEY = "HP_PMI_ID__c";
  private static final int ROWS = 90;
  private static final int REFUSED = 7;

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  private void start(BulkOperation operation) {
    org =
        SalesforceSimulator.builder()
            .clock(time)
            .pmiFieldUnique(operation == BulkOperation.UPSERT)
            .bulk(BulkSettings.DEFAULT.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .start();
    salesforce = Clients.of(org, time);
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  private static BulkIngest ingest(BulkOperation operation) {
    return new BulkIngest(
        "Contact",
        operation,
        operation == BulkOperation.UPSERT ? KEY : null,
        List.of(KEY, "LastName"));
  }

  private static LoadOrder order(BulkOperation operation) {
    return new LoadOrder(
        ingest(operation), KEY, LoadSettings.DEFAULT.withBulkFrom(0).withRowsPerJob(40));
  }

  private static String key(int number) {
    return "P%09d".formatted(number);
  }

  private static List<LoadRow> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new LoadRow(key(i), Map.of("LastName", "Invented" + i)))
        .toList();
  }

  private void fault(String fault) {
    DeclaredFault.parse(fault).addTo(org.faults());
  }

  private void assertEachOnce(int count) {
    assertThat(org.records("Contact").map(c -> c.get(KEY)).toList())
        .hasSize(count)
        .doesNotHaveDuplicates();
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
            "results-cut on GET /jobs/ingest/*/successfulResults",
            "error on GET /jobs/ingest/*/successfulResults status=404 code=NOT_FOUND",
            "error on GET /jobs/ingest/*/failedResults status=404 code=NOT_FOUND",
            "html on GET /jobs/ingest/*/successfulResults status=200",
            "error on GET /jobs/ingest/*/successfulResults status=500",
            "reset-before on GET /jobs/ingest/*/*Results")
        .flatMap(
            fault ->
                Stream.of(BulkOperation.INSERT, BulkOperation.UPSERT)
                    .map(operation -> Arguments.of(fault, operation)));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void jobWhoseAnswersCannotBeRead_hasItsRowsAskedFor(String fault, BulkOperation operation) {
    start(operation);
    fault(fault);
    fault("refuse field=LastName value=Invented" + REFUSED);

    LoadReport report = salesforce.loader().load(order(operation), rows(ROWS));

    assertThat(report.failure()).isEmpty();
    assertThat(report.results().get(REFUSED))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION"));
    assertThat(report.saved()).isEqualTo(ROWS - 1);
    assertEachOnce(ROWS - 1);
  }

  @Test
  void shortAnswer_isReadOnceMore() {
    start(BulkOperation.UPSERT);
    fault("results-cut on GET /jobs/ingest/*/successfulResults nth=1");

    LoadReport report = salesforce.loader().load(order(BulkOperation.UPSERT), rows(40));

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(40);
    assertThat(org.requestCounts().keySet()).noneMatch(r -> r.contains("composite/sobjects"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"results-cut", "error status=404 code=NOT_FOUND", "html status=200"})
  void jobOfALoadBefore_isSettledToo(String how) {
    start(BulkOperation.INSERT);
    Bulk bulk = salesforce.bulk();
    BulkIngest ingest = ingest(BulkOperation.INSERT);
    String id = bulk.create(ingest).id();
    List<LoadRow> rows = rows(40);
    bulk.upload(
        id,
        ingest,
        rows.stream()
            .map(r -> Map.<String, Object>of(KEY, r.key(), "LastName", "Invented"))
            .iterator());
    bulk.complete(id);
    fault(how + " on GET /jobs/ingest/*/successfulResults");
    List<RowOutcome> told = new ArrayList<>();

    LoadTally tally =
        salesforce
            .loader()
            .takeUp(
                order(BulkOperation.INSERT),
                new LoadJob(id, true),
                rows,
                time.instant().minusSeconds(60),
                LoadJournal.of(told::add),
                Permit.ALWAYS);

    assertThat(tally.failure()).isEmpty();
    assertThat(told).hasSize(40).allMatch(o -> o.outcome() instanceof Saved);
    assertEachOnce(40);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error on PUT /jobs/ingest/*/batches status=400 code=INVALIDBATCH",
        "html on PUT /jobs/ingest/*/batches status=413",
        "error on PUT /jobs/ingest/*/batches status=404 code=NOT_FOUND",
        "error on PATCH /jobs/ingest/* nth=1 status=400 code=INVALIDJOB"
      })
  void jobThatTakesNoRows_hasThemWrittenByCalls(String fault) {
    start(BulkOperation.INSERT);
    fault(fault);

    LoadReport report = salesforce.loader().load(order(BulkOperation.INSERT), rows(ROWS));

    assertThat(report.failure()).isEmpty();
    assertThat(report.saved()).isEqualTo(ROWS);
    assertEachOnce(ROWS);
  }
}
