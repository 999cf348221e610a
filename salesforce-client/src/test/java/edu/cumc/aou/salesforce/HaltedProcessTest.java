package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.sync.testing.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A process that was halted finds its kept connection dead, and nobody tells it. */
// on a thread of its own: nobody can interrupt one that reads from a dead connection
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class HaltedProcessTest {

  private static final String COUNT = "SELECT COUNT() FROM Contact";
  private static final String SEVEN = "{\"totalSize\":7,\"done\":true,\"records\":[]}";
  private static final String CREATED =
      "{\"id\":\"" + Wired.CONTACT + "\",\"success\":true,\"errors\":[]}";

  private final VirtualTime time = new VirtualTime();
  private RawServer server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new RawServer();
    proxy = TcpProxy.before(server.uri().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private Salesforce client(Duration answerTimeout) {
    return Salesforce.connect(
        SalesforceSettings.builder(
                new SalesforceAuth.ReadySession(
                    Secret.of(Wired.TOKEN), URI.create("http://localhost:" + proxy.port())))
            .answerTimeout(answerTimeout)
            .build(),
        time.surroundings());
  }

  @Test
  void read_afterTheHalt_goesByANewConnection_andWaitsForNobody() {
    server.always(RawServer.json(200, SEVEN));
    try (Salesforce salesforce = client(Duration.ofMinutes(10))) {
      assertThat(salesforce.count(COUNT)).isEqualTo(7);
      proxy.forget();
      time.pass(Duration.ofMinutes(20));

      assertThat(salesforce.count(COUNT)).isEqualTo(7);

      assertThat(salesforce.usage().repeated()).isZero();
      assertThat(proxy.connections()).isEqualTo(2);
    }
  }

  @Test
  void create_afterTheHalt_isSentOnce_andIsNotInDoubt() {
    server.then(200, SEVEN).then(201, CREATED);
    try (Salesforce salesforce = client(Duration.ofMinutes(10))) {
      long unused = salesforce.count(COUNT);
      proxy.forget();
      time.pass(Duration.ofSeconds(6));

      assertThat(salesforce.create("Contact", Map.of("LastName", "Invented")))
          .isEqualTo(Wired.CONTACT);

      assertThat(server.asked()).hasSize(2);
    }
  }

  @Test
  void connection_usedJustBefore_isKept() {
    server.always(RawServer.json(200, SEVEN));
    try (Salesforce salesforce = client(Duration.ofMinutes(10))) {
      for (int i = 0; i < 5; i++) {
        long unused = salesforce.count(COUNT);
        time.pass(Duration.ofSeconds(4));
      }

      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  /** No clock has moved: only the silence tells, once. */
  @Test
  void read_onAConnectionThatDiedUnnoticed_costsOneAnswerTimeoutAndOneRepeat() {
    server.always(RawServer.json(200, SEVEN));
    try (Salesforce salesforce = client(Duration.ofMillis(500))) {
      long unused = salesforce.count(COUNT);
      proxy.forget();

      assertThat(salesforce.count(COUNT)).isEqualTo(7);

      assertThat(salesforce.usage().repeated()).isEqualTo(1);
    }
  }

  @Test
  void create_onAConnectionThatDiedUnnoticed_isNotRepeatedUnasked() {
    server.then(200, SEVEN).then(201, CREATED);
    try (Salesforce salesforce = client(Duration.ofMillis(500))) {
      long unused = salesforce.count(COUNT);
      proxy.forget();

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> salesforce.create("Contact", Map.of("LastName", "Invented")));

      assertThat(thrown.answerLost()).isTrue();
      assertThat(server.asked()).hasSize(1);
    }
  }
}
