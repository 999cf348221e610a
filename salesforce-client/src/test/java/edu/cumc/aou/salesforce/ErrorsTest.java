package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsTest {

  private static final String VALUE = "Invented-Value";

  static Stream<Arguments> shapes() {
    return Stream.of(
        shape(400, array("INVALID_FIELD", "No such column"), Kind.CONFIGURATION, "INVALID_FIELD"),
        shape(
            400,
            array("INVALID_FIELD", "Foreign key external ID: " + VALUE + " not found for field X"),
            Kind.REJECTED,
            "INVALID_FIELD"),
        shape(
            400,
            "[{\"errorCode\":\"STRING_TOO_LONG\",\"message\":\"City: " + VALUE + "\"}]",
            Kind.REJECTED,
            "STRING_TOO_LONG"),
        shape(
            400,
            "[{\"fields\":null,\"message\":\"x\",\"errorCode\":\"NEW_CODE_OF_2031\"}]",
            Kind.REJECTED,
            "NEW_CODE_OF_2031"),
        shape(404, "{\"message\":\"x\",\"errorCode\":\"NOT_FOUND\"}", Kind.NOT_FOUND, "NOT_FOUND"),
        shape(
            400,
            "<?xml version=\"1.0\"?><Errors><Error><errorCode>MALFORMED_QUERY</errorCode>"
                + "<message>x</message></Error></Errors>",
            Kind.CONFIGURATION,
            "MALFORMED_QUERY"),
        shape(400, "<html>" + VALUE + "</html>", Kind.PROTOCOL, ""),
        shape(400, "", Kind.PROTOCOL, ""),
        shape(400, "[" + VALUE, Kind.PROTOCOL, ""),
        shape(400, "[]", Kind.PROTOCOL, ""),
        shape(400, "[{\"errorCode\":17}]", Kind.REJECTED, "UNRECOGNISED"),
        shape(400, "[{\"errorCode\":\"" + VALUE + " is bad\"}]", Kind.REJECTED, "UNRECOGNISED"),
        shape(403, array("API_DISABLED_FOR_ORG", "x"), Kind.CONFIGURATION, "API_DISABLED_FOR_ORG"),
        shape(
            403,
            array("INSUFFICIENT_ACCESS_OR_READONLY", "x"),
            Kind.REJECTED,
            "INSUFFICIENT_ACCESS_OR_READONLY"),
        shape(403, array("SOMETHING_NEW", "x"), Kind.CONFIGURATION, "SOMETHING_NEW"),
        shape(404, "<html>no such host</html>", Kind.CONFIGURATION, ""),
        shape(405, array("METHOD_NOT_ALLOWED", "x"), Kind.CONFIGURATION, "METHOD_NOT_ALLOWED"),
        shape(407, "", Kind.CONFIGURATION, ""),
        shape(410, array("GONE", "x"), Kind.CONFIGURATION, "GONE"),
        shape(414, "<html>URI Too Long</html>", Kind.CONFIGURATION, ""),
        shape(431, "", Kind.CONFIGURATION, ""),
        shape(
            300,
            "[\"/services/data/v62.0/sobjects/Contact/" + VALUE + "\"]",
            Kind.REJECTED,
            "MULTIPLE_CHOICES"),
        shape(301, "", Kind.CONFIGURATION, ""),
        shape(304, "", Kind.PROTOCOL, ""),
        shape(
            403,
            array("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
            Kind.THROTTLED,
            "REQUEST_LIMIT_EXCEEDED"),
        shape(
            403,
            array("REQUEST_LIMIT_EXCEEDED", "Limite depasse"),
            Kind.THROTTLED,
            "REQUEST_LIMIT_EXCEEDED"),
        shape(
            401,
            array("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "x"),
            Kind.AUTHENTICATION,
            "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"),
        shape(
            401,
            array("INVALID_SESSION_ID", "This session is not valid for use with the REST API"),
            Kind.AUTHENTICATION,
            "INVALID_SESSION_ID"),
        shape(401, array("INVALID_AUTH_HEADER", "x"), Kind.AUTHENTICATION, "INVALID_AUTH_HEADER"));
  }

  private static Arguments shape(int status, String body, Kind kind, String code) {
    return Arguments.of(status, body, kind, code);
  }

  private static String array(String code, String message) {
    return "[{\"message\":\""
        + message
        + "\",\"errorCode\":\""
        + code
        + "\",\"fields\":[\"City\"]}]";
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void refusal_isToldByCodeAndNeverRepeated(int status, String body, Kind kind, String code)
      throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(status, body));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.update("Contact", update()));

      assertThat(thrown.kind()).isEqualTo(kind);
      assertThat(thrown.errorCode()).isEqualTo(code);
      assertThat(thrown.status()).hasValue(status);
      assertThat(thrown.getMessage()).contains("HTTP " + status).doesNotContain(VALUE);
      assertThat(thrown.answerLost()).isFalse();
      assertThat(wired.server.asked()).hasSize(1);
      assertThat(wired.time.waits()).isEmpty();
    }
  }

  @Test
  void severalErrors_nameAllFields() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          400,
          "[{\"errorCode\":\"FIELD_CUSTOM_VALIDATION_EXCEPTION\",\"fields\":[\"Phone\"]},"
              + "{\"errorCode\":\"STRING_TOO_LONG\",\"fields\":[\"Email\",\"not a name!\"]}]");

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.update("Contact", update()));

      assertThat(thrown.fields()).containsExactly("Phone", "Email");
      assertThat(thrown.getMessage()).contains("fields Phone, Email");
    }
  }

  @Test
  void concurrencyLimit_isToldFromTheDailyOneInAnyLanguage() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(
              403,
              "[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"Limite depasse\"}]",
              "Sforce-Limit-Info: api-usage=40/5000")
          .then(204, "");

      wired.salesforce.update("Contact", update());

      assertThat(wired.time.waits()).containsExactly(Duration.ofSeconds(30));
    }
  }

  @Test
  void errorId_isKeptForTheSupport() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(
          RawServer.json(
              500,
              "[{\"errorCode\":\"UNKNOWN_EXCEPTION\",\"message\":\"include this ErrorId: "
                  + "123456-789 (-99)\"}]"));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.update("Contact", update()));

      assertThat(thrown.requestId()).contains("123456-789");
      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(wired.server.asked()).hasSize(6);
    }
  }

  @Test
  void lockedRow_isTriedAgain() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(400, array("UNABLE_TO_LOCK_ROW", VALUE)).then(204, "");

      wired.salesforce.update("Contact", update());

      assertThat(wired.server.asked()).hasSize(2);
    }
  }

  @Test
  void deletedAlready_isDeleted() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(404, array("ENTITY_IS_DELETED", "entity is deleted"));

      wired.salesforce.delete("Contact", Wired.CONTACT);

      assertThat(wired.server.asked()).hasSize(1);
    }
  }

  @Test
  void stackTrace_holdsNothingOfTheExchange() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(400, array("STRING_TOO_LONG", VALUE)));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.update("Contact", update()));

      java.io.StringWriter trace = new java.io.StringWriter();
      thrown.printStackTrace(new java.io.PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain(VALUE, Wired.CONTACT, Wired.TOKEN);
    }
  }

  private static RecordUpdate update() {
    return new RecordUpdate(Wired.CONTACT, Map.of("MailingCity", VALUE));
  }
}
