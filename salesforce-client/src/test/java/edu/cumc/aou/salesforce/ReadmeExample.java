package edu.cumc.aou.salesforce;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The example of the README, compiled: {@link ReadmeTest} compares the two and runs it. */
final class ReadmeExample {

  private ReadmeExample() {}

  static List<SaveResult> run(URI loginUrl, String clientId, String clientSecret) {
    // begin
    SalesforceSettings settings =
        SalesforceSettings.builder(
                loginUrl, new SalesforceAuth.ClientCredentials(clientId, Secret.of(clientSecret)))
            .build();
    try (Salesforce salesforce = Salesforce.connect(settings)) {
      String soql = Soql.select("Id", "LastName").from("Contact").orderBy("Id").text();
      List<RecordUpdate> updates = new ArrayList<>();
      try (RecordCursor contacts = salesforce.query(soql)) {
        while (contacts.hasNext() && updates.size() < Salesforce.MAX_COLLECTION) {
          updates.add(new RecordUpdate(contacts.next().id().orElseThrow(), Map.of("Title", "Dr")));
        }
      }
      return salesforce.updateAll("Contact", updates);
    }
    // end
  }
}
