package edu.cumc.aou.docs.library;

import edu.cumc.aou.salesforce.CallHeaders;
import edu.cumc.aou.salesforce.CompositeRequest;
import edu.cumc.aou.salesforce.RawAnswer;
import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkRow;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.salesforce.bulk.BulkUpload;
import edu.cumc.aou.salesforce.load.CsvLoad;
import edu.cumc.aou.salesforce.load.LoadJournal;
import edu.cumc.aou.salesforce.load.LoadOrder;
import edu.cumc.aou.salesforce.load.LoadOutcome;
import edu.cumc.aou.salesforce.load.LoadRow;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Permit;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The samples of the manual that use the Salesforce client alone. */
final class ClientSamples {

  private ClientSamples() {}

  // begin
  static Salesforce connect(URI loginUrl, String clientId, Secret clientSecret) {
    SalesforceSettings settings =
        SalesforceSettings.builder(
                loginUrl, new SalesforceAuth.ClientCredentials(clientId, clientSecret))
            .clientName("letters") // what the org's administrator sees beside its calls
            .answerTimeout(Duration.ofMinutes(1))
            .quotaReserve(5_000) // calls of the day that are left to others
            .build();
    return Salesforce.connect(settings); // thread-safe; logs in at the first call
  }

  // end

  // begin
  static Map<String, Integer> contactsByAccount(Salesforce salesforce, String state) {
    String soql =
        Soql.select("Id", "Account.Name")
            .from("Contact")
            .where(SoqlCondition.eq("MailingState", state)) // quotes what must be quoted
            .text();
    Map<String, Integer> counts = new TreeMap<>();
    try (RecordCursor contacts = salesforce.read(soql, 20_000)) { // a Bulk job from 20,000 on
      while (contacts.hasNext()) {
        SalesforceRecord contact = contacts.next();
        String account =
            contact.parent("Account").flatMap(a -> a.text("Name")).orElse("(no account)");
        counts.merge(account, 1, Integer::sum);
      }
    }
    return counts;
  }

  // end

  // begin
  static long load(Salesforce salesforce, Iterator<LoadRow> contacts) {
    BulkIngest ingest =
        new BulkIngest(
            "Contact",
            BulkOperation.UPSERT,
            "HP_PMI_ID__c",
            List.of("HP_PMI_ID__c", "LastName", "Email"));
    LoadJournal journal = // or one of your own, which outlives the process
        LoadJournal.of(
            row -> {
              if (row.outcome() instanceof LoadOutcome.Refused refused) {
                System.out.println(refused.code() + " " + refused.fields());
              }
            });
    LoadTally tally =
        salesforce
            .loader()
            .load(new LoadOrder(ingest, "HP_PMI_ID__c"), contacts, journal, Permit.ALWAYS);
    tally.failure().ifPresent(f -> System.out.println("ended early: " + f.getMessage()));
    return tally.saved();
  }

  // end

  // begin
  static BulkJob insert(
      Salesforce salesforce, List<Map<String, Object>> contacts, Consumer<String> keep) {
    Bulk bulk = salesforce.bulk();
    BulkIngest ingest =
        new BulkIngest(
            "Contact", BulkOperation.INSERT, null, List.of("LastName", "HP_PMI_ID__c", "Email"));
    BulkJob job = bulk.create(ingest);
    keep.accept(job.id()); // with the id, a later process goes on after a crash
    try {
      BulkUpload upload = bulk.upload(job.id(), ingest, contacts.iterator());
      System.out.println(upload.rows() + " rows, " + upload.bytes() + " bytes");
    } catch (SalesforceException e) {
      bulk.abort(job.id()); // nothing is written before complete
      throw e;
    }
    bulk.complete(job.id());
    BulkJob over = bulk.await(job.id(), Duration.ofHours(1));
    try (BulkRows refused = bulk.failed(over.id())) { // unprocessed rows: bulk.unprocessed
      while (refused.hasNext()) {
        BulkRow row = refused.next();
        String reason = row.error() == null ? "unknown" : row.error().code();
        System.out.println(row.fields().keySet() + " refused: " + reason);
      }
    }
    return over;
  }

  // end

  // begin
  static String household(Salesforce salesforce, String accountName, List<String> lastNames) {
    CompositeRequest request =
        CompositeRequest.allOrNone().create("account", "Account", Map.of("Name", accountName));
    for (int i = 0; i < lastNames.size(); i++) {
      Map<String, Object> contact =
          Map.of("LastName", lastNames.get(i), "AccountId", CompositeRequest.idOf("account"));
      request = request.create("contact" + i, "Contact", contact);
    }
    Map<String, SaveResult> results = salesforce.composite(request);
    return results.get("account") instanceof SaveResult.Saved account ? account.id() : "";
  }

  // end

  // begin
  static String describe(SalesforceException failure) {
    return switch (failure.kind()) {
      case AUTHENTICATION -> "ask for new credentials; trying again would lock the user out";
      case CONFIGURATION, NOT_FOUND -> "correct the name, or grant access: " + failure.getMessage();
      case REJECTED -> "correct the fields " + failure.fields();
      case UNAVAILABLE, THROTTLED ->
          failure.answerLost()
              ? "it may have been done: look before doing it again"
              : "try again later";
      case PROTOCOL -> "look for a proxy that answers in Salesforce's place";
    };
  }

  // end

  // begin
  static List<String> search(Salesforce salesforce, String name) { // SOSL
    RawAnswer answer =
        salesforce.send(
            RawRequest.get("search").query("q", "FIND {" + name + "} RETURNING Contact(Id)"));
    record Hit(String Id) {}
    record Hits(List<Hit> searchRecords) {}
    return answer.as(Hits.class).searchRecords().stream().map(Hit::Id).toList();
  }

  // end

  // begin
  static String attach(Salesforce salesforce, String recordId, String title, byte[] file) {
    Map<String, Object> version =
        Map.of(
            "Title", title,
            "PathOnClient", title,
            "FirstPublishLocationId", recordId,
            "VersionData", Base64.getEncoder().encodeToString(file));
    return salesforce.create("ContentVersion", version); // a file of up to some 37 MB
  }

  // end

  // begin
  static boolean graph(Salesforce salesforce, Map<String, Object> graphs) { // composite graph
    RawAnswer answer = salesforce.send(RawRequest.post("composite/graph").json(graphs));
    record Part(boolean isSuccessful) {}
    record Parts(List<Part> graphs) {}
    return answer.as(Parts.class).graphs().stream().allMatch(Part::isSuccessful);
  }

  // end

  // begin
  static Map<String, Integer> journeysByContact(Salesforce salesforce) {
    Map<String, Integer> counts = new TreeMap<>();
    try (RecordCursor contacts =
        salesforce.query("SELECT Id, (SELECT Id FROM Opportunities__r) FROM Contact")) {
      while (contacts.hasNext()) {
        SalesforceRecord contact = contacts.next(); // children beyond a page are read as well
        counts.put(contact.id().orElseThrow(), contact.children("Opportunities__r").size());
      }
    }
    return counts;
  }

  // end

  // begin
  static LoadTally file(Salesforce salesforce, Path csv, Path results) throws IOException {
    Salesforce quiet = salesforce.with(CallHeaders.of("Sforce-Auto-Assign", "FALSE"));
    try (Reader rows = Files.newBufferedReader(csv);
        Writer told = Files.newBufferedWriter(results)) {
      CsvLoad load = new CsvLoad("Contact", BulkOperation.UPSERT, "HP_PMI_ID__c", "HP_PMI_ID__c");
      return quiet.load(load, rows, told, Permit.ALWAYS);
    }
  }

  // end
}
