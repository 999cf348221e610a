package edu.cumc.aou.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import edu.cumc.aou.cli.print.PlainLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what this process prints, its log among it, which is written as the shipped configuration
 * says, at the finest level that the program offers. One at a time.
 */
final class CapturedOutput implements AutoCloseable {

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Level level = Logger.getLogger("").getLevel();

  CapturedOutput() {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    configure(new PlainLog(name -> "TRACE"));
    Main.bridgeLogs();
    Logger.getLogger("").setLevel(Level.ALL);
  }

  /** All that was printed so far. */
  String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static void configure(PlainLog log) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ExecutionStatus unused = log.configure(context);
  }

  @Override
  public void close() {
    Logger.getLogger("").setLevel(level);
    System.setOut(out);
    System.setErr(err);
    configure(new PlainLog());
  }
}
