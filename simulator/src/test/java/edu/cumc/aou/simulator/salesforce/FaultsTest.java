package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultsTest {
  private static final String CONTACTS = DATA + "/sobjects/Contact";

  private final SalesforceSimulator org =
      SalesforceSimulator.builder().clock(new VirtualClock()).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private HttpResponse<String> create() {
    return caller.post(CONTACTS, "{\"LastName\":\"Muster\"}");
  }

  @Test
  void unavailable_saysWhenToComeBack_andDoesNothing() {
    org.faults().on("POST", CONTACTS, 2, Fault.unavailable(Duration.ofSeconds(7)));
    assertThat(create().statusCode()).isEqualTo(201);

    HttpResponse<String> response = create();

    assertError(response, 503, "SERVER_UNAVAILABLE");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(create().statusCode()).isEqualTo(201);
    assertThat(org.records("Contact")).hasSize(2);
  }

  @Test
  void answers_areThoseOfTheirMaker() {
    org.faults()
        .on(
            "GET",
            ".+/limits",
            1,
            Fault.answer(
                420, Map.of("Content-Type", "application/xml", "X-Edge", "no route"), "<no/>"));
    org.faults().on("GET", ".+/limits", 2, Fault.html(200));
    org.faults().on("GET", ".+/limits", 3, Fault.emptyAnswer());
    org.faults().on("GET", ".+/limits", 4, Fault.requestLimitExceeded());
    org.faults().on("GET", ".+/limits", 5, Fault.error(400, "UNABLE_TO_LOCK_ROW", "locked"));

    HttpResponse<String> xml = caller.get(DATA + "/limits");
    assertThat(xml.statusCode()).isEqualTo(420);
    assertThat(xml.body()).isEqualTo("<no/>");
    assertThat(xml.headers().firstValue("Content-Type").orElse("")).contains("application/xml");
    assertThat(xml.headers().firstValue("X-Edge")).hasValue("no route");
    HttpResponse<String> html = caller.get(DATA + "/limits");
    assertThat(html.statusCode()).isEqualTo(200);
    assertThat(html.headers().firstValue("Content-Type").orElse("")).contains("text/html");
    HttpResponse<String> empty = caller.get(DATA + "/limits");
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEmpty();
    assertError(caller.get(DATA + "/limits"), 403, "REQUEST_LIMIT_EXCEEDED");
    assertError(caller.get(DATA + "/limits"), 400, "UNABLE_TO_LOCK_ROW");
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    assertThat(org.apiCalls()).isEqualTo(1);
  }

  @Test
  void tokenEndpoint_mayAnswerAsTheDataApiDoes() {
    org.faults().on("POST", "/services/oauth2/token", 1, Fault.requestLimitExceeded());
    org.faults().on("POST", "/services/oauth2/token", 2, Fault.html(502));

    assertError(caller.token(caller.clientCredentials()), 403, "REQUEST_LIMIT_EXCEEDED");
    assertThat(caller.token(caller.clientCredentials()).statusCode()).isEqualTo(502);
    assertThat(caller.token(caller.clientCredentials()).statusCode()).isEqualTo(200);
  }

  @Test
  void expiredSession_needsANewLogin() {
    org.faults().on("*", ".+/limits", 1, Fault.expiredSession());

    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");
    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");
    caller.login();
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
  }

  @Test
  void resetBefore_appliesNothing() {
    org.faults().on("POST", CONTACTS, 1, Fault.resetBeforeApply());

    assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);

    assertThat(org.records("Contact")).isEmpty();
    assertThat(create().statusCode()).isEqualTo(201);
  }

  @Test
  void resetAfter_losesTheAnswerOnly() {
    org.faults().on("POST", CONTACTS, 1, Fault.resetAfterApply());

    assertThatThrownBy(this::create).isInstanceOf(UncheckedIOException.class);

    assertThat(org.records("Contact")).hasSize(1);
    LoggedRequest last = org.requests().get(org.requests().size() - 1);
    assertThat(last.path()).isEqualTo("/services/data/{version}/sobjects/{object}");
    assertThat(last.status()).isEqualTo(201);
    assertThat(last.fault()).contains("reset-after");
  }

  @Test
  void reset_isAResetOnTheSocket() throws IOException {
    org.faults().on("POST", CONTACTS, 1, Fault.resetAfterApply());

    try (Socket socket = open("POST", CONTACTS, "{\"LastName\":\"Muster\"}")) {
      InputStream in = socket.getInputStream();
      assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void truncatedBody_promisesMoreThanItSends() throws IOException {
    org.faults().on("GET", ".+/limits", n -> n <= 2, Fault.truncatedBody());

    assertThatThrownBy(() -> caller.get(DATA + "/limits")).isInstanceOf(UncheckedIOException.class);
    try (Socket socket = open("GET", DATA + "/limits", "")) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"DailyApiRequests\"");
      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4).length())
          .isLessThan(contentLength(answer));
    }
  }

  private static int contentLength(String answer) {
    String header = "Content-Length: ";
    int start = answer.indexOf(header) + header.length();
    return Integer.parseInt(answer.substring(start, answer.indexOf("\r\n", start)));
  }

  @Test
  void stalledBody_sendsHalfAndKeepsTheConnection() throws IOException {
    org.faults().on("GET", ".+/limits", 1, Fault.stalledBody());

    try (Socket socket = open("GET", DATA + "/limits", "")) {
      socket.setSoTimeout(300);
      StringBuilder answer = new StringBuilder();
      assertThatThrownBy(
              () -> {
                int c;
                while ((c = socket.getInputStream().read()) >= 0) {
                  answer.append((char) c);
                }
              })
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(answer.toString()).startsWith("HTTP/1.1 200").contains("{\"DailyApiRequests\"");
      assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
      org.close();
    }
  }

  private Socket open(String method, String path, String body) throws IOException {
    URI url = URI.create(org.url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    String request =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + url.getAuthority()
            + "\r\nAuthorization: Bearer "
            + caller.token()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void firstRuleThatStrikes_isTheOnlyOne_butAllCount() {
    org.faults().on("GET", ".+/limits", n -> n == 1, Fault.html(500));
    org.faults().on("GET", ".+/limits", n -> n == 1, Fault.html(502));
    org.faults().on("*", ".+", n -> n == 2, Fault.html(504));

    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(500);
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(504);
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
  }

  @Test
  void rules_matchMethodAndWholePath() {
    org.faults().on("GET", "/limits", n -> true, Fault.html(500));
    org.faults().on("POST", ".+/limits", n -> true, Fault.html(500));
    org.faults().on("POST", "/services/oauth2/token", 1, Fault.html(503));
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    assertThat(caller.token(caller.clientCredentials()).statusCode()).isEqualTo(503);

    org.faults().on("GET", ".+/limits", n -> true, Fault.html(500));
    org.faults().clear();

    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> org.faults().on("GET", ".+", 0, Fault.html(500)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
