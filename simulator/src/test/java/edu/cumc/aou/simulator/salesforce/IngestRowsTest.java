package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.BulkCaller.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestRowsTest {
  private SalesforceSimulator org = SalesforceSimulator.builder().clock(new VirtualClock()).start();
  private Caller caller = Caller.loggedIn(org);
  private BulkCaller bulk = new BulkCaller(caller);

  private void restart(SalesforceSimulatorBuilder builder) {
    org.close();
    org = builder.clock(new VirtualClock()).start();
    caller = Caller.loggedIn(org);
    bulk = new BulkCaller(caller);
  }

  @AfterEach
  void close() {
    org.close();
  }

  private String job(String operation) {
    return bulk.create("{\"object\":\"Contact\",\"operation\":\"" + operation + "\"}");
  }

  private String create(Map<String, Object> fields) {
    return org.create("Contact", fields);
  }

  private Map<String, Object> contact(String id) {
    return org.records("Contact")
        .filter(contact -> contact.get("Id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static void assertCounts(JsonNode job, int processed, int failed) {
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("JobComplete");
    assertThat(job.path("numberRecordsProcessed").asInt()).isEqualTo(processed);
    assertThat(job.path("numberRecordsFailed").asInt()).isEqualTo(failed);
  }

  @Test
  void upsert_saysWhichRecordsItCreated() {
    String present = create(Map.of("LastName", "Old", "HP_PMI_ID__c", "P000000001"));
    String job = bulk.createUpsert();

    assertCounts(bulk.run(job, "HP_PMI_ID__c,LastName\np000000001,New\nP000000002,Muster\n"), 2, 0);

    List<String> lines = bulk.lines(job, "successfulResults");
    assertThat(lines.remove(0)).isEqualTo("\"sf__Id\",\"sf__Created\",HP_PMI_ID__c,LastName");
    String created =
        org.records("Contact")
            .filter(contact -> contact.get("LastName").equals("Muster"))
            .map(contact -> contact.get("Id").toString())
            .findFirst()
            .orElseThrow();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "\"" + present + "\",\"false\",\"p000000001\",\"New\"",
            "\"" + created + "\",\"true\",\"P000000002\",\"Muster\"");
    assertThat(contact(present)).containsEntry("LastName", "New");
    assertThat(bulk.lines(job, "failedResults"))
        .containsExactly("\"sf__Id\",\"sf__Error\",HP_PMI_ID__c,LastName");
    assertThat(bulk.lines(job, "unprocessedrecords")).containsExactly("HP_PMI_ID__c,LastName");
  }

  @Test
  void refusedRows_sayWhy_andLeaveTheOthersAlone() {
    String job = job("insert");

    assertCounts(
        bulk.run(
            job,
            "LastName,Email,AccountId\n"
                + "A,no,\n"
                + ",b@example.org,\n"
                + "C,c@example.org,001Hx0000000009IAA\n"
                + "D,d@example.org,"
                + org.accountId()
                + "\n"),
        4,
        3);

    assertThat(bulk.lines(job, "failedResults"))
        .containsExactlyInAnyOrder(
            "\"sf__Id\",\"sf__Error\",LastName,Email,AccountId",
            "\"\",\"INVALID_EMAIL_ADDRESS:Email: invalid email address: no:Email"
                + " --\",\"A\",\"no\",\"\"",
            "\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName"
                + " --\",\"\",\"b@example.org\",\"\"",
            "\"\",\"INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--\",\"C\",\"c@example.org\","
                + "\"001Hx0000000009IAA\"");
    assertThat(org.records("Contact").map(contact -> contact.get("LastName"))).containsExactly("D");
  }

  @Test
  void emptyCells_leaveAlone_andNotAvailableClears() {
    String id = create(Map.of("LastName", "Muster", "Phone", "1", "Title", "T", "Department", "D"));
    String job = job("update");

    assertCounts(
        bulk.run(job, "Id,LastName,Phone,Title,Department\n" + id + ",,#N/A,,\"\"\n"), 1, 0);

    assertThat(contact(id))
        .containsEntry("LastName", "Muster")
        .containsEntry("Title", "T")
        .containsEntry("Department", "D")
        .doesNotContainKey("Phone");
    String required = job("update");
    bulk.run(required, "Id,LastName\n" + id + ",#N/A\n");
    assertThat(bulk.lines(required, "failedResults").get(1))
        .isEqualTo(
            "\""
                + id
                + "\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName"
                + " --\",\""
                + id
                + "\",\"#N/A\"");
  }

  @Test
  void values_haveTheWireFormatOfTheirType() {
    String job = bulk.create("{\"object\":\"Opportunity\",\"operation\":\"insert\"}");

    assertCounts(
        bulk.run(
            job,
            """
            Name,StageName,CloseDate,IsPrivate,Amount
            yes,Prospecting,2024-05-01,YES,10.5
            one,Prospecting,2024-05-01,1,1e3
            no,Prospecting,2024-05-01,no,
            badDate,Prospecting,05/01/2024,0,
            badFlag,Prospecting,2024-05-01,ja,
            badNumber,Prospecting,2024-05-01,0,"1,5"
            """),
        6,
        3);

    assertThat(org.records("Opportunity").map(row -> row.get("Name") + " " + row.get("IsPrivate")))
        .containsExactly("yes true", "one true", "no false");
    assertThat(org.records("Opportunity").map(row -> row.get("CloseDate")).distinct())
        .containsExactly(LocalDate.of(2024, 5, 1));
    assertThat(bulk.lines(job, "failedResults").stream().skip(1))
        .allSatisfy(line -> assertThat(line).contains("\"INVALID_TYPE_ON_FIELD_IN_RECORD:"))
        .anySatisfy(line -> assertThat(line).contains(":CloseDate --\""))
        .anySatisfy(line -> assertThat(line).contains(":IsPrivate --\""))
        .anySatisfy(line -> assertThat(line).contains(":Amount --\""));
  }

  @Test
  void parents_areFoundByTheirKey() {
    create(Map.of("LastName", "Boss", "HP_PMI_ID__c", "P000000009"));
    String job = job("insert");

    assertCounts(
        bulk.run(job, "LastName,ReportsTo.HP_PMI_ID__c\nA,P000000009\nB,P000000008\nC,\nD,#N/A\n"),
        4,
        1);

    assertThat(bulk.lines(job, "failedResults").get(1))
        .isEqualTo(
            "\"\",\"INVALID_FIELD:Foreign key external ID: P000000008 not found for field"
                + " HP_PMI_ID__c in entity Contact:--\",\"B\",\"P000000008\"");
    assertThat(org.records("Contact").filter(row -> row.containsKey("ReportsToId"))).hasSize(1);
  }

  @Test
  void sameKeyTwice_failsBothRows() {
    String job = bulk.createUpsert();

    assertCounts(
        bulk.run(job, "HP_PMI_ID__c,LastName\nP000000001,A\nP000000002,B\np000000001,C\n,D\n"),
        4,
        3);

    assertThat(bulk.lines(job, "failedResults"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "DUPLICATE_VALUE:Duplicate external id specified:"
                            + " P000000001:HP_PMI_ID__c --"))
        .anySatisfy(line -> assertThat(line).contains("MISSING_ARGUMENT:"));
  }

  @Test
  void updateAndDelete_needTheId() {
    String id = create(Map.of("LastName", "Muster"));
    String update = job("update");
    assertCounts(bulk.run(update, "Id,LastName\n,A\n003Hx0000000001IAZ,B\n"), 2, 2);
    String delete = job("delete");
    assertCounts(bulk.run(delete, "Id\n" + id.substring(0, 15) + "\n"), 1, 0);
    String again = job("delete");
    assertCounts(bulk.run(again, "Id\n" + id + "\n"), 1, 1);

    assertThat(org.records("Contact")).isEmpty();
    assertThat(bulk.lines(delete, "successfulResults"))
        .containsExactly(
            "\"sf__Id\",\"sf__Created\",Id",
            "\"" + id + "\",\"false\",\"" + id.substring(0, 15) + "\"");
    assertThat(bulk.lines(again, "failedResults").get(1))
        .startsWith("\"" + id + "\",\"ENTITY_IS_DELETED:entity is deleted:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "insert;LastName,Nme;InvalidBatch : Field name not found : Nme",
        "insert;\uFEFFLastName,Phone;InvalidBatch : Field name not found : \uFEFFLastName",
        "insert;LastName,Owner.Alias;InvalidBatch : Field name not found : Owner.Alias",
        "insert;LastName,Foo__r.Name;InvalidBatch : Unable to find relationship: Foo__r",
        "insert;LastName,User:Owner.Username;InvalidBatch : type is not needed for non"
            + " polymorphic foreign key references: Owner",
        "delete;Id,LastName;InvalidBatch : The 'delete' batch must contain only ids",
      })
  void refusedHeader_failsTheJob(String operation, String header, String message) {
    String job = job(operation);
    JsonNode answer = bulk.run(job, header + "\nA,B\n");

    assertThat(answer.path("state").asText()).isEqualTo("Failed");
    assertThat(answer.path("errorMessage").asText()).isEqualTo(message);
    assertThat(answer.path("numberRecordsProcessed").asInt(-1)).isZero();
    assertThat(bulk.lines(job, "unprocessedrecords")).containsExactly(header, "A,B");
    assertThat(bulk.lines(job, "failedResults")).hasSize(1);
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void headersInAnotherCase_areTaken_butNotShown() {
    String job = job("insert");
    assertCounts(bulk.run(job, "lastname,Phone\nMuster,1\n"), 1, 0);

    assertThat(bulk.lines(job, "successfulResults").get(0))
        .isEqualTo("\"sf__Id\",\"sf__Created\",Phone");
    assertThat(org.records("Contact").map(contact -> contact.get("LastName")))
        .containsExactly("Muster");

    restart(SalesforceSimulator.builder().bulk(BulkSettings.DEFAULT.withExactHeaderCase(true)));
    assertThat(bulk.run(job("insert"), "lastname\nMuster\n").path("errorMessage").asText())
        .isEqualTo("InvalidBatch : Field name not found : lastname");
  }

  @Test
  void emptyResultFile_isAHeader_or204() {
    String job = job("insert");
    bulk.run(job, "LastName\n");
    assertThat(bulk.lines(job, "successfulResults"))
        .containsExactly("\"sf__Id\",\"sf__Created\",LastName");

    restart(SalesforceSimulator.builder().bulk(BulkSettings.DEFAULT.withNoContentWhenEmpty(true)));
    String other = job("insert");
    bulk.run(other, "LastName\nA\n");
    assertThat(caller.get(JOBS + "/" + other + "/failedResults").statusCode()).isEqualTo(204);
    assertThat(bulk.lines(other, "successfulResults")).hasSize(2);
  }

  @Test
  void resultRows_areNotInTheOrderOfTheUpload() {
    String job = job("insert");
    StringBuilder csv = new StringBuilder("LastName\n");
    IntStream.range(0, 100).forEach(i -> csv.append("N%03d\n".formatted(i)));
    bulk.run(job, csv.toString());

    List<String> names =
        bulk.lines(job, "successfulResults").stream()
            .skip(1)
            .map(line -> line.substring(line.indexOf('N')))
            .toList();
    assertThat(names).hasSize(100).doesNotHaveDuplicates();
    assertThat(names).isNotEqualTo(names.stream().sorted().toList());
  }

  @Test
  void oneBatch_has10000Rows() {
    StringBuilder csv = new StringBuilder("HP_PMI_ID__c,LastName\n");
    IntStream.range(0, 10_000).forEach(i -> csv.append("P%09d,A\n".formatted(i)));
    // the same key again, in the next batch
    csv.append("P000000000,B\n");
    String job = bulk.createUpsert();

    assertCounts(bulk.run(job, csv.toString()), 10_001, 0);
    assertThat(bulk.lines(job, "successfulResults").stream().filter(l -> l.contains("false")))
        .singleElement()
        .asString()
        .endsWith("\"P000000000\",\"B\"");
  }
}
