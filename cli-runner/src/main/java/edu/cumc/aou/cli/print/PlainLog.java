package edu.cumc.aou.cli.print;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.OptionHelper;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The log: lines on stderr, because stdout holds results. Logback finds it as a service.
 *
 * <p>It is code and no {@code logback.xml}: a short command would load a tenth of its classes only
 * to read the XML.
 *
 * @since 0.2.0
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class PlainLog extends ContextAwareBase implements Configurator {

  private static final String LINE =
      "%d{\"yyyy-MM-dd HH:mm:ss XXX\"} %-5level %logger{0}: %msg%n%nopex";

  /**
   * What these could say of requests, statements and values is switched off for good, because it
   * would be personal data.
   */
  private static final List<String> SILENT =
      List.of(
          "feign",
          "org.apache.hc",
          "com.microsoft.sqlserver",
          "h2database",
          "org.jdbi",
          "org.flywaydb",
          "com.zaxxer.hikari",
          "org.eclipse.jetty");

  private final Function<String, @Nullable String> environment;

  /** Logback calls this. */
  public PlainLog() {
    this(OptionHelper::getEnv);
  }

  /** With other environment variables than those of the process. */
  public PlainLog(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public ExecutionStatus configure(LoggerContext log) {
    log.getStatusManager().add(new NopStatusListener());
    PatternLayoutEncoder line = new PatternLayoutEncoder();
    line.setContext(log);
    line.setPattern(LINE);
    line.start();
    ConsoleAppender<ILoggingEvent> err = new ConsoleAppender<>();
    err.setContext(log);
    err.setName("STDERR");
    err.setTarget(ConsoleTarget.SystemErr.getName());
    err.setEncoder(line);
    err.start();
    Logger root = log.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level("AOU_LOG_LEVEL_OTHERS", Level.WARN));
    root.addAppender(err);
    log.getLogger("edu.cumc.aou").setLevel(level("AOU_LOG_LEVEL", Level.INFO));
    SILENT.forEach(name -> log.getLogger(name).setLevel(Level.OFF));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private Level level(String variable, Level otherwise) {
    @Nullable String said = environment.apply(variable);
    return said == null ? otherwise : Level.toLevel(said.strip(), otherwise);
  }
}
