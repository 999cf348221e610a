package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertRowError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The looks of answers that clients and proxies come to rely on, and small refusals. */
class ShapesTest {
  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void answers_haveTheUsualHeaders() {
    var headers = caller.get(DATA + "/limits").headers();

    assertThat(headers.firstValue("Content-Type")).contains("application/json;charset=UTF-8");
    assertThat(headers.firstValue("Cache-Control"))
        .contains("no-cache,must-revalidate,max-age=0,no-store,private");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Strict-Transport-Security")).isPresent();
    assertThat(headers.firstValue("Vary")).contains("Accept-Encoding");
  }

  @Test
  void emptyAnswers_haveNoContentType() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");

    HttpResponse<String> deleted = caller.delete(DATA + "/sobjects/Contact/" + id);

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.headers().firstValue("Content-Type")).isEmpty();
  }

  @Test
  void notFound_saysItsCodeFirst_othersTheirMessage() {
    assertThat(caller.get(DATA + "/sobjects/Nothing").body())
        .isEqualTo(
            "[{\"errorCode\":\"NOT_FOUND\",\"message\":\"The requested resource does not"
                + " exist\"}]");
    caller.use("bad");
    assertThat(caller.get(DATA + "/limits").body())
        .isEqualTo(
            "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]");
  }

  @Test
  void jobs_areStampedInWholeSeconds() {
    clock.advance(java.time.Duration.ofMillis(123));
    BulkCaller bulk = new BulkCaller(caller);
    String id = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"}");

    JsonNode job = json(caller.get(DATA + "/jobs/ingest/" + id));

    assertThat(job.path("createdDate").asText()).endsWith(".000+0000");
    assertThat(job.path("systemModstamp").asText()).endsWith(".000+0000");
  }

  @Test
  void resultHeaders_quoteWhatTheJobAdds_only() {
    BulkCaller bulk = new BulkCaller(caller);
    String id = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"}");
    bulk.upload(id, "LastName,FirstName\nMuster,Ann\n,Ben\n");
    bulk.state(id, "UploadComplete");
    String path = DATA + "/jobs/ingest/" + id;

    assertThat(caller.get(path + "/successfulResults").body().lines().findFirst())
        .contains("\"sf__Id\",\"sf__Created\",LastName,FirstName");
    assertThat(caller.get(path + "/failedResults").body().lines().findFirst())
        .contains("\"sf__Id\",\"sf__Error\",LastName,FirstName");
    assertThat(caller.get(path + "/unprocessedrecords").body().lines().findFirst())
        .contains("LastName,FirstName");
  }

  @Test
  void describe_hasTheSizesAndPartsOfFields() {
    JsonNode fields = json(caller.get(DATA + "/sobjects/Contact/describe")).path("fields");
    Map<String, JsonNode> byName = new HashMap<>();
    fields.forEach(field -> byName.put(field.path("name").asText(), field));

    assertThat(byName.get("Id").path("byteLength").asInt()).isEqualTo(18);
    assertThat(byName.get("AccountId").path("byteLength").asInt()).isEqualTo(18);
    assertThat(byName.get("LastName").path("byteLength").asInt()).isEqualTo(240);
    assertThat(byName.get("IsDeleted").path("aggregatable").asBoolean()).isFalse();
    assertThat(byName.get("LastName").path("aggregatable").asBoolean()).isTrue();
    assertThat(byName.get("FirstName").path("compoundFieldName").asText()).isEqualTo("Name");
    assertThat(byName.get("MailingCity").path("compoundFieldName").asText())
        .isEqualTo("MailingAddress");
    assertThat(byName.get("Phone").path("compoundFieldName").isNull()).isTrue();
    assertThat(byName.get("Name").path("extraTypeInfo").asText()).isEqualTo("personname");
    assertThat(byName.get("MailingStreet").path("extraTypeInfo").asText())
        .isEqualTo("plaintextarea");
  }

  @Test
  void sameIdTwice_failsItsRows_ofACallAndOfAJob() {
    String ann = caller.create("Contact", "{\"LastName\":\"Ann\"}");
    String ben = caller.create("Contact", "{\"LastName\":\"Ben\"}");
    String record = "{\"attributes\":{\"type\":\"Contact\"},\"Id\":\"%s\",\"Title\":\"x\"}";
    JsonNode rows =
        json(
            caller.patch(
                DATA + "/composite/sobjects",
                "{\"records\":["
                    + String.join(
                        ",",
                        record.formatted(ann),
                        record.formatted(ben),
                        record.formatted(ann.substring(0, 15)))
                    + "]}"));

    assertThat(assertRowError(rows.get(0), "DUPLICATE_VALUE").path("message").asText())
        .isEqualTo("Duplicate id specified: " + ann);
    assertThat(rows.get(1).path("success").asBoolean()).isTrue();
    assertRowError(rows.get(2), "DUPLICATE_VALUE");

    JsonNode deleted =
        json(caller.delete(DATA + "/composite/sobjects?ids=" + ann + "," + ben + "," + ann));
    assertRowError(deleted.get(0), "DUPLICATE_VALUE");
    assertThat(deleted.get(1).path("success").asBoolean()).isTrue();

    BulkCaller bulk = new BulkCaller(caller);
    String id = bulk.create("{\"object\":\"Contact\",\"operation\":\"update\"}");
    bulk.upload(id, "Id,Title\n" + ann + ",a\n" + ann.substring(0, 15) + ",b\n");
    bulk.state(id, "UploadComplete");
    assertThat(caller.get(DATA + "/jobs/ingest/" + id + "/failedResults").body())
        .contains("DUPLICATE_VALUE:Duplicate id specified: " + ann + ":Id --");
  }

  @ParameterizedTest
  @CsvSource({"1700-01-01,201", "4000-12-31,201", "1699-12-31,400", "4001-01-01,400"})
  void days_lieBetween1700And4000(String day, int status) {
    HttpResponse<String> response =
        caller.post(
            DATA + "/sobjects/Contact", "{\"LastName\":\"Muster\",\"Birthdate\":\"" + day + "\"}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    if (status == 400) {
      assertThat(json(response).get(0).path("fields").get(0).asText()).isEqualTo("Birthdate");
    }
  }

  @Test
  void addresses_areOneValue_toBeReadOnly() {
    String id =
        caller.create(
            "Contact",
            "{\"LastName\":\"Muster\",\"MailingCity\":\"New York\",\"MailingState\":\"NY\"}");

    JsonNode read = json(caller.get(DATA + "/sobjects/Contact/" + id));
    assertThat(read.path("MailingAddress").path("city").asText()).isEqualTo("New York");
    assertThat(read.path("MailingAddress").path("postalCode").isNull()).isTrue();
    assertThat(read.path("OtherAddress").isNull()).isTrue();
    assertThat(
            caller
                .found("SELECT MailingAddress FROM Contact")
                .path("records")
                .get(0)
                .path("MailingAddress")
                .path("state")
                .asText())
        .isEqualTo("NY");
    assertThat(caller.query("SELECT Id FROM Contact WHERE MailingAddress = 'x'").statusCode())
        .isEqualTo(400);
    assertThat(
            caller
                .post(
                    DATA + "/jobs/query",
                    "{\"operation\":\"query\",\"query\":\"SELECT MailingAddress FROM Contact\"}")
                .body())
        .contains("Selecting compound data not supported in Bulk Query");
  }

  @Test
  void standardObjects_haveTheirStandardFields() {
    assertThat(
            caller
                .found("SELECT TrialExpirationDate, NamespacePrefix FROM Organization")
                .path("totalSize")
                .asInt())
        .isEqualTo(1);
    assertThat(
            caller
                .found("SELECT Profile.Name FROM User WHERE Username LIKE 'integration%'")
                .path("records")
                .get(0)
                .path("Profile")
                .path("Name")
                .asText())
        .isEqualTo("Integration");
    caller.create("Lead", "{\"LastName\":\"Muster\",\"Company\":\"Example\"}");
    assertThat(
            caller
                .found("SELECT Status, IsConverted, ConvertedContactId, Address FROM Lead")
                .path("totalSize")
                .asInt())
        .isEqualTo(1);
    caller.found("SELECT Industry, BillingAddress, ShippingCity, AnnualRevenue FROM Account");
  }
}
