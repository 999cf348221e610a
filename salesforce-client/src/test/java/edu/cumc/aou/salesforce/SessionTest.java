package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

  private static final String COUNT = "SELECT COUNT() FROM Contact";
  private static final String SEVEN = "{\"totalSize\":7,\"done\":true,\"records\":[]}";
  private static final SalesforceAuth APP =
      new SalesforceAuth.ClientCredentials("invented-app", Secret.of("s&cret=1+1"));
  private static final SalesforceAuth USER =
      new SalesforceAuth.SoapPassword(
          "sync@example.org", Secret.of("p<&>\"'ss"), Secret.of("TOKEN1"));

  private RawServer server;
  private VirtualTime time;

  @BeforeEach
  void start() throws IOException {
    server = new RawServer();
    time = new VirtualTime();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Salesforce connect(SalesforceAuth auth) {
    return Salesforce.connect(
        SalesforceSettings.builder(server.uri(), auth).build(), time.surroundings());
  }

  private static String token(String token, URI instance) {
    return "{\"instance_url\":\"" + instance + "/\",\"access_token\":\"" + token + "\"}";
  }

  private static String soap(String result) {
    return "<?xml version=\"1.0\"?><soapenv:Envelope"
        + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
        + " xmlns=\"urn:partner.soap.sforce.com\"><soapenv:Body>"
        + result
        + "</soapenv:Body></soapenv:Envelope>";
  }

  @Test
  void clientCredentials_areSentAsAFormAndTheTokenGoesToTheInstance() throws IOException {
    try (RawServer instance = new RawServer();
        Salesforce salesforce = connect(APP)) {
      server.then(200, token("T!1", instance.uri()));
      instance.then(200, SEVEN);

      assertThat(salesforce.count(COUNT)).isEqualTo(7);

      RawServer.Asked login = server.asked().get(0);
      assertThat(login.method() + " " + login.target()).isEqualTo("POST /services/oauth2/token");
      assertThat(login.headers().get("content-type"))
          .startsWith("application/x-www-form-urlencoded");
      assertThat(login.text())
          .isEqualTo(
              "grant_type=client_credentials&client_id=invented-app"
                  + "&client_secret=s%26cret%3D1%2B1");
      assertThat(login.headers()).doesNotContainKey("authorization");
      assertThat(instance.asked().get(0).headers()).containsEntry("authorization", "Bearer T!1");
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void oauthPassword_appendsTheSecurityToken() {
    try (Salesforce salesforce =
        connect(
            new SalesforceAuth.OAuthPassword(
                "app",
                Secret.of("s"),
                "sync@example.org",
                Secret.of("pass"),
                Secret.of("TOKEN")))) {
      server.then(200, token("T", server.uri())).then(200, SEVEN);

      salesforce.count(COUNT);

      assertThat(server.asked().get(0).text())
          .contains("grant_type=password", "username=sync%40example.org", "password=passTOKEN");
    }
  }

  @Test
  void soapLogin_escapesAndReadsSessionAndInstance() throws IOException {
    try (RawServer instance = new RawServer();
        Salesforce salesforce = connect(USER)) {
      server.then(
          RawServer.text(
              200,
              "text/xml;charset=UTF-8",
              soap(
                  "<loginResponse><result><metadataServerUrl>https://m.example.org/x"
                      + "</metadataServerUrl><passwordExpired>false</passwordExpired><serverUrl>"
                      + instance.uri()
                      + "/services/Soap/u/62.0/00Dx</serverUrl><sessionId>S!9</sessionId>"
                      + "<userInfo><sessionSecondsValid>7200</sessionSecondsValid></userInfo>"
                      + "</result></loginResponse>")));
      instance.then(200, SEVEN);

      assertThat(salesforce.count(COUNT)).isEqualTo(7);

      RawServer.Asked login = server.asked().get(0);
      assertThat(login.target()).isEqualTo("/services/Soap/u/62.0");
      assertThat(login.headers()).containsEntry("soapaction", "login");
      assertThat(login.text())
          .contains("<urn:username>sync@example.org</urn:username>")
          .containsPattern("<urn:password>p&lt;&amp;(&gt;|>)\"'ssTOKEN1</urn:password>");
      assertThat(instance.asked().get(0).headers()).containsEntry("authorization", "Bearer S!9");
    }
  }

  @Test
  void soapLoginWithExpiredPassword_isRefused() {
    try (Salesforce salesforce = connect(USER)) {
      server.always(
          RawServer.text(
              200,
              "text/xml",
              soap(
                  "<loginResponse><result><passwordExpired>true</passwordExpired><serverUrl>"
                      + server.uri()
                      + "</serverUrl><sessionId>S</sessionId></result></loginResponse>")));

      SalesforceException thrown = failure(salesforce);

      assertThat(thrown.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(thrown.getMessage()).contains("expired");
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void wrongPassword_isTriedOnceHoweverOftenTheClientIsUsed() {
    try (Salesforce salesforce = connect(USER)) {
      server.always(
          RawServer.text(
              500,
              "text/xml",
              soap(
                  "<soapenv:Fault><faultcode>INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN:"
                      + " Invalid username</faultstring><detail><sf:LoginFault"
                      + " xmlns:sf=\"urn:fault.partner.soap.sforce.com\"><sf:exceptionCode>"
                      + "INVALID_LOGIN</sf:exceptionCode></sf:LoginFault></detail>"
                      + "</soapenv:Fault>")));

      assertThat(failure(salesforce).kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(failure(salesforce).errorCode()).isEqualTo("INVALID_LOGIN");
      assertThat(server.asked()).hasSize(1);
      assertThat(time.waits()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"error\":\"invalid_grant\",\"error_description\":\"authentication failure\"}|AUTHENTICATION",
        "400|{\"error\":\"invalid_client\"}|AUTHENTICATION",
        "400|{\"error\":\"something_new\"}|AUTHENTICATION",
        "400|{\"error\":\"unsupported_grant_type\"}|CONFIGURATION",
        "403|[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"}]|THROTTLED",
        "400|{\"error\":\"rate_limit_exceeded\"}|THROTTLED",
        "404|<html>nothing here</html>|CONFIGURATION",
        "302|''|CONFIGURATION"
      })
  void refusedLogin_isNotRepeated(int status, String body, Kind kind) {
    try (Salesforce salesforce = connect(APP)) {
      server.always(RawServer.json(status, body));

      assertThat(failure(salesforce).kind()).isEqualTo(kind);
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void transientLoginFailure_isRepeatedThreeTimesAtMost() {
    try (Salesforce salesforce = connect(APP)) {
      server.always(RawServer.text(500, "text/html", "<html>"));

      assertThat(failure(salesforce).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(server.asked()).hasSize(3);

      server.then(400, "{\"error\":\"unknown_error\"}").then(200, token("T", server.uri()));
      server.then(200, SEVEN);
      assertThat(salesforce.count(COUNT)).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"access_token\":\"x\"}",
        "{\"access_token\":\"x\",\"instance_url\":\"no address\"}",
        "{\"access_token\":\"x\",\"instance_url\":\"ftp://example.org\"}"
      })
  void loginAnswerWithoutTokenOrInstance_isAProtocolFailure(String body) {
    try (Salesforce salesforce = connect(APP)) {
      server.always(RawServer.json(200, body));

      assertThat(failure(salesforce).kind()).isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void endedSession_isRenewedOnceAndTheCallGoesToTheNewInstance() throws IOException {
    try (RawServer first = new RawServer();
        RawServer second = new RawServer();
        Salesforce salesforce = connect(APP)) {
      server.then(200, token("T1", first.uri())).then(200, token("T2", second.uri()));
      first.then(401, Wired.SESSION_ENDED, "WWW-Authenticate: Token");
      second.then(200, SEVEN).then(200, SEVEN);

      assertThat(salesforce.count(COUNT)).isEqualTo(7);
      assertThat(salesforce.count(COUNT)).isEqualTo(7);

      assertThat(second.asked().get(0).headers()).containsEntry("authorization", "Bearer T2");
      assertThat(first.asked()).hasSize(1);
      assertThat(server.asked()).hasSize(2);
      assertThat(time.waits()).isEmpty();
    }
  }

  @Test
  void sessionRefusedAgainAfterTheNewLogin_isAnAuthenticationFailure() {
    try (Salesforce salesforce = connect(APP)) {
      server
          .then(200, token("T1", server.uri()))
          .then(401, Wired.SESSION_ENDED)
          .then(200, token("T2", server.uri()))
          .always(RawServer.json(401, Wired.SESSION_ENDED));

      assertThat(failure(salesforce).kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(server.asked()).hasSize(4);
    }
  }

  @Test
  void create_isSentAgainAfterANewLogin() {
    try (Salesforce salesforce = connect(APP)) {
      server
          .then(200, token("T1", server.uri()))
          .then(401, Wired.SESSION_ENDED)
          .then(200, token("T2", server.uri()))
          .then(201, "{\"id\":\"" + Wired.CONTACT + "\",\"success\":true,\"errors\":[]}");

      assertThat(salesforce.create("Contact", java.util.Map.of())).isEqualTo(Wired.CONTACT);
    }
  }

  @Test
  void garbageTokenAnsweredInXml_isRenewedToo() {
    try (Salesforce salesforce = connect(APP)) {
      server
          .then(200, token("T1", server.uri()))
          .then(
              RawServer.text(
                  401,
                  "text/xml",
                  "<Errors><Error><errorCode>LOGIN_OAUTH_INVALID_TOKEN</errorCode></Error></Errors>",
                  "Sfdc-OAuth-Error: 1703"))
          .then(200, token("T2", server.uri()))
          .then(200, SEVEN);

      assertThat(salesforce.count(COUNT)).isEqualTo(7);
    }
  }

  @Test
  void readySessionThatEnded_saysThatItCannotBeRenewed() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(401, Wired.SESSION_ENDED));

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.count(COUNT));

      assertThat(thrown.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(thrown.getMessage()).contains("access-token");
      assertThat(wired.server.asked()).hasSize(1);
    }
  }

  @Test
  void threadsThatMeetAnEndedSession_shareOneLogin() throws Exception {
    int threads = 8;
    try (RawServer instance = new RawServer();
        Salesforce salesforce = connect(APP)) {
      server.then(200, token("T1", instance.uri())).then(200, token("T2", instance.uri()));
      CountDownLatch allRefused = new CountDownLatch(threads);
      for (int i = 0; i < threads; i++) {
        instance.then(
            (socket, out) -> {
              allRefused.countDown();
              allRefused.await(10, TimeUnit.SECONDS);
              return RawServer.json(401, Wired.SESSION_ENDED).write(socket, out);
            });
      }
      instance.always(RawServer.json(200, SEVEN));
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<Long>> counts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          counts.add(pool.submit(() -> salesforce.count(COUNT)));
        }
        for (Future<Long> count : counts) {
          assertThat(count.get(20, TimeUnit.SECONDS)).isEqualTo(7);
        }
      } finally {
        pool.shutdownNow();
      }
      assertThat(server.asked()).hasSize(2);
      assertThat(salesforce.usage().requests()).containsEntry(CallKind.LOGIN, 2L);
    }
  }

  private SalesforceException failure(Salesforce salesforce) {
    SalesforceException thrown =
        catchThrowableOfType(SalesforceException.class, () -> salesforce.count(COUNT));
    assertThat(thrown.getMessage()).doesNotContain("example.org", "s&cret", "invented-app", "p<&");
    return thrown;
  }
}
