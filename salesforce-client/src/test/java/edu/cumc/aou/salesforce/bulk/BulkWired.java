package edu.cumc.aou.salesforce.bulk;

import edu.cumc.aou.salesforce.RawServer;
import edu.cumc.aou.salesforce.Wired;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of the Bulk API as bytes, and jobs to go with them. */
final class BulkWired {

  static final String JOB = "7508Z00000lSXvxQAG";
  static final String KEY = "HP_PMI_ID__c";

  private BulkWired() {}

  /** A wired client that has already asked its server to describe Contact. */
  static Wired describing() throws IOException {
    Wired wired = new Wired();
    wired.server.then(200, describe());
    return wired;
  }

  static String describe() {
    return "{\"name\":\"Contact\",\"fields\":["
        + String.join(
            ",",
            field("Id", "id", "\"createable\":false"),
            field("LastName", "string", "\"createable\":true,\"updateable\":true"),
            field("Birthdate", "date", "\"createable\":true,\"updateable\":true"),
            field("Score__c", "double", "\"createable\":true,\"updateable\":true"),
            field("Visits__c", "int", "\"createable\":true,\"updateable\":true"),
            field("HasOptedOutOfEmail", "boolean", "\"createable\":true,\"updateable\":true"),
            field("SystemModstamp", "datetime", "\"createable\":false"),
            field(
                "AccountId",
                "reference",
                "\"createable\":true,\"updateable\":true,\"referenceTo\":[\"Account\"],"
                    + "\"relationshipName\":\"Account\""),
            field(
                KEY,
                "string",
                "\"createable\":true,\"updateable\":true,\"externalId\":true,\"unique\":true"))
        + "]}";
  }

  static String describeAccount() {
    return "{\"name\":\"Account\",\"fields\":["
        + String.join(
            ",",
            field("Id", "id", "\"createable\":false"),
            field("Name", "string", "\"createable\":true"),
            field("IsDeleted", "boolean", "\"createable\":false"),
            field("Site_Key__c", "string", "\"externalId\":true"))
        + "]}";
  }

  private static String field(String name, String type, String more) {
    return "{\"name\":\"" + name + "\",\"type\":\"" + type + "\"," + more + "}";
  }

  static BulkIngest upsert(String... columns) {
    return new BulkIngest("Contact", BulkOperation.UPSERT, KEY, List.of(columns));
  }

  static String job(String state) {
    return job(state, 0, 0, "");
  }

  static String job(String state, long processed, long failed, String more) {
    return "{\"id\":\""
        + JOB
        + "\",\"operation\":\"upsert\",\"object\":\"Contact\",\"createdById\":\"0058Z000007lKMAQA2\","
        + "\"state\":\""
        + state
        + "\",\"apiVersion\":62.0,\"numberRecordsProcessed\":"
        + processed
        + ",\"numberRecordsFailed\":"
        + failed
        + ",\"retries\":0,\"totalProcessingTime\":374,\"unheardOf\":[1]"
        + more
        + "}";
  }

  static String queryJob(String state, long processed) {
    return job(state, processed, 0, "").replace("upsert", "query");
  }

  static RawServer.Answer csv(String body, String... headers) {
    return RawServer.text(200, "text/csv", body, headers);
  }

  static Map<String, @Nullable Object> row(String key, @Nullable Object lastName) {
    Map<String, @Nullable Object> row = new java.util.LinkedHashMap<>();
    row.put(KEY, key);
    row.put("LastName", lastName);
    return row;
  }

  static List<BulkRow> all(BulkRows rows) {
    try (rows) {
      List<BulkRow> read = new ArrayList<>();
      rows.forEachRemaining(read::add);
      return read;
    }
  }

  /** What was asked for after the first few requests, as method and path. */
  static List<String> asked(Wired wired, int after) {
    return wired.server.asked().stream()
        .skip(after)
        .map(a -> a.method() + " " + a.target().replace("/services/data/v62.0", ""))
        .toList();
  }
}
