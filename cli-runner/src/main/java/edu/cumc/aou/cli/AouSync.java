package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.Wrapped;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.cli.runtime.Lab;
import edu.cumc.aou.cli.runtime.ProgramVersion;
import edu.cumc.aou.cli.runtime.Terminal;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: the options of every command, and the destination of its output. */
@Command(
    name = "aou-sync",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = AouSync.Version.class,
    description = "Brings Salesforce up to date with the All of Us participants of one site.",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      CheckCommand.class,
      FindCommand.class,
      ExplainCommand.class,
      PlanCommand.class,
      SyncCommand.class,
      StatusCommand.class,
      FailuresCommand.class,
      AnomaliesCommand.class,
      AcknowledgeCommand.class,
      AdoptCommand.class,
      ReviewCommand.class,
      RetryCommand.class,
      ReleaseCommand.class,
      ApproveCommand.class,
      UndoCommand.class,
      AbandonCommand.class,
      AuditCommand.class,
      ReportCommand.class,
      NotifyCommand.class,
      PurgeCommand.class,
      DisclosuresCommand.class,
      ForgetCommand.class,
      SimulatorCommand.class,
      SchemaCommand.class,
      GenerateCommand.class,
      CompletionCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a defect of this program",
      "2:wrong usage",
      "3:configuration or login: somebody must change something",
      "4:temporarily unavailable: try again",
      "5:done, and somebody is needed: something was rejected, refused, failed, held or left alone, or an anomaly is open",
      "6:stopped by a guard, nothing was changed",
      "7:another run is active"
    })
final class AouSync implements Runnable, Lab.Host {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The configuration (HOCON), or classpath:NAME. Otherwise AOU_CONFIG, otherwise"
              + " ./aou-sync.conf if there is one.")
  private @Nullable String config;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Give the result as one JSON document on stdout.")
  private boolean json;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "With an error, show where in the program it arose.")
  private boolean verbose;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before it parses anything
  private CommandSpec spec;

  private final World world;
  private final PrintStream out;
  private final PrintStream err;
  private final StopSignal stopSignal;
  private List<Delivery> deliveries = List.of();
  private @Nullable Configuration configuration;

  AouSync(World world, PrintStream out, PrintStream err) {
    this(world, out, err, new StopSignal(err));
  }

  AouSync(World world, PrintStream out, PrintStream err, StopSignal stopSignal) {
    this.stopSignal = stopSignal;
    this.world = world;
    this.out = out;
    this.err = err;
  }

  @Override
  public void run() {
    spec.commandLine().usage(err);
    throw new ParameterException(
        spec.commandLine(), "a command is missing; to see the sync at work: aou-sync demo");
  }

  @Override
  public World world() {
    return world;
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  /** Asks a run of this program to stop. */
  StopSignal stopSignal() {
    return stopSignal;
  }

  /** Keeps who was told that a command failed, so that the user can be told too. */
  void told(List<Delivery> ofTheFailure) {
    deliveries = List.copyOf(ofTheFailure);
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  @Override
  public boolean json() {
    return json;
  }

  boolean verbose() {
    return verbose;
  }

  /** The columns of the terminal; 0 if stdout is none. */
  int width() {
    if (!world.interactive()) {
      return 0;
    }
    String columns = world.environment().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(columns)
        : Terminal.width().orElseGet(() -> new UsageMessageSpec().autoWidth(true).width());
  }

  /** The configuration of this command; read once. */
  Configuration configuration() {
    Configuration known = configuration;
    if (known == null) {
      known = Configuration.load(config, world);
      configuration = known;
      EnvironmentVariables.misspelt(world.environment())
          .forEach(sentence -> err.println("aou-sync: note: " + sentence));
    }
    return known;
  }

  /**
   * Prints the result: the document if JSON was requested, else the lines. A document without an
   * exit code means success.
   */
  @Override
  public void print(ObjectNode document, List<String> lines) {
    if (json) {
      ObjectNode whole =
          document.has("exitCode")
              ? document
              : JsonText.object().put("exitCode", 0).setAll(document);
      out.println(JsonText.text(whole));
    } else {
      Wrapped.lines(lines, width()).forEach(out::println);
    }
    out.flush();
  }

  /** Prints the answer to {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"aou-sync " + ProgramVersion.text()};
    }
  }
}
