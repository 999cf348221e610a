package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PrivacyTest {

  private static final String VALUE = "Invented-Value";
  private static final List<RawServer.Answer> FAULTS =
      List.of(
          RawServer.json(
              400, "[{\"errorCode\":\"STRING_TOO_LONG\",\"message\":\"" + VALUE + "\"}]"),
          RawServer.json(500, "[{\"errorCode\":\"" + VALUE + "\",\"message\":\"" + VALUE + "\"}]"),
          RawServer.text(500, "text/html", "<html>" + VALUE),
          RawServer.json(200, "{\"totalSize\":\"" + VALUE + "\"}"),
          RawServer.json(200, "{\"" + VALUE + "\":"),
          RawServer.json(200, "<html>" + VALUE),
          RawServer.truncated("{\"a\":\"" + VALUE + "\""),
          RawServer.json(302, "", "Location: https://" + VALUE + ".example.org"),
          RawServer.json(429, VALUE, "Retry-After: " + VALUE),
          RawServer.json(401, Wired.SESSION_ENDED));

  private final Logger logger = (Logger) LoggerFactory.getLogger("edu.cumc.aou.salesforce");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    logger.setLevel(Level.TRACE);
    logger.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
    logger.setLevel(null);
  }

  @Test
  void noFailure_tellsAValueAnIdAQueryOrAToken() throws IOException {
    StringWriter told = new StringWriter();
    int thrown = 0;
    for (RawServer.Answer fault : FAULTS) {
      List<Call> calls =
          List.of(
              s -> s.query("SELECT Id FROM Contact WHERE LastName = '" + VALUE + "'"),
              s -> s.create("Contact", Map.of("LastName", VALUE)),
              s -> s.updateAll("Contact", List.of(update(), update())),
              s -> s.update("Contact", update()),
              s -> s.upsert("Contact", "Key__c", VALUE, Map.of("LastName", VALUE)),
              s -> s.deleteAll(List.of(Wired.CONTACT)),
              s -> s.retrieve("Contact", List.of(Wired.CONTACT), List.of("LastName")),
              s -> s.organization());
      for (Call call : calls) {
        try (Wired wired = new Wired()) {
          wired.server.always(fault);
          call.on(wired.salesforce);
        } catch (SalesforceException e) {
          thrown++;
          e.printStackTrace(new PrintWriter(told));
        }
      }
    }
    for (ILoggingEvent event : logged.list) {
      told.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null) {
        told.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }

    assertThat(thrown).isGreaterThan(70);
    assertThat(logged.list).hasSizeGreaterThan(100);
    assertThat(told.toString()).doesNotContain(VALUE, Wired.CONTACT, Wired.TOKEN, "SELECT");
  }

  private static RecordUpdate update() {
    return new RecordUpdate(Wired.CONTACT, Map.of("LastName", VALUE));
  }

  /** One call of the client. */
  private interface Call {
    void on(Salesforce salesforce);
  }
}
