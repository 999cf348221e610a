package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SalesforceOnSimulatorTest {

  private final VirtualTime time = new VirtualTime();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private SalesforceSimulator start(SalesforceSimulatorBuilder builder) {
    SalesforceSimulator org = builder.clock(time).start();
    open.add(org);
    return org;
  }

  private Salesforce connect(SalesforceSimulator org) {
    Credentials credentials = org.credentials();
    return connect(
        org,
        new SalesforceAuth.SoapPassword(
            credentials.username(),
            Secret.of(credentials.password()),
            Secret.of(credentials.securityToken())));
  }

  private Salesforce connect(SalesforceSimulator org, SalesforceAuth auth) {
    Salesforce salesforce =
        Salesforce.connect(
            SalesforceSettings.builder(URI.create(org.url()), auth)
                .answerTimeout(Duration.ofSeconds(2))
                .build(),
            time.surroundings());
    open.add(0, salesforce);
    return salesforce;
  }

  private static Map<String, Object> contact(SalesforceSimulator org, int number) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("HP_PMI_ID__c", String.format("P%09d", number));
    fields.put("LastName", "Invented" + number);
    fields.put("AccountId", org.accountId());
    return fields;
  }

  private static List<Map<String, Object>> contacts(SalesforceSimulator org, int from, int to) {
    List<Map<String, Object>> contacts = new ArrayList<>();
    IntStream.range(from, to).forEach(i -> contacts.add(contact(org, i)));
    return contacts;
  }

  @Test
  void eachWayToLogIn_opensASession() {
    SalesforceSimulator org = start(SalesforceSimulator.builder());
    Credentials who = org.credentials();
    List<SalesforceAuth> ways =
        List.of(
            new SalesforceAuth.SoapPassword(
                who.username(), Secret.of(who.password()), Secret.of(who.securityToken())),
            new SalesforceAuth.OAuthPassword(
                who.clientId(),
                Secret.of(who.clientSecret()),
                who.username(),
                Secret.of(who.password()),
                Secret.of(who.securityToken())),
            new SalesforceAuth.ClientCredentials(who.clientId(), Secret.of(who.clientSecret())));

    for (SalesforceAuth way : ways) {
      Salesforce salesforce = connect(org, way);
      Organization organization = salesforce.organization();
      assertThat(organization.id()).isEqualTo(who.organizationId());
      assertThat(organization.sandbox()).isTrue();
      long calls = salesforce.usage().total();
      assertThat(salesforce.userId()).contains(org.integrationUserId());
      assertThat(salesforce.usage().total()).as("the login has told it").isEqualTo(calls);
    }
    assertThat(org.logins()).isEqualTo(3);
  }

  @Test
  void simulatedOrg_doesWhatEveryOrgMust() {
    OrgCheck.run(connect(start(SalesforceSimulator.builder())));
  }

  @Test
  void wrongPassword_doesNotLockTheUserOut() {
    SalesforceSimulator org = start(SalesforceSimulator.builder().loginAttempts(2));
    Salesforce salesforce =
        connect(
            org,
            new SalesforceAuth.SoapPassword(
                org.credentials().username(), Secret.of("wrong"), Secret.NONE));

    for (int i = 0; i < 5; i++) {
      assertThat(catchThrowableOfType(SalesforceException.class, salesforce::organization).kind())
          .isEqualTo(Kind.AUTHENTICATION);
    }
    assertThat(org.isLockedOut()).isFalse();
  }

  @Test
  void everythingWorks_withUnevenJsonForeignMessagesSmallPagesAndMovingHosts() {
    SalesforceSimulator org =
        start(
            SalesforceSimulator.builder()
                .unevenJson(true)
                .localisedMessages(true)
                .alternatingHosts(true)
                .pageSize(7));
    Salesforce salesforce = connect(org);

    List<SaveResult> created = salesforce.createAll("Contact", contacts(org, 0, 50));
    assertThat(created).allMatch(r -> r instanceof Saved saved && saved.created());
    int read = 0;
    try (RecordCursor cursor =
        salesforce.query(
            Soql.select("Id", "HP_PMI_ID__c", "LastName").from("Contact").orderBy("Id").text())) {
      assertThat(cursor.totalSize()).isEqualTo(50);
      while (cursor.hasNext()) {
        assertThat(cursor.next().text("HP_PMI_ID__c")).isPresent();
        if (++read == 20) {
          org.expireSessions();
        }
      }
    }
    assertThat(read).isEqualTo(50);
    assertThat(salesforce.describe("contact").field("hp_pmi_id__c").orElseThrow().unique())
        .isTrue();
    assertThat(org.logins()).isEqualTo(2);
  }

  @Test
  void recordOfAGoodKind_livesAndDies() {
    SalesforceSimulator org = start(SalesforceSimulator.builder());
    Salesforce salesforce = connect(org);

    String id = salesforce.create("Contact", contact(org, 1));
    salesforce.update("Contact", new RecordUpdate(id, Map.of("FirstName", "Žofie")));
    Map<String, Object> byKey = new LinkedHashMap<>();
    byKey.put("Phone", "555-0100");
    Saved upserted = salesforce.upsert("Contact", "HP_PMI_ID__c", "P000000001", byKey);
    Optional<SalesforceRecord> read =
        salesforce.get("Contact", id, List.of("FirstName", "Phone", "LastName"));
    salesforce.delete("Contact", id);
    salesforce.delete("Contact", id);

    assertThat(upserted).isEqualTo(new Saved(id, false));
    assertThat(read.orElseThrow().text("FirstName")).contains("Žofie");
    assertThat(read.orElseThrow().text("Phone")).contains("555-0100");
    assertThat(salesforce.get("Contact", id, List.of("Phone"))).isEmpty();
    assertThat(salesforce.count(Soql.count().from("Contact").text())).isZero();
    assertThat(salesforce.countAll(Soql.count().from("Contact").text())).isEqualTo(1);
  }

  @Test
  void refusedRecords_doNotHoldUpTheOthers() {
    SalesforceSimulator org = start(SalesforceSimulator.builder());
    Salesforce salesforce = connect(org);
    List<Map<String, Object>> batch = contacts(org, 0, 6);
    batch.get(1).remove("LastName");
    batch.get(2).put("Email", "Invented@@nowhere");
    batch.get(3).put("LastName", "Invented".repeat(20));
    batch.get(4).put("Birthdate", "31.12.1980");
    batch.get(5).put("NoSuchField__c", "Invented");

    List<SaveResult> results = salesforce.createAll("Contact", batch);

    assertThat(results.get(0)).isInstanceOf(Saved.class);
    assertThat(codes(results))
        .containsExactly(
            "REQUIRED_FIELD_MISSING",
            "INVALID_EMAIL_ADDRESS",
            "STRING_TOO_LONG",
            "JSON_PARSER_ERROR",
            "INVALID_FIELD");
    assertThat(((Refused) results.get(3)).errors().get(0).fields()).containsExactly("LastName");
    assertThat(results.toString()).doesNotContain("Invented");
    assertThat(org.records("Contact")).hasSize(1);
  }

  private static List<String> codes(List<SaveResult> results) {
    return results.stream()
        .filter(Refused.class::isInstance)
        .map(r -> ((Refused) r).errors().get(0).code())
        .toList();
  }

  static Stream<Fault> passingFaults() {
    return Stream.of(
        Fault.unavailable(Duration.ofSeconds(3)),
        Fault.html(500),
        Fault.html(200),
        Fault.emptyAnswer(),
        Fault.expiredSession(),
        Fault.resetBeforeApply(),
        Fault.resetAfterApply(),
        Fault.truncatedBody(),
        Fault.stalledBody());
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void upsert_getsThroughWhateverPasses(Fault fault) {
    SalesforceSimulator org = start(SalesforceSimulator.builder());
    Salesforce salesforce = connect(org);
    org.faults().on("PATCH", ".*/composite/sobjects/.*", 1, fault);

    List<SaveResult> results =
        salesforce.upsertAll("Contact", "HP_PMI_ID__c", contacts(org, 0, 200));

    assertThat(results).hasSize(200).allMatch(r -> r instanceof Saved);
    assertThat(org.records("Contact")).hasSize(200);
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void create_neverMakesARecordTwice(Fault fault) {
    SalesforceSimulator org = start(SalesforceSimulator.builder().pmiFieldUnique(false));
    Salesforce salesforce = connect(org);
    org.faults().on("POST", ".*/composite/sobjects", 1, fault);
    boolean lost = false;
    try {
      assertThat(salesforce.createAll("Contact", contacts(org, 0, 5))).hasSize(5);
    } catch (SalesforceException e) {
      lost = e.answerLost();
      assertThat(lost).isTrue();
    }

    long made = org.records("Contact").count();
    assertThat(lost ? made == 0 || made == 5 : made == 5).isTrue();
  }

  @Test
  void exhaustedAllowance_isThrottledAtOnce() {
    SalesforceSimulator org = start(SalesforceSimulator.builder().dailyApiLimit(3));
    Salesforce salesforce = connect(org);
    String count = Soql.count().from("Contact").text();

    SalesforceException thrown =
        catchThrowableOfType(
            SalesforceException.class,
            () -> {
              for (int i = 0; i < 10; i++) {
                salesforce.count(count);
              }
            });

    assertThat(thrown.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(salesforce.usage().dailyMax()).hasValue(3);
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void serverTimeAndVersions_areFree() {
    SalesforceSimulator org = start(SalesforceSimulator.builder());
    Salesforce salesforce = connect(org);

    assertThat(salesforce.serverTime()).isNotNull();
    assertThat(salesforce.versions()).extracting(ApiVersion::version).contains("62.0");
    assertThat(org.apiCalls()).isZero();
    assertThat(salesforce.limits()).containsKey("DailyApiRequests");
  }

  @Test
  void changeFeeds_tellWhatHappened() {
    SalesforceSimulator org = start(SalesforceSimulator.builder());
    Salesforce salesforce = connect(org);
    Instant from = time.instant().minusSeconds(60);
    String kept = salesforce.create("Contact", contact(org, 1));
    String gone = salesforce.create("Contact", contact(org, 2));
    salesforce.delete("Contact", gone);
    time.pass(Duration.ofMinutes(5));

    assertThat(salesforce.updated("Contact", from, time.instant()).ids()).contains(kept);
    assertThat(salesforce.deleted("Contact", from, time.instant()).records())
        .extracting(Changes.DeletedRecord::id)
        .containsExactly(gone);
  }

  @Test
  void mistakesOfTheCaller_areToldApart() {
    SalesforceSimulator org = start(SalesforceSimulator.builder());
    Salesforce salesforce = connect(org);

    assertThat(kind(() -> salesforce.describe("NoSuch__c"))).isEqualTo(Kind.NOT_FOUND);
    assertThat(kind(() -> salesforce.query("SELECT NoSuch__c FROM Contact")))
        .isEqualTo(Kind.CONFIGURATION);
    assertThat(kind(() -> salesforce.query("SELEKT Id FROM Contact")))
        .isEqualTo(Kind.CONFIGURATION);
    assertThat(kind(() -> salesforce.update("Contact", new RecordUpdate(Wired.CONTACT, Map.of()))))
        .isIn(Kind.NOT_FOUND, Kind.REJECTED);
  }

  private static Kind kind(Runnable call) {
    return catchThrowableOfType(SalesforceException.class, call::run).kind();
  }
}
