package edu.cumc.aou.simulator.kit;

import static edu.cumc.aou.simulator.kit.AskedOrg.DATA;
import static edu.cumc.aou.simulator.kit.AskedOrg.json;
import static edu.cumc.aou.simulator.kit.AskedOrg.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;

/** Rules of single records and of Collections. */
final class RecordRules {
  private static final String CONTACT = DATA + "/sobjects/Contact/";
  private static final String MANY = DATA + "/composite/sobjects";

  private RecordRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(12, "points in time end in +0000", RecordRules::stamps),
        new Rule(13, "more than 200 records are refused", RecordRules::tooMany),
        new Rule(13, "the order is kept, refused rows have no id", RecordRules::order),
        new Rule(14, "an unknown field refuses the whole call", RecordRules::unknownField),
        new Rule(15, "allOrNone takes everything back", RecordRules::allOrNone),
        new Rule(16, "upserts answer 201, then 200", RecordRules::upsert),
        new Rule(18, "one external id twice fails both rows", RecordRules::keyTwice),
        new Rule(19, "external ids ignore case", RecordRules::keyInAnotherCase),
        new Rule(27, "long texts are refused", RecordRules::longText),
        new Rule(27, "required fields are named", RecordRules::required),
        new Rule(27, "values of another type are not parsed", RecordRules::otherType),
        new Rule(27, "ids have a checksum", RecordRules::checksum),
        new Rule(28, "an update moves the stamp, in whole seconds", RecordRules::stampMoves),
        new Rule(34, "a record that moved on is not written", RecordRules::movedOn),
        new Rule(35, "one Id twice fails its rows", RecordRules::idTwice),
        new Rule(36, "days lie between 1700-01-01 and 4000-12-31", RecordRules::days),
        new Rule(44, "a parent is found by the path of its child", RecordRules::parent),
        new Rule(45, "a day of seven digits of a second is refused", RecordRules::fineDay));
  }

  private static void stamps(AskedOrg org) {
    JsonNode read = json(org.get(CONTACT + org.contact("") + "?fields=CreatedDate"));
    assertThat(read.path("CreatedDate").asText()).endsWith(".000+0000");
  }

  private static String record(String more) {
    return "{\"attributes\":{\"type\":\"Contact\"}," + more + "}";
  }

  private static String records(boolean allOrNone, String... records) {
    return "{\"allOrNone\":" + allOrNone + ",\"records\":[" + String.join(",", records) + "]}";
  }

  private static void tooMany(AskedOrg org) {
    String[] records = new String[201];
    java.util.Arrays.fill(records, record("\"LastName\":\"" + org.name() + "\""));
    assertThat(org.write("POST", MANY, records(false, records)).statusCode()).isEqualTo(400);
  }

  private static void order(AskedOrg org) {
    JsonNode rows =
        json(
            org.write(
                "POST",
                MANY,
                records(
                    false,
                    record("\"LastName\":\"" + org.name() + "\""),
                    record("\"FirstName\":\"none\""),
                    record("\"LastName\":\"" + org.name() + "\""))));
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).path("success").asBoolean()).isTrue();
    assertThat(rows.get(1).path("success").asBoolean()).isFalse();
    assertThat(rows.get(1).has("id")).isFalse();
    assertThat(rows.at("/1/errors/0/statusCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(rows.get(2).path("success").asBoolean()).isTrue();
  }

  private static void unknownField(AskedOrg org) {
    refused(
        org.write(
            "POST",
            MANY,
            records(
                false,
                record("\"LastName\":\"" + org.name() + "\""),
                record("\"LastName\":\"" + org.name() + "\",\"Nobody__c\":\"x\""))),
        400,
        "INVALID_FIELD");
  }

  private static void allOrNone(AskedOrg org) {
    JsonNode rows =
        json(
            org.write(
                "POST",
                MANY,
                records(
                    true,
                    record("\"LastName\":\"" + org.name() + "\""),
                    record("\"FirstName\":\"none\""))));
    assertThat(rows.at("/0/errors/0/statusCode").asText())
        .isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assertThat(rows.at("/1/errors/0/statusCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
  }

  private static void upsert(AskedOrg org) {
    String path = CONTACT + org.key() + "/" + org.keyValue();
    String body = "{\"LastName\":\"" + org.name() + "\"}";
    HttpResponse<String> first = org.write("PATCH", path, body);
    HttpResponse<String> second = org.write("PATCH", path, body);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(json(first).path("created").asBoolean()).isTrue();
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(second).path("created").asBoolean(true)).isFalse();
  }

  private static void keyTwice(AskedOrg org) {
    String row =
        record(
            "\"LastName\":\"" + org.name() + "\",\"" + org.key() + "\":\"" + org.keyValue() + "\"");
    JsonNode rows =
        json(org.write("PATCH", MANY + "/Contact/" + org.key(), records(false, row, row)));
    for (JsonNode one : rows) {
      assertThat(one.at("/errors/0/statusCode").asText()).isEqualTo("DUPLICATE_VALUE");
    }
    assertThat(rows).hasSize(2);
  }

  private static void keyInAnotherCase(AskedOrg org) {
    String value = org.keyValue();
    String body = "{\"LastName\":\"" + org.name() + "\"}";
    org.write("PATCH", CONTACT + org.key() + "/" + value, body);
    HttpResponse<String> again =
        org.write(
            "PATCH", CONTACT + org.key() + "/" + value.toLowerCase(java.util.Locale.ROOT), body);
    assertThat(again.statusCode()).isEqualTo(200);
  }

  private static void longText(AskedOrg org) {
    String body = "{\"LastName\":\"" + org.name() + "x".repeat(80) + "\"}";
    JsonNode error =
        refused(org.write("POST", DATA + "/sobjects/Contact", body), 400, "STRING_TOO_LONG");
    assertThat(error.at("/fields/0").asText()).isEqualTo("LastName");
  }

  private static void required(AskedOrg org) {
    JsonNode error =
        refused(
            org.write("POST", DATA + "/sobjects/Contact", "{\"FirstName\":\"none\"}"),
            400,
            "REQUIRED_FIELD_MISSING");
    assertThat(error.path("message").asText()).isEqualTo("Required fields are missing: [LastName]");
  }

  private static void otherType(AskedOrg org) {
    String body = "{\"LastName\":\"" + org.name() + "\",\"Birthdate\":\"yesterday\"}";
    JsonNode error =
        refused(org.write("POST", DATA + "/sobjects/Contact", body), 400, "JSON_PARSER_ERROR");
    assertThat(error.path("message").asText())
        .startsWith("Cannot deserialize instance of date from VALUE_STRING value yesterday");
  }

  private static void checksum(AskedOrg org) {
    String id = org.contact("");
    String wrong = id.substring(0, 15) + (id.endsWith("AAA") ? "AAB" : "AAA");
    refused(org.get(CONTACT + wrong), 400, "MALFORMED_ID");
  }

  private static void stampMoves(AskedOrg org) {
    String id = org.contact("");
    HttpResponse<String> update = org.write("PATCH", CONTACT + id, "{\"Title\":\"kit\"}");
    assertThat(update.statusCode()).isEqualTo(204);
    assertThat(update.headers().firstValue("Content-Type")).isEmpty();
    JsonNode read = json(org.get(CONTACT + id + "?fields=SystemModstamp,CreatedDate"));
    assertThat(read.path("SystemModstamp").asText())
        .endsWith(".000+0000")
        .isGreaterThanOrEqualTo(read.path("CreatedDate").asText());
  }

  private static void movedOn(AskedOrg org) {
    String path = CONTACT + org.contact("");
    HttpResponse<String> late =
        org.send(
            org.request(path)
                .header("Content-Type", "application/json")
                .header("If-Unmodified-Since", "Mon, 01 Jan 2018 00:00:00 GMT")
                .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(late.statusCode()).isEqualTo(412);
  }

  private static void idTwice(AskedOrg org) {
    String id = org.contact("");
    JsonNode rows =
        json(
            org.write(
                "PATCH",
                MANY,
                records(
                    false,
                    record("\"Id\":\"" + id + "\",\"Title\":\"a\""),
                    record("\"Id\":\"" + id + "\",\"Title\":\"b\""))));
    assertThat(rows.at("/0/success").asBoolean(true) && rows.at("/1/success").asBoolean(true))
        .isFalse();
    assertThat(rows.at("/1/errors/0/statusCode").asText()).isEqualTo("DUPLICATE_VALUE");
  }

  private static void days(AskedOrg org) {
    String id = org.contact("");
    for (String day : new String[] {"1700-01-01", "4000-12-31"}) {
      assertThat(org.write("PATCH", CONTACT + id, "{\"Birthdate\":\"" + day + "\"}").statusCode())
          .isEqualTo(204);
    }
    for (String day : new String[] {"1699-12-31", "4001-01-01"}) {
      assertThat(org.write("PATCH", CONTACT + id, "{\"Birthdate\":\"" + day + "\"}").statusCode())
          .isEqualTo(400);
    }
  }

  private static void parent(AskedOrg org) {
    String id = org.contact("");
    JsonNode owner = json(org.get(CONTACT + id + "/Owner?fields=Id"));
    assertThat(owner.at("/attributes/type").asText()).isEqualTo("User");
    refused(org.get(CONTACT + id + "/Nobody"), 404, "NOT_FOUND");
  }

  private static void fineDay(AskedOrg org) {
    String id = org.contact("");
    refused(
        org.write("PATCH", CONTACT + id, "{\"Birthdate\":\"2015-07-23T09:38:33.6366008+02:00\"}"),
        400,
        "JSON_PARSER_ERROR");
  }
}
