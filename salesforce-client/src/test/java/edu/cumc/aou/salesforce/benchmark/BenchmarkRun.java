package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.salesforce.benchmark.BenchmarkContact.Group;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadJournal;
import edu.cumc.aou.salesforce.load.LoadOrder;
import edu.cumc.aou.salesforce.load.LoadOutcome;
import edu.cumc.aou.salesforce.load.LoadReport;
import edu.cumc.aou.salesforce.load.LoadRow;
import edu.cumc.aou.salesforce.load.LoadSettings;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Loads;
import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.net.URI;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The client in a process of its own: writes and reads as the arguments say, and writes a line for
 * each measurement.
 */
final class BenchmarkRun {

  private static final BulkIngest UPSERT =
      new BulkIngest(
          "Contact", BulkOperation.UPSERT, BenchmarkContact.KEY, BenchmarkContact.FIELDS);
  private static final int ROWS_PER_JOB = 10_000;

  private final Salesforce salesforce;

  private BenchmarkRun(Salesforce salesforce) {
    this.salesforce = salesforce;
  }

  public static void main(String[] args) {
    SalesforceSettings settings =
        SalesforceSettings.builder(
                URI.create(args[0]),
                new SalesforceAuth.ClientCredentials(args[1], Secret.of(args[2])))
            .build();
    int records = Integer.parseInt(args[4]);
    try (Salesforce salesforce = Salesforce.connect(settings)) {
      BenchmarkRun run = new BenchmarkRun(salesforce);
      switch (args[3]) {
        case "both-paths" -> run.bothPaths(records);
        case "stream-in" -> run.streamIn(records);
        case "stream-out" -> run.streamOut(records);
        default -> throw new IllegalArgumentException("no such benchmark: " + args[3]);
      }
    }
  }

  private void bothPaths(int records) {
    load(Group.WARM, 2_000, Integer.MAX_VALUE);
    load(Group.WARMER, 2_000, 0);
    read(salesforce.query(soql(Group.WARM)));
    read(salesforce.bulk().query(soql(Group.WARM)));

    measure("write", "Collections", records, () -> load(Group.REST, records, Integer.MAX_VALUE));
    measure("write", "Bulk", records, () -> load(Group.BULK, records, 0));
    measure("read", "REST", records, () -> read(salesforce.query(soql(Group.REST))));
    measure("read", "Bulk", records, () -> read(salesforce.bulk().query(soql(Group.BULK))));
  }

  private long load(Group group, int count, int bulkFrom) {
    List<Map<String, Object>> records =
        IntStream.range(0, count).mapToObj(i -> BenchmarkContact.of(group, i)).toList();
    LoadReport report =
        Loads.load(
            salesforce,
            UPSERT,
            BenchmarkContact.KEY,
            records,
            LoadSettings.DEFAULT.withBulkFrom(bulkFrom).withRowsPerJob(ROWS_PER_JOB));
    report
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return report.saved();
  }

  private static String soql(Group group) {
    return Soql.select(BenchmarkContact.FIELDS)
        .from("Contact")
        .where(SoqlCondition.eq("LastName", group.name()))
        .text();
  }

  private static long read(RecordCursor cursor) {
    long read = 0;
    try (cursor) {
      while (cursor.hasNext()) {
        cursor.next();
        read++;
      }
    }
    return read;
  }

  /** Writes rows that are made as they are sent: neither this program nor the loader holds all. */
  private void streamIn(int records) {
    measure(
        "write",
        "Bulk, streamed by the loader",
        records,
        () -> {
          Iterator<LoadRow> rows =
              IntStream.range(0, records)
                  .mapToObj(
                      i -> Loads.row(BenchmarkContact.KEY, BenchmarkContact.of(Group.STREAMED, i)))
                  .iterator();
          BitSet saved = new BitSet(records);
          LoadTally tally =
              salesforce
                  .loader()
                  .load(
                      new LoadOrder(UPSERT, BenchmarkContact.KEY),
                      rows,
                      LoadJournal.of(
                          told -> {
                            if (told.outcome() instanceof LoadOutcome.Saved) {
                              saved.set(Integer.parseInt(told.key().substring(3)));
                            }
                          }),
                      Permit.ALWAYS);
          tally
              .failure()
              .ifPresent(
                  failure -> {
                    throw failure;
                  });
          return saved.cardinality();
        });
  }

  private void streamOut(int records) {
    measure("read", "Bulk", records, () -> read(salesforce.bulk().query(soql(Group.THERE))));
    measure("read", "REST", records, () -> read(salesforce.query(soql(Group.THERE))));
  }

  /** One measurement. */
  @FunctionalInterface
  private interface Work {
    long run();
  }

  private void measure(String what, String path, int records, Work work) {
    long calls = salesforce.usage().counted();
    long began = System.nanoTime();
    long done = work.run();
    double seconds = (System.nanoTime() - began) / 1e9;
    if (done != records) {
      throw new IllegalStateException(what + " by " + path + ": " + done + " of " + records);
    }
    MeasuredProcess.say(
        what,
        path,
        String.valueOf(records),
        String.format(Locale.ROOT, "%.1f", seconds),
        String.format(Locale.ROOT, "%.0f", records / seconds),
        String.valueOf(salesforce.usage().counted() - calls));
  }
}
