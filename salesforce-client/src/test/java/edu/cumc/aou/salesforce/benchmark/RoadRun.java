package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.benchmark.BenchmarkContact.Group;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadJournal;
import edu.cumc.aou.salesforce.load.LoadOrder;
import edu.cumc.aou.salesforce.load.LoadRow;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Loads;
import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One load by the loader, in a process that begins with it and ends after it. */
final class RoadRun {

  private RoadRun() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      // a process that does nothing: the start of a JVM
      return;
    }
    SalesforceSettings settings =
        SalesforceSettings.builder(
                URI.create(args[0]),
                new SalesforceAuth.ClientCredentials(args[1], Secret.of(args[2])))
            .build();
    try (Salesforce salesforce = Salesforce.connect(settings)) {
      LoadTally tally =
          switch (args[3]) {
            case "upsert" -> upsert(salesforce, Integer.parseInt(args[4]));
            case "update" -> update(salesforce, Files.readAllLines(Path.of(args[4])));
            default -> throw new IllegalArgumentException("no such load: " + args[3]);
          };
      tally
          .failure()
          .ifPresent(
              failure -> {
                throw failure;
              });
      MeasuredProcess.say(
          String.valueOf(tally.saved()), String.valueOf(salesforce.usage().counted()));
    }
  }

  private static LoadTally upsert(Salesforce salesforce, int count) {
    BulkIngest ingest =
        new BulkIngest(
            "Contact", BulkOperation.UPSERT, BenchmarkContact.KEY, BenchmarkContact.FIELDS);
    Iterator<LoadRow> rows =
        IntStream.range(0, count)
            .mapToObj(i -> Loads.row(BenchmarkContact.KEY, BenchmarkContact.of(Group.STREAMED, i)))
            .iterator();
    return load(salesforce, new LoadOrder(ingest, BenchmarkContact.KEY), rows);
  }

  private static LoadTally update(Salesforce salesforce, List<String> ids) {
    BulkIngest ingest =
        new BulkIngest(
            "Contact", BulkOperation.UPDATE, null, List.of("Id", "Phone", "MailingCity"));
    Iterator<LoadRow> rows =
        ids.stream()
            .map(id -> new LoadRow(id, Map.of("Phone", "212-555-0100", "MailingCity", "Albany")))
            .iterator();
    return load(salesforce, new LoadOrder(ingest, "Id"), rows);
  }

  private static LoadTally load(Salesforce salesforce, LoadOrder order, Iterator<LoadRow> rows) {
    return salesforce.loader().load(order, rows, LoadJournal.of(told -> {}), Permit.ALWAYS);
  }
}
