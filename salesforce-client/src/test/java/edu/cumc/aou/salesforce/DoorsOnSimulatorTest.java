package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.CsvLoad;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What leads beyond the everyday calls: requests and headers of one's own, keys, files, children.
 */
class DoorsOnSimulatorTest {

  private static final String KEY = "HP_PMI_ID__c";

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  @BeforeEach
  void start() {
    org = SalesforceSimulator.builder().clock(time).start();
    salesforce = Clients.of(org, time);
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  record Found(int totalSize, boolean done) {}

  @Test
  void rawRequest_readsAsJsonAndAsAType() {
    salesforce.create("Contact", Map.of("LastName", "O'Invented", KEY, "P012345678"));
    RawRequest request =
        RawRequest.get("query").query("q", "SELECT LastName FROM Contact WHERE LastName LIKE '%'");

    RawAnswer answer = salesforce.send(request);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type").orElseThrow()).startsWith("application/json");
    assertThat(answer.as(Found.class)).isEqualTo(new Found(1, true));
    assertThat(((Map<?, ?>) answer.json()).get("records"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .matches(r -> "O'Invented".equals(((Map<?, ?>) r).get("LastName")));
    assertThat(answer).asString().doesNotContain("Invented");
  }

  @Test
  void rawRequest_writesAndIsRefusedLikeAnyOther() {
    String id =
        salesforce
            .send(RawRequest.post("sobjects/Contact").json(Map.of("LastName", "Invented")))
            .as(Created.class)
            .id();

    RawAnswer changed =
        salesforce.send(
            RawRequest.patch("/services/data/v62.0/sobjects/Contact/" + id)
                .json(Map.of("Title", "Dr")));
    SalesforceException refused =
        catchThrowableOfType(
            SalesforceException.class,
            () -> salesforce.send(RawRequest.post("sobjects/Contact").json(Map.of("Title", "Dr"))));

    assertThat(changed.status()).isEqualTo(204);
    assertThat(changed.text()).isEmpty();
    assertThat(changed.json()).isNull();
    assertThat(org.records("Contact")).singleElement().matches(c -> "Dr".equals(c.get("Title")));
    assertThat(refused.kind()).isEqualTo(Kind.REJECTED);
    assertThat(refused.errorCode()).isEqualTo("REQUIRED_FIELD_MISSING");
  }

  record Created(String id) {}

  @Test
  void rawRequest_goesOnWithANewSession() {
    salesforce.send(RawRequest.get("limits"));
    org.expireSessions();

    assertThat(salesforce.send(RawRequest.get("limits")).status()).isEqualTo(200);
    assertThat(salesforce.usage().requests()).containsEntry(CallKind.LOGIN, 2L);
  }

  @Test
  void objects_areListedInBrief() {
    assertThat(salesforce.objects())
        .anySatisfy(
            o -> {
              assertThat(o.name()).isEqualTo("Contact");
              assertThat(o.keyPrefix()).isEqualTo("003");
              assertThat(o.createable()).isTrue();
              assertThat(o.custom()).isFalse();
            })
        .anyMatch(o -> o.name().equals("Opportunity"));
  }

  @Test
  void externalId_readsUpdatesAndDeletes_andNeverCreates() {
    salesforce.create("Contact", Map.of("LastName", "Invented", KEY, "P012345678"));

    salesforce.updateByExternalId("Contact", KEY, "P012345678", Map.of("Title", "Dr"));
    SalesforceException missing =
        catchThrowableOfType(
            SalesforceException.class,
            () ->
                salesforce.updateByExternalId(
                    "Contact", KEY, "P000000000", Map.of("LastName", "Other")));

    assertThat(
            salesforce
                .getByExternalId("Contact", KEY, "P012345678", List.of("Title"))
                .orElseThrow()
                .text("Title"))
        .contains("Dr");
    assertThat(missing.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(salesforce.getByExternalId("Contact", KEY, "P000000000", List.of("Id"))).isEmpty();
    assertThat(salesforce.deleteByExternalId("Contact", KEY, "P012345678")).isTrue();
    assertThat(salesforce.deleteByExternalId("Contact", KEY, "P012345678")).isFalse();
    assertThat(salesforce.count("SELECT COUNT() FROM Contact")).isZero();
  }

  @Test
  void children_areReadToTheLast_evenWhereTheyHavePages() {
    String few = salesforce.create("Account", Map.of("Name", "Few"));
    String many = salesforce.create("Account", Map.of("Name", "Many"));
    salesforce.create("Account", Map.of("Name", "None"));
    List<Map<String, Object>> contacts = new ArrayList<>();
    for (int i = 0; i < 2_300; i++) {
      contacts.add(Map.of("LastName", "Invented" + i, "AccountId", i < 3 ? few : many));
    }
    for (int i = 0; i < contacts.size(); i += Salesforce.MAX_COLLECTION) {
      salesforce.createAll(
          "Contact",
          List.copyOf(
              contacts.subList(i, Math.min(contacts.size(), i + Salesforce.MAX_COLLECTION))));
    }

    List<String> found = new ArrayList<>();
    try (RecordCursor accounts =
        salesforce.query(
            "SELECT Name, (SELECT LastName FROM Contacts) FROM Account ORDER BY Name")) {
      while (accounts.hasNext()) {
        SalesforceRecord account = accounts.next();
        List<SalesforceRecord> children = account.children("Contacts");
        found.add(
            account.text("Name").orElseThrow()
                + " "
                + children.stream().map(c -> c.text("LastName")).distinct().count());
      }
    }

    assertThat(found).contains("Few 3", "Many 2297", "None 0");
  }

  @Test
  void view_sharesTheCounts_andLeavesTheClientsOwnHeadersAlone() {
    Salesforce twice =
        salesforce.with(CallHeaders.of("Sforce-Duplicate-Rule-Header", "allowSave=true"));

    twice.create("Contact", Map.of("LastName", "Invented"));

    assertThat(salesforce.usage()).isEqualTo(twice.usage());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallHeaders.of("Authorization", "Bearer x"))
        .withMessageContaining("Authorization");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallHeaders.of("Sforce-Mru", "a\nb"))
        .withMessageContaining("Sforce-Mru");
  }

  @Test
  void csv_goesInAndOut() {
    salesforce.create("Contact", Map.of("LastName", "Known", KEY, "P000000001", "Title", "Dr"));
    String csv =
        "\uFEFFHP_PMI_ID__c,LastName,Title,Birthdate\r\n"
            + "P000000001,Known,#N/A,\r\n"
            + "P000000002,\"In, vented\",Dr,1960-07-04\r\n"
            + "P000000003,,,1960-07-04\r\n"
            + "P000000002,Again,,\r\n";
    StringWriter results = new StringWriter();

    LoadTally tally =
        salesforce.load(
            new CsvLoad("Contact", BulkOperation.UPSERT, KEY, KEY),
            new StringReader(csv),
            results,
            Permit.ALWAYS);

    assertThat(tally.saved()).isEqualTo(2);
    assertThat(org.records("Contact"))
        .anyMatch(c -> "Known".equals(c.get("LastName")) && c.get("Title") == null)
        .anyMatch(
            c ->
                "In, vented".equals(c.get("LastName"))
                    && LocalDate.of(1960, 7, 4)
                        .toString()
                        .equals(String.valueOf(c.get("Birthdate"))));
    assertThat(results.toString().lines())
        .hasSize(5)
        .startsWith("HP_PMI_ID__c,outcome,id,code,fields")
        .anyMatch(l -> l.startsWith("P000000001,saved,003"))
        .anyMatch(l -> l.startsWith("P000000002,created,003"))
        .contains("P000000002,refused,,CANNOT_BE_SENT,HP_PMI_ID__c")
        .contains("P000000003,refused,,REQUIRED_FIELD_MISSING,LastName");
  }

  @Test
  void brokenCsv_isToldByItsLine() {
    CsvLoad load = new CsvLoad("Contact", BulkOperation.UPSERT, KEY, KEY);
    StringWriter results = new StringWriter();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                salesforce.load(
                    load,
                    new StringReader("HP_PMI_ID__c,LastName\nP000000001,Invented,more\n"),
                    results,
                    Permit.ALWAYS))
        .withMessageContaining("row 1 has 3 cells")
        .withMessageNotContaining("Invented");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                salesforce.load(load, new StringReader("Name\nInvented\n"), results, Permit.ALWAYS))
        .withMessageContaining("external id");
  }
}
