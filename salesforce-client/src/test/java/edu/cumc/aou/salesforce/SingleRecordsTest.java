package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SingleRecordsTest {

  private static final String ID = Wired.CONTACT;

  @Test
  void upsert_encodesTheWholeValue() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(201, "{\"id\":\"" + ID + "\",\"success\":true,\"errors\":[]}");

      Saved saved =
          wired.salesforce.upsert("Contact", "Key__c", "a/b c+d@é%.inc", Map.of("Phone", "1"));

      assertThat(saved).isEqualTo(new Saved(ID, true));
      assertThat(wired.server.asked().get(0).target())
          .isEqualTo("/services/data/v62.0/sobjects/Contact/Key__c/a%2Fb%20c%2Bd%40%C3%A9%25.inc");
      assertThat(wired.server.asked().get(0).text()).isEqualTo("{\"Phone\":\"1\"}");
    }
  }

  @Test
  void upsertOfAKnownRecord_saysSoInEachVersion() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, "{\"id\":\"" + ID + "\",\"success\":true,\"errors\":[],\"created\":false}")
          .then(204, "")
          .then(200, "{\"attributes\":{\"type\":\"Contact\"},\"Id\":\"" + ID + "\"}");

      assertThat(wired.salesforce.upsert("Contact", "Key__c", "k", Map.of()))
          .isEqualTo(new Saved(ID, false));
      assertThat(wired.salesforce.upsert("Contact", "Key__c", "k", Map.of()))
          .isEqualTo(new Saved(ID, false));
    }
  }

  @Test
  void upsertOfAnAmbiguousKey_isRejected() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(300, "[\"/services/data/v62.0/sobjects/Contact/" + ID + "\"]");

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.upsert("Contact", "Key__c", "k", Map.of()));

      assertThat(thrown.kind()).isEqualTo(Kind.REJECTED);
      assertThat(thrown.errorCode()).isEqualTo("MULTIPLE_CHOICES");
      assertThat(thrown.getMessage()).doesNotContain(ID);
    }
  }

  @Test
  void get_isEmptyWhenThereIsNone() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, "{\"attributes\":{\"type\":\"Contact\"},\"Phone\":\"1\"}")
          .then(404, "[{\"errorCode\":\"NOT_FOUND\"}]");

      assertThat(wired.salesforce.get("Contact", ID, List.of("Phone")).orElseThrow().text("Phone"))
          .contains("1");
      assertThat(wired.salesforce.get("Contact", ID, List.of("Phone"))).isEmpty();
      assertThat(wired.server.asked().get(0).target())
          .isEqualTo("/services/data/v62.0/sobjects/Contact/" + ID + "?fields=Phone");
    }
  }

  @Test
  void createWithoutAnIdInItsAnswer_mayHaveHappened() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(201, "{\"success\":true}");

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.create("Contact", Map.of()));

      assertThat(thrown.answerLost()).isTrue();
    }
  }

  @Test
  void feeds_readBothFormsOfTimes() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(
              200,
              "{\"ids\":[\"" + ID + "\"],\"latestDateCovered\":\"2026-03-01T10:00:00.000+0000\"}")
          .then(
              200,
              "{\"deletedRecords\":[{\"id\":\""
                  + ID
                  + "\",\"deletedDate\":\"2026-03-01T09:00:00.000+00:00\"}],"
                  + "\"earliestDateAvailable\":\"2026-02-01T00:00:00.000Z\","
                  + "\"latestDateCovered\":\"2026-03-01T10:00:00.000+0000\"}");
      Instant from = Instant.parse("2026-03-01T08:00:00Z");
      Instant to = Instant.parse("2026-03-01T10:00:00Z");

      Changes.Updated updated = wired.salesforce.updated("Contact", from, to);
      Changes.Deleted deleted = wired.salesforce.deleted("Contact", from, to);

      assertThat(updated.ids()).containsExactly(ID);
      assertThat(updated.latestDateCovered()).isEqualTo(to);
      assertThat(deleted.records())
          .containsExactly(new Changes.DeletedRecord(ID, Instant.parse("2026-03-01T09:00:00Z")));
      assertThat(java.net.URLDecoder.decode(wired.server.asked().get(0).target(), "UTF-8"))
          .isEqualTo(
              "/services/data/v62.0/sobjects/Contact/updated/?start=2026-03-01T08:00:00+00:00"
                  + "&end=2026-03-01T10:00:00+00:00");
      assertThat(wired.server.asked().get(0).target()).doesNotContain("+");
      assertThat(updated.toString() + deleted).doesNotContain(ID);
    }
  }

  @Test
  void serverTime_isTheDateHeaderOfAFreeCallWithoutTheToken() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "[{\"label\":\"Winter '25\",\"url\":\"/services/data/v62.0\",\"version\":\"62.0\"}]",
          "Date: Mon, 02 Mar 2026 06:00:05 GMT");

      assertThat(wired.salesforce.serverTime()).isEqualTo("2026-03-02T06:00:05Z");
      assertThat(wired.server.asked().get(0).headers()).doesNotContainKey("authorization");
      assertThat(wired.salesforce.usage().counted()).isZero();
    }
  }

  @Test
  void serverTimeWithoutADate_isAProtocolFailure() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, "[]");

      assertThat(
              catchThrowableOfType(SalesforceException.class, wired.salesforce::serverTime).kind())
          .isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void describe_isRememberedForAWhileAndForgivesMissingKeys() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(
          RawServer.json(
              200,
              "{\"name\":\"Contact\",\"createable\":true,\"fields\":[{\"type\":\"picklist\","
                  + "\"name\":\"HP_Sex__c\",\"externalId\":true,\"unique\":true,"
                  + "\"picklistValues\":[{\"value\":\"F\",\"active\":true,\"validFor\":null}],"
                  + "\"createable\":true}]}"));

      ObjectDescription contact = wired.salesforce.describe("Contact");
      wired.salesforce.describe("contact");

      assertThat(wired.server.asked()).hasSize(1);
      FieldDescription field = contact.field("hp_sex__C").orElseThrow();
      assertThat(field.requiredOnCreate()).isTrue();
      assertThat(field.externalId() && field.unique()).isTrue();
      assertThat(field.picklistValues())
          .containsExactly(new FieldDescription.PicklistValue("F", "F", true));
      assertThat(field.referenceTo()).isEmpty();

      wired.time.pass(Duration.ofMinutes(10));
      wired.salesforce.describe("Contact");
      assertThat(wired.server.asked()).hasSize(2);
    }
  }

  @Test
  void limits_areThoseWithTwoNumbers() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "{\"DailyApiRequests\":{\"Max\":15000,\"Remaining\":14998,\"App\":{\"Max\":1,"
              + "\"Remaining\":0}},\"Odd\":{\"Max\":null},\"Odder\":7}");

      assertThat(wired.salesforce.limits())
          .containsExactly(Map.entry("DailyApiRequests", new ApiLimit(15000, 14998)));
    }
  }
}
