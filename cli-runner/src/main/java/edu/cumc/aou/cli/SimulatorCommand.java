package edu.cumc.aou.cli;

import edu.cumc.aou.cli.demo.Demo;
import edu.cumc.aou.cli.demo.DemoDirectory;
import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.cli.print.SimulatorText;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.NamedFault;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  static final int DEFAULT_PORT = 8765;

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
          "Keep the org's records below this directory, e.g. that of a demo; otherwise they are gone"
              + " at the end.")
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

  @Option(names = "--list-faults", description = "Show which faults there are, and serve nothing.")
  private boolean listFaults;

  @Option(names = "--log", description = "Write a line to stderr for every request.")
  private boolean log;

  @Override
  public Integer call() {
    if (listFaults) {
      program()
          .print(
              SimulatorText.faults(NamedFault.all()), SimulatorText.faultLines(NamedFault.all()));
      return 0;
    }
    SalesforceSimulator org = builder().start();
    // Ctrl-C ends the process: what the org still has to write and to say is done by a hook
    Thread atExit = new Thread(() -> end(org), "simulator-close");
    Runtime.getRuntime().addShutdownHook(atExit);
    introduce(org);
    program().world().untilStopped().run();
    Runtime.getRuntime().removeShutdownHook(atExit);
    end(org);
    return 0;
  }

  private SalesforceSimulatorBuilder builder() {
    SalesforceSimulatorBuilder builder =
        SalesforceSimulator.builder()
            .port(Options.port(spec(), port))
            .clock(program().world().clock())
            .journeyDelay(Demo.JOURNEY_DELAY);
    faults.forEach(line -> builder.fault(fault(line)));
    if (faultFile != null) {
      FaultFile.read(program().world().directory().resolve(faultFile)).forEach(builder::fault);
    }
    if (certificate != null) {
      builder.certificate(CertificateFile.read(program().world().directory().resolve(certificate)));
    }
    if (log) {
      builder.onRequest(request -> program().err().println(request));
    }
    if (directory != null) {
      builder.stateDirectory(
          DemoDirectory.orgBelow(program().world().directory().resolve(directory)));
    }
    return builder;
  }

  private DeclaredFault fault(String line) {
    try {
      return DeclaredFault.parse(line);
    } catch (SalesforceSimulatorException e) {
      throw misused("--fault: " + e.getMessage());
    }
  }

  private void introduce(SalesforceSimulator org) {
    Credentials credentials = org.credentials();
    program()
        .print(
            Json.object()
                .put("url", org.url())
                .put("accountId", org.accountId())
                .put("organizationId", credentials.organizationId())
                .put("username", credentials.username())
                .put("password", credentials.password())
                .put("securityToken", credentials.securityToken())
                .put("clientId", credentials.clientId())
                .put("clientSecret", credentials.clientSecret()),
            List.of(
                "# A simulated Salesforce org at " + org.url() + "; stop it with Ctrl-C.",
                "# What was asked of it: " + org.url() + "/simulator",
                "# Everything here is invented. For your aou-sync.conf:",
                Snippet.of(org.url(), credentials, org.accountId()).stripTrailing()));
  }

  /** The summary goes to stderr: with --json, stdout holds one document. */
  private void end(SalesforceSimulator org) {
    SimulatorText.summary(org).forEach(program().err()::println);
    program().err().flush();
    org.close();
  }
}
