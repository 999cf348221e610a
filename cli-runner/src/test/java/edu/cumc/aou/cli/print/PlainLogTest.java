package edu.cumc.aou.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPMDCAdapter;

class PlainLogTest {

  private final LoggerContext log = new LoggerContext();

  private void configure(Map<String, String> environment) {
    log.setMDCAdapter(new NOPMDCAdapter());
    new PlainLog(environment::get).configure(log);
  }

  @Test
  void logback_findsItBeforeAnyFile() {
    assertThat(ServiceLoader.load(Configurator.class))
        .anyMatch(configurator -> configurator instanceof PlainLog);
  }

  @Test
  void levels_areThoseOfTheVariables() {
    configure(Map.of("AOU_LOG_LEVEL", "debug", "AOU_LOG_LEVEL_OTHERS", "TRACE"));

    assertThat(log.getLogger("edu.cumc.aou.sync").getEffectiveLevel()).isEqualTo(Level.DEBUG);
    assertThat(log.getLogger("org.example").getEffectiveLevel()).isEqualTo(Level.TRACE);
    for (String silent :
        new String[] {
          "feign.Logger", "org.apache.hc.wire", "com.microsoft.sqlserver.jdbc", "org.jdbi.v3"
        }) {
      assertThat(log.getLogger(silent).getEffectiveLevel()).isEqualTo(Level.OFF);
    }
  }

  @Test
  void levels_withoutVariablesOrWithWrongOnes_areQuiet() {
    configure(Map.of("AOU_LOG_LEVEL", "everything"));

    assertThat(log.getLogger("edu.cumc.aou.sync").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(log.getLogger("org.example").getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void line_hasDateZoneAndMessage_goesToStderr_andHasNoException() {
    configure(Map.of());
    ConsoleAppender<ILoggingEvent> err =
        (ConsoleAppender<ILoggingEvent>) log.getLogger("ROOT").getAppender("STDERR");
    LoggingEvent event =
        new LoggingEvent(
            "x",
            log.getLogger("edu.cumc.aou.X"),
            Level.WARN,
            "{} done",
            new IllegalStateException("a value"),
            new Object[] {3});

    String line = new String(err.getEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(err.getTarget()).isEqualTo("System.err");
    assertThat(line)
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d (Z|[+-]\\d\\d:\\d\\d) WARN  X: 3 done\\R");
  }
}
