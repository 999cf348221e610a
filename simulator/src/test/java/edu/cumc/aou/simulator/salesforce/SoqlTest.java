package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Aggregates, subqueries, dates of the day and the rest of the language. */
class SoqlTest {
  /** It starts at 06:00 UTC, which is 01:00 in New York. */
  private final VirtualClock clock = new VirtualClock();

  private final SalesforceSimulator org =
      SalesforceSimulator.builder()
          .clock(clock)
          .sessionLifetime(Duration.ofDays(30))
          .userTimeZone(ZoneId.of("America/New_York"))
          .start();
  private final Caller caller = Caller.loggedIn(org);
  private String ann = "";
  private String ben = "";

  @BeforeEach
  void createContacts() {
    ann = contact("Ann", Map.of("Birthdate", "2024-02-29", "HP_Sex__c", "Female"));
    clock.advance(Duration.ofHours(24));
    ben = contact("Ben", Map.of("Birthdate", "2024-03-02", "HP_Sex__c", "Male"));
    clock.advance(Duration.ofHours(24));
    contact("Cem", Map.of("Birthdate", "2023-03-01", "HP_Sex__c", "Female"));
    contact("Dan", Map.of());
  }

  @AfterEach
  void close() {
    org.close();
  }

  private String contact(String lastName, Map<String, String> more) {
    Map<String, String> fields = new TreeMap<>(more);
    fields.put("LastName", lastName);
    fields.put("AccountId", org.accountId());
    return org.create("Contact", fields);
  }

  private List<String> names(String rest) {
    List<String> names = new ArrayList<>();
    caller
        .found("SELECT LastName FROM Contact " + rest)
        .path("records")
        .forEach(record -> names.add(record.path("LastName").asText()));
    return names;
  }

  /** It is the 3rd of March, 06:00 UTC. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Birthdate = YESTERDAY | Ben",
        "Birthdate != YESTERDAY | Ann,Cem,Dan",
        "Birthdate < YESTERDAY | Ann,Cem",
        "Birthdate <= YESTERDAY | Ann,Ben,Cem",
        "Birthdate > LAST_MONTH | Ben",
        "Birthdate >= LAST_MONTH | Ann,Ben",
        "Birthdate = LAST_N_DAYS:3 | Ann,Ben",
        "Birthdate = last_n_days : 1 | Ben",
        "Birthdate = LAST_YEAR | Cem",
        "CreatedDate = TODAY | Cem,Dan",
        "CreatedDate = YESTERDAY | Ben",
        "CreatedDate < TODAY | Ann,Ben",
        "CreatedDate = N_DAYS_AGO:2 | Ann",
        "CALENDAR_YEAR(Birthdate) = 2023 | Cem",
        "CALENDAR_MONTH(Birthdate) IN (2, 3) AND DAY_IN_MONTH(Birthdate) > 1 | Ann,Ben",
        "DAY_IN_WEEK(Birthdate) = 7 | Ben",
        "CALENDAR_QUARTER(Birthdate) = 1 AND DAY_IN_YEAR(Birthdate) = 60 | Ann,Cem",
        "WEEK_IN_YEAR(Birthdate) = 9 AND WEEK_IN_MONTH(Birthdate) = 5 | Ann",
        "DAY_ONLY(CreatedDate) = 2024-03-02 | Ben",
        "DAY_ONLY(CreatedDate) = TODAY | Cem,Dan",
        "HOUR_IN_DAY(CreatedDate) = 6 AND LastName = 'Ann' | Ann",
        "HOUR_IN_DAY(convertTimezone(CreatedDate)) = 1 AND LastName = 'Ann' | Ann",
        "Contact.LastName = 'Ann' | Ann"
      })
  void dates_areThoseOfTheUser(String where, String expected) {
    assertThat(names("WHERE " + where)).containsExactly(expected.split(","));
  }

  @Test
  void today_endsAtMidnightOfTheUserAndNotOfUtc() {
    clock.advance(Duration.ofHours(22));
    // 04:00 UTC of the 4th is 23:00 of the 3rd in New York
    assertThat(names("WHERE CreatedDate = TODAY")).containsExactly("Cem", "Dan");
    clock.advance(Duration.ofHours(1));
    assertThat(names("WHERE CreatedDate = TODAY")).isEmpty();
    assertThat(names("WHERE CreatedDate = YESTERDAY")).containsExactly("Cem", "Dan");
  }

  @Test
  void aggregates_giveOneRecordWithoutUrl() {
    JsonNode answer =
        caller.found(
            "SELECT COUNT(Id), COUNT(Birthdate) born, COUNT_DISTINCT(HP_Sex__c), MIN(Birthdate),"
                + " MAX(LastName) last FROM Contact");

    assertThat(answer.path("totalSize").asInt()).isEqualTo(1);
    assertThat(answer.path("done").asBoolean()).isTrue();
    assertThat(answer.path("records").get(0))
        .isEqualTo(
            json(
                "{\"attributes\":{\"type\":\"AggregateResult\"},\"expr0\":4,\"born\":3,"
                    + "\"expr1\":2,\"expr2\":\"2023-03-01\",\"last\":\"Dan\"}"));
  }

  @Test
  void sumAndAverage_leaveNullsOut() {
    org.edit(ann, Map.of("MailingLatitude", 10.0));
    org.edit(ben, Map.of("MailingLatitude", 20.0));

    JsonNode record =
        caller
            .found("SELECT SUM(MailingLatitude) s, AVG(MailingLatitude) a FROM Contact")
            .path("records")
            .get(0);

    assertThat(record.path("s").asDouble()).isEqualTo(30);
    assertThat(record.path("a").asDouble()).isEqualTo(15);
    JsonNode none =
        caller
            .found("SELECT COUNT(Id) n, SUM(MailingLatitude) s FROM Contact WHERE Id = null")
            .path("records")
            .get(0);
    assertThat(none.path("n").asInt()).isZero();
    assertThat(none.path("s").isNull()).isTrue();
  }

  private List<String> groups(String soql) {
    List<String> groups = new ArrayList<>();
    caller
        .found(soql)
        .path("records")
        .forEach(
            record -> {
              List<String> values = new ArrayList<>();
              record
                  .properties()
                  .forEach(
                      entry -> {
                        if (!entry.getKey().equals("attributes")) {
                          values.add(entry.getKey() + "=" + entry.getValue().asText());
                        }
                      });
              groups.add(String.join(" ", values));
            });
    return groups;
  }

  @Test
  void groupBy_groupsFilteredRowsAndNulls() {
    assertThat(
            groups(
                "SELECT HP_Sex__c, COUNT(Id) n FROM Contact GROUP BY HP_Sex__c ORDER BY COUNT(Id)"
                    + " DESC, HP_Sex__c NULLS LAST"))
        .containsExactly("HP_Sex__c=Female n=2", "HP_Sex__c=Male n=1", "HP_Sex__c=null n=1");
    assertThat(
            groups(
                "SELECT HP_Sex__c sex, COUNT(Id) FROM Contact WHERE LastName != 'Dan' GROUP BY"
                    + " HP_Sex__c HAVING COUNT(Id) > 1 AND HP_Sex__c LIKE 'f%'"))
        .containsExactly("sex=Female expr0=2");
    assertThat(
            groups(
                "SELECT CALENDAR_YEAR(Birthdate) y, COUNT(Id) n FROM Contact WHERE Birthdate != null"
                    + " GROUP BY CALENDAR_YEAR(Birthdate) ORDER BY CALENDAR_YEAR(Birthdate) LIMIT 1"))
        .containsExactly("y=2023 n=1");
    assertThat(groups("SELECT Account.Name, COUNT(Id) n FROM Contact GROUP BY Account.Name"))
        .containsExactly("Name=All of Us Participants n=4");
    assertThat(
            groups(
                "SELECT LastName FROM Contact GROUP BY LastName ORDER BY LastName LIMIT 2 OFFSET 1"))
        .containsExactly("LastName=Ben", "LastName=Cem");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT LastName, COUNT(Id) FROM Contact | MALFORMED_QUERY | Field must be grouped or"
            + " aggregated: LastName",
        "SELECT LastName FROM Contact GROUP BY Phone | MALFORMED_QUERY | Field must be grouped",
        "SELECT COUNT(Id) n, MAX(Id) n FROM Contact | MALFORMED_QUERY | duplicate alias: n",
        "SELECT SUM(LastName) FROM Contact | INVALID_FIELD | field LastName does not support"
            + " aggregate operator SUM",
        "SELECT MAX(IsDeleted) FROM Contact | INVALID_FIELD | does not support aggregate operator",
        "SELECT COUNT(Description) FROM Contact | INVALID_FIELD | can not be aggregated",
        "SELECT CreatedDate FROM Contact GROUP BY CreatedDate | INVALID_FIELD | can not be grouped",
        "SELECT HOUR_IN_DAY(Birthdate) FROM Contact GROUP BY HOUR_IN_DAY(Birthdate) | INVALID_FIELD"
            + " | can not be used with the function HOUR_IN_DAY",
        "SELECT CALENDAR_YEAR(Birthdate) FROM Contact | MALFORMED_QUERY | only be selected with"
            + " GROUP BY",
        "SELECT LastName n FROM Contact | MALFORMED_QUERY | only aggregate expressions use field"
            + " aliasing",
        "SELECT Id FROM Contact WHERE COUNT(Id) > 1 | MALFORMED_QUERY | unexpected token: COUNT",
        "SELECT NOSUCH(Id) FROM Contact | MALFORMED_QUERY | unexpected token: NOSUCH",
        "SELECT Id FROM Contact HAVING Id = null | MALFORMED_QUERY | unexpected token: HAVING",
        "SELECT Id FROM Contact ORDER BY Id FOR UPDATE | MALFORMED_QUERY | unexpected token: UPDATE",
        "SELECT Id FROM Contact FOR SALE | MALFORMED_QUERY | unexpected token: SALE",
        "SELECT Id FROM Contact OFFSET 2001 | NUMBER_OUTSIDE_VALID_RANGE | Maximum SOQL offset"
            + " allowed is 2000",
        "SELECT FIELDS(ALL) FROM Contact | MALFORMED_QUERY | must have a LIMIT of at most 200",
        "SELECT FIELDS(CUSTOM) FROM Contact LIMIT 201 | MALFORMED_QUERY | must have a LIMIT",
        "SELECT FIELDS(SOME) FROM Contact LIMIT 1 | MALFORMED_QUERY | unexpected token: SOME",
        "SELECT Id FROM Contact WHERE HP_Sex__c INCLUDES ('Male') | INVALID_QUERY_FILTER_OPERATOR |"
            + " only valid on multipicklist field",
        "SELECT Id FROM Contact WHERE LastName = TODAY | INVALID_FIELD | must be of type string",
        "SELECT Id FROM Contact WHERE Birthdate = LAST_N_DAYS | MALFORMED_QUERY | unexpected token",
        "SELECT Id FROM Contact WHERE LastName IN (SELECT Id FROM Account) | INVALID_FIELD | should"
            + " be an id field",
        "SELECT Id FROM Contact WHERE Id IN (SELECT Name FROM Account) | INVALID_FIELD | should"
            + " be an id or reference field",
        "SELECT Id FROM Contact WHERE Id IN (SELECT Id, Name FROM Account) | MALFORMED_QUERY |"
            + " exactly one field",
        "SELECT Id, (SELECT Id FROM Nobodies) FROM Account | INVALID_TYPE | Didn't understand"
            + " relationship 'Nobodies' in FROM part",
        "SELECT Id, (SELECT COUNT() FROM Contacts) FROM Account | MALFORMED_QUERY | one level deep"
      })
  void whatTheLanguageDoesNotAllow_isRefused(String soql, String code, String message) {
    JsonNode error = assertError(caller.query(soql), 400, code);

    assertThat(error.path("message").asText()).contains(message);
  }

  @Test
  void errors_pointIntoTheirLine() {
    JsonNode error =
        assertError(
            caller.query("SELECT Id\nFROM Contact\nWHERE Bacon__c = 1"), 400, "INVALID_FIELD");

    assertThat(error.path("message").asText()).contains("ERROR at Row:3:Column:7\n");
  }

  @Test
  void childSubqueries_areNestedPagesOrNull() {
    String other = org.create("Account", Map.of("Name", "Without"));
    JsonNode records =
        caller
            .found(
                "SELECT Id, (SELECT LastName FROM Contacts WHERE LastName != 'Ben' ORDER BY LastName"
                    + " DESC LIMIT 2) FROM Account ORDER BY Id")
            .path("records");

    JsonNode children = records.get(0).path("Contacts");
    assertThat(children.path("totalSize").asInt()).isEqualTo(2);
    assertThat(children.path("done").asBoolean()).isTrue();
    assertThat(children.path("records").findValuesAsText("LastName")).containsExactly("Dan", "Cem");
    assertThat(children.path("records").get(0).path("attributes").path("type").asText())
        .isEqualTo("Contact");
    assertThat(records.get(1).path("Id").asText()).isEqualTo(other);
    assertThat(records.get(1).path("Contacts").isNull()).isTrue();
  }

  @Test
  void customChildren_areReachedByTheNameThatDescribeShows() {
    JsonNode describe = json(caller.get(DATA + "/sobjects/Contact/describe"));
    List<String> names = describe.path("childRelationships").findValuesAsText("relationshipName");
    assertThat(names).contains("Opportunities__r");

    JsonNode record =
        caller
            .found(
                "SELECT (SELECT Id, Contact__c FROM Opportunities__r) FROM Contact WHERE Id = '"
                    + ann
                    + "'")
            .path("records")
            .get(0);
    assertThat(record.at("/Opportunities__r/records/0/Contact__c").asText()).isEqualTo(ann);
  }

  @Test
  void longChildLists_goOnWithTheirOwnLocator() {
    for (int i = 0; i < 250; i++) {
      contact("Many" + i, Map.of());
    }
    String soql =
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '" + org.accountId() + "'";

    JsonNode children =
        json(caller.send(
                caller
                    .request(DATA + "/query?q=" + Caller.encode(soql))
                    .header("Sforce-Query-Options", "batchSize=200")
                    .GET()))
            .at("/records/0/Contacts");
    assertThat(children.path("totalSize").asInt()).isEqualTo(254);
    assertThat(children.path("done").asBoolean()).isFalse();
    assertThat(children.path("records")).hasSize(200);

    JsonNode rest = json(caller.get(children.path("nextRecordsUrl").asText()));
    assertThat(rest.path("records")).hasSize(54);
    assertThat(rest.path("done").asBoolean()).isTrue();
  }

  @Test
  void semiJoins_compareIds() {
    org.create(
        "Opportunity",
        Map.of(
            "Name",
            "Won",
            "StageName",
            "Closed Won",
            "CloseDate",
            "2024-03-01",
            "Contact__c",
            ben));

    assertThat(
            names(
                "WHERE Id IN (SELECT Contact__c FROM Opportunity WHERE StageName = 'Closed Won')"))
        .containsExactly("Ben");
    assertThat(
            names(
                "WHERE Id NOT IN (SELECT Contact__c FROM Opportunity WHERE StageName = 'Closed Won')"
                    + " AND Birthdate != null"))
        .containsExactly("Ann", "Cem");
  }

  @Test
  void fieldsFunctions_selectAllThatThereAre() {
    JsonNode all = caller.found("SELECT FIELDS(ALL) FROM Contact LIMIT 1").at("/records/0");
    JsonNode standard =
        caller.found("SELECT FIELDS(STANDARD) FROM Contact LIMIT 1").at("/records/0");
    JsonNode custom =
        caller.found("SELECT FIELDS(CUSTOM), Id FROM Contact LIMIT 1").at("/records/0");

    assertThat(all.has("HP_Sex__c") && all.has("LastName")).isTrue();
    assertThat(standard.has("LastName")).isTrue();
    assertThat(standard.has("HP_Sex__c")).isFalse();
    assertThat(custom.has("HP_Sex__c") && custom.has("Id")).isTrue();
    assertThat(custom.has("LastName")).isFalse();
  }

  @Test
  void offset_skipsAndDoesNotPage() {
    assertThat(names("ORDER BY LastName LIMIT 2 OFFSET 1")).containsExactly("Ben", "Cem");
    assertThat(names("ORDER BY LastName OFFSET 3")).containsExactly("Dan");
  }

  @Test
  void aliasesAndPurposes_changeNothing() {
    assertThat(names("c WHERE c.LastName = 'Ann' AND c.Account.Name != null FOR VIEW"))
        .containsExactly("Ann");
    assertThat(names("WHERE LastName = 'Ann' FOR UPDATE")).containsExactly("Ann");
    assertThat(names("WHERE LastName = 'Ann' FOR REFERENCE, VIEW")).containsExactly("Ann");
  }

  @Test
  void moreThan2000Groups_areTooMany() {
    for (int i = 0; i < 1_997; i++) {
      contact("Many" + i, Map.of());
    }
    String soql = "SELECT LastName FROM Contact GROUP BY LastName";

    JsonNode error = assertError(caller.query(soql), 400, "EXCEEDED_ID_LIMIT");

    assertThat(error.path("message").asText()).contains("does not support queryMore()");
    assertThat(caller.found(soql + " LIMIT 2000").path("totalSize").asInt()).isEqualTo(2_000);
  }
}
