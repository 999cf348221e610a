package edu.cumc.aou.mornings.life;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is logged during a run, with everything that the lines could print.
 *
 * <p>It sets the levels itself: the program's own log, which is on this class path, comes before
 * any file. The program logs all that it can say, and nothing is printed. The org is the world, not
 * the program.
 */
final class LogBook extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  /** A line, and whether it is an error. */
  private record Line(boolean error, String text) {}

  static {
    root().detachAndStopAllAppenders();
    level("edu.cumc.aou", Level.DEBUG);
    level("edu.cumc.aou.simulator", Level.OFF);
  }

  private final List<Line> lines = new ArrayList<>();

  private LogBook() {}

  /** Keeps what is logged from now on, by whatever thread, until it is closed. */
  static LogBook open() {
    LogBook book = new LogBook();
    Logger root = root();
    book.setContext(root.getLoggerContext());
    book.start();
    root.addAppender(book);
    return book;
  }

  private static void level(String name, Level level) {
    root().getLoggerContext().getLogger(name).setLevel(level);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String text =
        event.getLevel()
            + " "
            + event.getLoggerName()
            + ": "
            + event.getFormattedMessage()
            + " "
            + event.getMDCPropertyMap()
            + (event.getThrowableProxy() == null
                ? ""
                : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
    lines.add(new Line(event.getLevel().isGreaterOrEqual(Level.ERROR), text));
  }

  /** All of it. */
  synchronized String text() {
    return String.join("\n", lines.stream().map(Line::text).toList());
  }

  /** What is logged as an error. */
  synchronized List<String> errors() {
    return lines.stream().filter(Line::error).map(Line::text).toList();
  }

  @Override
  public void close() {
    root().detachAppender(this);
    stop();
  }
}
