package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.sync.model.SyncException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Starts the program. */
public final class Main {

  private static final int NOT_WRITTEN = 1;
  private static final int USAGE = 2;
  private static final int CONFIGURATION = 3;
  private static final int INCOMPLETE = 5;

  /** The platform replaces unreadable letters by this. */
  private static final char LOST = '\uFFFD';

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    bridgeLogs();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    if (!Files.isDirectory(Path.of("").toAbsolutePath())) {
      err.println(
          "aou-sync: the path of the working directory has letters that file names cannot have in"
              + " this locale; run with LC_ALL=C.UTF-8, or in another directory. Nothing was done.");
      System.exit(CONFIGURATION);
    }
    StopSignal signal = StopSignal.ofProcess(err);
    int exitCode = run(args, out, err, World.real(), signal);
    signal.commandEnded();
    System.exit(exitCode);
  }

  /** Drivers log by java.util.logging, and its own handler would print their messages. */
  static void bridgeLogs() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /**
   * Runs a command.
   *
   * @param out results
   * @param err errors and progress
   * @return the exit code
   */
  static int run(String[] args, PrintStream out, PrintStream err, World world) {
    return run(args, out, err, world, new StopSignal(err));
  }

  /** The same, with a signal that asks it to stop. */
  static int run(String[] args, PrintStream out, PrintStream err, World world, StopSignal signal) {
    if (Arrays.stream(args).anyMatch(a -> a.indexOf(LOST) >= 0)) {
      err.println(
          "aou-sync: an argument has letters that this locale does not know, so that they are lost;"
              + " run with LC_ALL=C.UTF-8. Nothing was done.");
      return USAGE;
    }
    AouSync program = new AouSync(world, out, err, signal);
    CommandFailures failures = new CommandFailures(program);
    CommandLine commandLine = new CommandLine(program);
    Converters.register(commandLine);
    commandLine.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    commandLine.setParameterExceptionHandler((e, a) -> usage(e, Arrays.asList(a), out, err));
    commandLine.setExecutionExceptionHandler((e, line, parsed) -> failures.tell(e));
    commandLine.setExecutionStrategy(
        parsed -> {
          try {
            Looks.pass(program, parsed);
          } catch (SyncException e) {
            return failures.tell(e);
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    int exitCode = commandLine.execute(args);
    err.flush();
    return written(out, err, exitCode);
  }

  /** A result that could not be printed is a failure, whatever was done. */
  private static int written(PrintStream out, PrintStream err, int exitCode) {
    if (!out.checkError()) {
      return exitCode;
    }
    err.println(
        "aou-sync: the result could not be written to stdout (is the disk full, or the reader"
            + " gone?); what the command did is done, and aou-sync status shows it");
    err.flush();
    return exitCode == 0 || exitCode == INCOMPLETE ? NOT_WRITTEN : exitCode;
  }

  /** Runs before the options are parsed, so it looks for JSON by hand. */
  private static int usage(
      ParameterException e, List<String> args, PrintStream out, PrintStream err) {
    String message = WrongUsage.message(e);
    err.println("aou-sync: " + message);
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println("  " + command + " --help shows how it is used");
    if (args.contains("--json")) {
      ObjectNode document = JsonText.object().put("exitCode", USAGE);
      document.putObject("error").put("kind", "usage").put("message", message);
      out.println(JsonText.text(document));
    }
    return USAGE;
  }
}
