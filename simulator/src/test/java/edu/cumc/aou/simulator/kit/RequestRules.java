package edu.cumc.aou.simulator.kit;

import static edu.cumc.aou.simulator.kit.AskedOrg.DATA;
import static edu.cumc.aou.simulator.kit.AskedOrg.encode;
import static edu.cumc.aou.simulator.kit.AskedOrg.json;
import static edu.cumc.aou.simulator.kit.AskedOrg.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

/** Rules of requests, answers and queries. */
final class RequestRules {
  private RequestRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(5, "a failed SOAP login is a fault with status 500", RequestRules::soapFault),
        new Rule(7, "a call tells how many there were", RequestRules::usage),
        new Rule(7, "the versions are told to everybody", RequestRules::versions),
        new Rule(10, "a locator that nobody gave out is invalid", RequestRules::locator),
        new Rule(11, "a URL of more than 16,384 bytes is refused", RequestRules::longUrl),
        new Rule(11, "a literal ends at 4,000 characters", RequestRules::longLiteral),
        new Rule(30, "answers are gzipped for those who ask", RequestRules::gzip),
        new Rule(31, "two slashes are one", RequestRules::slashes),
        new Rule(31, "a batch may hold limits", RequestRules::batch),
        new Rule(33, "a SOAP fault states its type", RequestRules::faultType),
        new Rule(34, "describe is not sent again", RequestRules::describe),
        new Rule(34, "HEAD needs a session", RequestRules::head),
        new Rule(37, "what SOQL does not take is refused", RequestRules::soql),
        new Rule(38, "columns=true tells the columns", RequestRules::columns),
        new Rule(48, "names may begin with their object", RequestRules::names),
        new Rule(49, "standard objects have their standard fields", RequestRules::standard),
        new Rule(50, "answers have the usual headers", RequestRules::headers),
        new Rule(50, "a 404 names its code first", RequestRules::notFound),
        new Rule(52, "describe has the sizes of fields", RequestRules::sizes),
        new Rule(53, "X-PrettyPrint is for people", RequestRules::pretty));
  }

  private static HttpResponse<String> soap(AskedOrg org) {
    // a user of no org, so that nobody is locked out
    return org.send(
        org.open("/services/Soap/u/62.0")
            .header("Content-Type", "text/xml")
            .header("SOAPAction", "login")
            .POST(
                BodyPublishers.ofString(
                    "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns=\"urn:partner.soap.sforce.com\"><e:Body><login><username>"
                        + "nobody@aou-kit.example.org</username><password>x</password></login>"
                        + "</e:Body></e:Envelope>")));
  }

  private static void soapFault(AskedOrg org) {
    assertThat(soap(org).statusCode()).isEqualTo(500);
    assertThat(soap(org).body()).contains("INVALID_LOGIN");
  }

  private static void faultType(AskedOrg org) {
    assertThat(soap(org).body()).contains("xsi:type=\"sf:LoginFault\"");
  }

  private static void usage(AskedOrg org) {
    assertThat(org.get(DATA + "/limits").headers().firstValue("Sforce-Limit-Info").orElse(""))
        .matches(".*api-usage=\\d+/\\d+.*");
  }

  private static void versions(AskedOrg org) {
    HttpResponse<String> versions = org.send(org.open("/services/data").GET());
    assertThat(versions.statusCode()).isEqualTo(200);
    assertThat(json(versions).get(0).has("version")).isTrue();
  }

  private static void locator(AskedOrg org) {
    refused(org.get(DATA + "/query/01g000000000000AAA-2000"), 400, "INVALID_QUERY_LOCATOR");
  }

  private static void longUrl(AskedOrg org) {
    HttpResponse<String> response = org.get(DATA + "/query?q=" + "x".repeat(17_000));
    assertThat(response.statusCode()).isIn(414, 431);
    assertThat(response.body()).doesNotStartWith("[");
  }

  private static void longLiteral(AskedOrg org) {
    refused(
        org.query("SELECT Id FROM Contact WHERE LastName = '" + "x".repeat(4_001) + "'"),
        400,
        "MALFORMED_QUERY");
  }

  private static void gzip(AskedOrg org) {
    HttpResponse<String> response =
        org.send(
            org.request(DATA + "/sobjects/Contact/describe")
                .header("Accept-Encoding", "gzip")
                .GET());
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
  }

  private static void slashes(AskedOrg org) {
    assertThat(org.get("/" + DATA + "/limits").statusCode()).isEqualTo(200);
  }

  private static void batch(AskedOrg org) {
    JsonNode answer =
        json(
            org.write(
                "POST",
                DATA + "/composite/batch",
                "{\"batchRequests\":[{\"method\":\"GET\",\"url\":\"v62.0/limits\"}]}"));
    assertThat(answer.at("/results/0/statusCode").asInt()).isEqualTo(200);
    assertThat(answer.at("/results/0/result").has("DailyApiRequests")).isTrue();
  }

  private static void describe(AskedOrg org) {
    String path = DATA + "/sobjects/Contact/describe";
    HttpResponse<String> response =
        org.send(
            org.request(path).header("If-Modified-Since", "Wed, 01 Jan 2098 00:00:00 GMT").GET());
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  private static void head(AskedOrg org) {
    assertThat(
            org.send(org.open(DATA + "/limits").method("HEAD", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(401);
  }

  private static void soql(AskedOrg org) {
    for (String soql :
        List.of(
            "SELECT Id FROM Contact WHERE Id IN (SELECT ReportsToId FROM Contact)",
            "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
            "SELECT Id FROM Account WHERE NOT (Id IN (SELECT AccountId FROM Contact))",
            "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1)",
            "SELECT Id FROM Account WHERE Id IN (SELECT OwnerId FROM Contact)",
            "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT"
                + " AccountId FROM Opportunity) AND OwnerId IN (SELECT Id FROM User)",
            "SELECT COUNT() FROM Contact GROUP BY LastName",
            "SELECT COUNT() FROM Contact ORDER BY LastName")) {
      refused(org.query(soql), 400, "MALFORMED_QUERY", "INVALID_FIELD");
    }
  }

  private static void columns(AskedOrg org) {
    JsonNode answer =
        json(
            org.get(
                DATA
                    + "/query?columns=true&q="
                    + encode("SELECT Id, Account.Name FROM Contact LIMIT 1")));
    JsonNode columns = answer.path("columnMetadata");
    assertThat(columns).hasSize(2);
    assertThat(columns.at("/0/columnName").asText()).isEqualTo("Id");
    assertThat(columns.at("/1/joinColumns/0/columnName").asText()).isEqualTo("Name");
  }

  private static void names(AskedOrg org) {
    for (String soql :
        List.of(
            "SELECT Account.Name, (SELECT Contact.FirstName FROM Account.Contacts) FROM Account"
                + " LIMIT 1",
            "SELECT COUNT() FROM Contact, Contact.Account WHERE Account.Name = 'x'",
            "SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name = 'x'")) {
      assertThat(org.query(soql).statusCode()).isEqualTo(200);
    }
  }

  private static void standard(AskedOrg org) {
    for (String soql :
        List.of(
            "SELECT TrialExpirationDate, NamespacePrefix FROM Organization",
            "SELECT Profile.Name FROM User LIMIT 1",
            "SELECT MailingAddress FROM Contact LIMIT 1",
            "SELECT Industry, BillingAddress, AnnualRevenue FROM Account LIMIT 1",
            "SELECT Status, IsConverted FROM Lead LIMIT 1")) {
      assertThat(org.query(soql).statusCode()).isEqualTo(200);
    }
  }

  private static void headers(AskedOrg org) {
    HttpResponse<String> response = org.get(DATA + "/limits");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/json;charset=UTF-8");
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Strict-Transport-Security")).isPresent();
    assertThat(response.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding");
  }

  private static void notFound(AskedOrg org) {
    assertThat(org.get(DATA + "/sobjects/Nobody__c").body())
        .isEqualTo(
            "[{\"errorCode\":\"NOT_FOUND\",\"message\":\"The requested resource does not"
                + " exist\"}]");
  }

  private static void sizes(AskedOrg org) {
    for (JsonNode field : json(org.get(DATA + "/sobjects/Contact/describe")).path("fields")) {
      switch (field.path("name").asText()) {
        case "Id" -> assertThat(field.path("byteLength").asInt()).isEqualTo(18);
        case "LastName" -> assertThat(field.path("byteLength").asInt()).isEqualTo(240);
        case "IsDeleted" -> assertThat(field.path("aggregatable").asBoolean(true)).isFalse();
        case "FirstName" -> assertThat(field.path("compoundFieldName").asText()).isEqualTo("Name");
        case "Name" -> assertThat(field.path("extraTypeInfo").asText()).isEqualTo("personname");
        default -> assertThat(field.has("type")).isTrue();
      }
    }
  }

  private static void pretty(AskedOrg org) {
    assertThat(org.send(org.request(DATA + "/limits").header("X-PrettyPrint", "1").GET()).body())
        .contains(" : ");
  }
}
