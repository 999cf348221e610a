package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPMDCAdapter;

class JsonLogTest {

  private final LoggerContext log = new LoggerContext();

  private void configure(Map<String, String> environment) {
    log.setMDCAdapter(new NOPMDCAdapter());
    new JsonLog(environment::get).configure(log);
  }

  @Test
  void logback_findsItBeforeAnyFile() {
    assertThat(ServiceLoader.load(Configurator.class))
        .anyMatch(configurator -> configurator instanceof JsonLog);
  }

  @Test
  void levels_areThoseOfTheVariables() {
    configure(Map.of("AOU_LOG_LEVEL", "debug", "AOU_LOG_LEVEL_OTHERS", "TRACE"));

    assertThat(log.getLogger("edu.cumc.aou.sync").getEffectiveLevel()).isEqualTo(Level.DEBUG);
    assertThat(log.getLogger("org.example").getEffectiveLevel()).isEqualTo(Level.TRACE);
    assertThat(log.getLogger("feign.Logger").getEffectiveLevel()).isEqualTo(Level.OFF);
    assertThat(log.getLogger("org.apache.hc.wire").getEffectiveLevel()).isEqualTo(Level.OFF);
    assertThat(log.getLogger("com.microsoft.sqlserver.jdbc").getEffectiveLevel())
        .isEqualTo(Level.OFF);
    assertThat(log.getLogger("org.jdbi.v3").getEffectiveLevel()).isEqualTo(Level.OFF);
  }

  @Test
  void levels_withoutVariablesOrWithWrongOnes_areQuiet() {
    configure(Map.of("AOU_LOG_LEVEL", "everything"));

    assertThat(log.getLogger("edu.cumc.aou.sync").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(log.getLogger("org.example").getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void line_isJsonWithTheMessageAndWithoutTheException() throws IOException {
    configure(Map.of());
    ConsoleAppender<ILoggingEvent> out =
        (ConsoleAppender<ILoggingEvent>) log.getLogger("ROOT").getAppender("STDOUT");
    LoggingEvent event =
        new LoggingEvent(
            "x",
            log.getLogger("edu.cumc.aou.X"),
            Level.WARN,
            "{} done",
            new IllegalStateException("a value"),
            new Object[] {3});

    JsonNode line = new ObjectMapper().readTree(out.getEncoder().encode(event));

    assertThat(line.at("/level").asText()).isEqualTo("WARN");
    assertThat(line.at("/formattedMessage").asText()).isEqualTo("3 done");
    assertThat(line.has("timestamp")).isTrue();
    assertThat(line.toString()).doesNotContain("a value");
  }
}
