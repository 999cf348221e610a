package edu.cumc.aou.salesforce;

import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadJob;
import edu.cumc.aou.salesforce.load.LoadJournal;
import edu.cumc.aou.salesforce.load.LoadOrder;
import edu.cumc.aou.salesforce.load.LoadOutcome;
import edu.cumc.aou.salesforce.load.LoadReport;
import edu.cumc.aou.salesforce.load.LoadRow;
import edu.cumc.aou.salesforce.load.LoadSettings;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.salesforce.load.RowOutcome;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** An org and a client for the loads of one way, one fault after the other. */
final class PageScene implements AutoCloseable {

  static final String KEY = "HP_PMI_ID__c";
  static final int ROWS = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT_PATIENCE = Duration.ofMillis(500);

  private final PageWay way;
  private final boolean unique;
  private final VirtualTime time = new VirtualTime();
  private final SalesforceSimulator org;
  private final Salesforce patient;
  private final Salesforce impatient;

  PageScene(PageWay way, boolean unique) {
    this.way = way;
    this.unique = unique;
    org = org(unique, time);
    patient = client(PATIENCE);
    impatient = client(SHORT_PATIENCE);
  }

  static SalesforceSimulator org(boolean unique, VirtualTime time) {
    return SalesforceSimulator.builder()
        .clock(time)
        .pmiFieldUnique(unique)
        .bulk(BulkSettings.DEFAULT.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .start();
  }

  private Salesforce client(Duration patience) {
    Salesforce client =
        Salesforce.connect(
            Clients.settings(org).answerTimeout(patience).build(), time.surroundings());
    // what is asked once is asked before anything goes wrong
    client.organization();
    client.describe("Contact");
    return client;
  }

  /**
   * What came of one load with one fault.
   *
   * @param written records that the load said are written
   * @param refused rows that it refused
   * @param unwritten rows that it said are not written
   * @param unknown rows that it reported as unknown
   * @param asked whether it asked the org for records after a lost answer
   * @param doubled records that are there twice
   * @param lost rows that it reported differently than the org shows
   * @param ended whether the load ended before its time
   * @param openAtLast rows that a second load, of what the first one left, has not written
   */
  record Cell(
      PageWay way,
      boolean unique,
      MatrixFault fault,
      long written,
      long refused,
      long unwritten,
      long unknown,
      boolean asked,
      int doubled,
      int lost,
      boolean ended,
      int openAtLast) {}

  Cell run(MatrixFault fault) {
    Salesforce client = fault == MatrixFault.STALLED ? impatient : patient;
    List<LoadRow> rows = rows(fault);
    LoadOrder order = order();
    Instant since = time.instant();
    org.faults().clear();
    org.faults().on(way.method(), way.path(), 1, fault.fault());
    org.resetCounters();

    Kept kept = new Kept();
    LoadTally tally = client.loader().load(order, rows.iterator(), kept, Permit.ALWAYS);

    if (org.faults().tallies().get(0).struck() != 1) {
      throw new IllegalStateException(way + " has not met " + fault);
    }
    boolean asked = org.requestCounts().keySet().stream().anyMatch(r -> r.endsWith("/query"));
    org.faults().clear();
    List<LoadOutcome> results = kept.results(rows);
    Map<String, Integer> there = there(rows);
    int lost = 0;
    for (int i = 0; i < ROWS; i++) {
      boolean present = there.getOrDefault(rows.get(i).key(), 0) > 0;
      LoadOutcome outcome = results.get(i);
      boolean saidWritten = outcome instanceof LoadOutcome.Saved;
      boolean unknown = outcome instanceof LoadOutcome.Unknown;
      lost += unknown || saidWritten == present ? 0 : 1;
    }
    int open = again(client, order, rows, kept, since);
    return new Cell(
        way,
        unique,
        fault,
        count(results, LoadOutcome.Saved.class),
        count(results, LoadOutcome.Refused.class),
        count(results, LoadOutcome.NotWritten.class),
        count(results, LoadOutcome.Unknown.class),
        asked,
        (int) there(rows).values().stream().filter(n -> n > 1).count(),
        lost,
        tally.failure().isPresent(),
        open);
  }

  private static long count(List<LoadOutcome> results, Class<? extends LoadOutcome> kind) {
    return results.stream().filter(kind::isInstance).count();
  }

  /** Does what a caller does: takes up jobs, settles what is unknown, loads what is not written. */
  private static int again(
      Salesforce client, LoadOrder order, List<LoadRow> rows, Kept kept, Instant since) {
    Instant margin = since.minusSeconds(60);
    for (LoadJob job : List.copyOf(kept.jobs.values())) {
      List<LoadRow> its = kept.unknown(rows);
      LoadTally unused = client.loader().takeUp(order, job, its, margin, kept, Permit.ALWAYS);
    }
    List<LoadRow> unknown = kept.unknown(rows);
    if (order.ingest().operation() == BulkOperation.INSERT && !unknown.isEmpty()) {
      LoadTally unused =
          client.loader().settle(order, unknown.iterator(), margin, false, kept, Permit.ALWAYS);
    }
    List<LoadRow> left =
        rows.stream().filter(row -> !(kept.outcome(row) instanceof LoadOutcome.Saved)).toList();
    LoadReport second = client.loader().load(order, left);
    return left.size() - (int) second.saved();
  }

  /** A journal in memory: the last word on each row, and the jobs that are not over. */
  private static final class Kept implements LoadJournal {
    private final Map<String, LoadOutcome> told = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, LoadJob> jobs = new LinkedHashMap<>();

    @Override
    public void sending(List<LoadRow> rows) {
      underWay.addAll(LoadJournal.keys(rows));
    }

    @Override
    public void jobOpened(String jobId, List<LoadRow> rows) {
      sending(rows);
      jobs.put(jobId, new LoadJob(jobId, false));
    }

    @Override
    public void jobStarting(String jobId) {
      jobs.put(jobId, new LoadJob(jobId, true));
    }

    @Override
    public void jobOver(String jobId) {
      jobs.remove(jobId);
    }

    @Override
    public void outcomes(List<RowOutcome> outcomes) {
      outcomes.forEach(
          o -> {
            underWay.remove(o.key());
            told.put(o.key(), o.outcome());
          });
    }

    LoadOutcome outcome(LoadRow row) {
      return underWay.contains(row.key())
          ? new LoadOutcome.Unknown(LoadOutcome.ANSWER_LOST)
          : told.getOrDefault(
              row.key(), new LoadOutcome.NotWritten(LoadOutcome.NOT_PROCESSED, List.of(), false));
    }

    List<LoadOutcome> results(List<LoadRow> rows) {
      return rows.stream().map(this::outcome).toList();
    }

    List<LoadRow> unknown(List<LoadRow> rows) {
      return rows.stream().filter(r -> outcome(r) instanceof LoadOutcome.Unknown).toList();
    }
  }

  private LoadOrder order() {
    List<String> columns =
        way.operation() == BulkOperation.UPDATE ? List.of("Id", "Title") : List.of(KEY, "LastName");
    return new LoadOrder(
        new BulkIngest("Contact", way.operation(), way.externalId(), columns),
        columns.get(0),
        LoadSettings.DEFAULT.withBulkFrom(way.isByJob() ? 0 : Integer.MAX_VALUE));
  }

  /** Rows of their own for each fault: those to be updated are there. */
  private List<LoadRow> rows(MatrixFault fault) {
    return IntStream.range(0, ROWS)
        .mapToObj(
            i -> {
              String key = key(fault.ordinal(), i);
              if (way.operation() != BulkOperation.UPDATE) {
                return new LoadRow(key, Map.of("LastName", "New"));
              }
              String id = org.create("Contact", Map.of(KEY, key, "LastName", "Old"));
              return new LoadRow(id, Map.of("Title", "Dr"));
            })
        .toList();
  }

  static String key(int group, int number) {
    return String.format("P%02d%07d", group, number);
  }

  /** How often the org has what a row says, by the row's key. */
  private Map<String, Integer> there(List<LoadRow> rows) {
    Map<String, Integer> there = new HashMap<>();
    boolean update = way.operation() == BulkOperation.UPDATE;
    org.records("Contact")
        .filter(c -> !update || "Dr".equals(c.get("Title")))
        .forEach(
            c ->
                there.merge(
                    Objects.requireNonNull(c.get(update ? "Id" : KEY)).toString(),
                    1,
                    Integer::sum));
    there.keySet().retainAll(LoadJournal.keys(rows));
    return there;
  }

  @Override
  public void close() {
    patient.close();
    impatient.close();
    org.close();
  }
}
