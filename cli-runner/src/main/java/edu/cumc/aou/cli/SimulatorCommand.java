package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.Lab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "simulator",
    description = {
      "Serves a simulated Salesforce org on this machine until it is stopped (Ctrl-C).",
      "Prints its address and credentials as a configuration, and at the end what was asked of it.",
      "A fault is a line such as: unavailable on PATCH /composite/sobjects/** nth=2"
    })
final class SimulatorCommand extends ProgramCommand {

  private static final int DEFAULT_PORT = 8765;
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_PORT,
      description = "Where to listen; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keep the org's records below this directory, e.g. that of a demo; otherwise they are"
              + " gone at the end.")
  private @Nullable Path directory;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description = "Let something go wrong; may be given several times.")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "Let go wrong what this file (HOCON) lists.")
  private @Nullable Path faultFile;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Take JWT logins that are signed with the key of this certificate.")
  private @Nullable Path certificate;

  @Option(
      names = "--state-picklists",
      description = "Turn state and country picklists on: addresses take listed places only.")
  private boolean statePicklists;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "Have the objects, fields, picklists and rules of this file (JSON).")
  private @Nullable Path schema;

  @Option(
      names = "--tls",
      description = "Serve https with a new certificate; the first lines name its file.")
  private boolean tls;

  @Option(
      names = "--log-values",
      description = {
        "Show URLs, headers and bodies of the last 1,000 requests, without tokens, at"
            + " /simulator/requests."
      })
  private boolean logValues;

  @Option(names = "--list-faults", description = "Show which faults there are, and serve nothing.")
  private boolean listFaults;

  @Option(names = "--log", description = "Write a line to stderr for every request.")
  private boolean log;

  @Override
  public Integer call() {
    if (listFaults) {
      return inLab(lab -> lab.listFaults(program()));
    }
    if (port < 0 || port > MAX_PORT) {
      throw misused("--port must be from 0 to " + MAX_PORT);
    }
    Lab.Serving serving =
        new Lab.Serving(
            port,
            resolved(directory),
            faults,
            resolved(faultFile),
            resolved(certificate),
            statePicklists,
            resolved(schema),
            tls,
            log,
            logValues);
    return inLab(lab -> lab.serve(program(), serving));
  }

  private Optional<Path> resolved(@Nullable Path path) {
    return Optional.ofNullable(path).map(program().world().directory()::resolve);
  }
}
