package edu.cumc.aou.lambda;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.OptionHelper;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The log: one JSON object a line, for CloudWatch. Logback finds it as a service.
 *
 * <p>It is code and no {@code logback.xml}, because reading XML is a twentieth of a start.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class JsonLog extends ContextAwareBase implements Configurator {

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
          "com.zaxxer.hikari");

  private final Function<String, @Nullable String> environment;

  /** Logback calls this. */
  public JsonLog() {
    this(OptionHelper::getEnv);
  }

  JsonLog(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public ExecutionStatus configure(LoggerContext log) {
    log.getStatusManager().add(new NopStatusListener());
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(log);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithKVPList(false);
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithThrowable(false);
    encoder.start();
    ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
    out.setContext(log);
    out.setName("STDOUT");
    out.setEncoder(encoder);
    out.start();
    Logger root = log.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level("AOU_LOG_LEVEL_OTHERS", Level.WARN));
    root.addAppender(out);
    log.getLogger("edu.cumc.aou").setLevel(level("AOU_LOG_LEVEL", Level.INFO));
    SILENT.forEach(name -> log.getLogger(name).setLevel(Level.OFF));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private Level level(String variable, Level otherwise) {
    @Nullable String said = environment.apply(variable);
    return said == null ? otherwise : Level.toLevel(said.strip(), otherwise);
  }
}
