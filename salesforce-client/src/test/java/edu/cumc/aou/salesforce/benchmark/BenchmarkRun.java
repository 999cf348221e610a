package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.salesforce.benchmark.BenchmarkContact.Group;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.salesforce.load.LoadReport;
import edu.cumc.aou.salesforce.load.LoadSettings;
import edu.cumc.aou.salesforce.load.Loads;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.net.URI;
import java.time.Duration;
import java.util.BitSet;
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

  /** Writes rows that are made as they are sent, and never holds them all. */
  private void streamIn(int records) {
    measure(
        "write",
        "Bulk, streamed",
        records,
        () -> {
          BitSet accepted = new BitSet(records);
          for (int from = 0; from < records; from += ROWS_PER_JOB) {
            job(from, Math.min(records, from + ROWS_PER_JOB), accepted);
          }
          return accepted.cardinality();
        });
  }

  private void job(int from, int to, BitSet accepted) {
    Bulk bulk = salesforce.bulk();
    String id = bulk.create(UPSERT).id();
    bulk.upload(
        id,
        UPSERT,
        IntStream.range(from, to).mapToObj(i -> BenchmarkContact.of(Group.STREAMED, i)).iterator());
    bulk.complete(id);
    BulkJob job = bulk.await(id, Duration.ofHours(1));
    try (BulkRows rows = bulk.successful(id)) {
      while (rows.hasNext()) {
        String key = rows.next().field(BenchmarkContact.KEY).orElseThrow();
        accepted.set(Integer.parseInt(key.substring(key.length() - 7)));
      }
    }
    if (job.failed() > 0) {
      throw new IllegalStateException(job + " has refused rows");
    }
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
