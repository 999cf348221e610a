package edu.cumc.aou.salesforce;

import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkRow;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The Bulk example of the README, compiled: {@link ReadmeTest} compares the two and runs it. */
final class ReadmeBulkExample {

  private ReadmeBulkExample() {}

  static Map<String, List<String>> run(
      Salesforce salesforce, List<Map<String, Object>> contacts, Consumer<String> keep) {
    // begin
    BulkIngest ingest =
        new BulkIngest(
            "Contact",
            BulkOperation.UPSERT,
            "HP_PMI_ID__c",
            List.of("HP_PMI_ID__c", "LastName", "Phone"));
    Bulk bulk = salesforce.bulk();
    String jobId = bulk.create(ingest).id();
    keep.accept(jobId); // after a crash another process goes on from here
    bulk.upload(jobId, ingest, contacts.iterator());
    bulk.complete(jobId);
    BulkJob job = bulk.await(jobId, Duration.ofHours(1));
    Map<String, List<String>> refused = new LinkedHashMap<>();
    if (job.failed() > 0) {
      try (BulkRows rows = bulk.failed(jobId)) {
        while (rows.hasNext()) {
          BulkRow row = rows.next();
          refused.put(
              row.field("HP_PMI_ID__c").orElse(""),
              row.error() == null ? List.of() : row.error().fields());
        }
      }
    }
    return refused;
    // end
  }
}
