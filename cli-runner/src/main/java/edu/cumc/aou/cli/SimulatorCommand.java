package edu.cumc.aou.cli;

import edu.cumc.aou.cli.demo.Demo;
import edu.cumc.aou.cli.demo.DemoDirectory;
import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.simulator.salesforce.Credentials;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "simulator",
    description = {
      "Serves a simulated Salesforce org on this machine until it is stopped (Ctrl-C).",
      "Prints its address and credentials as a configuration."
    })
final class SimulatorCommand implements Callable<Integer> {

  static final int DEFAULT_PORT = 8765;

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

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

  @Override
  public Integer call() {
    SalesforceSimulatorBuilder builder =
        SalesforceSimulator.builder()
            .port(Options.port(spec, port))
            .clock(program.world().clock())
            .journeyDelay(Demo.JOURNEY_DELAY);
    if (directory != null) {
      builder.stateDirectory(
          DemoDirectory.orgBelow(program.world().directory().resolve(directory)));
    }
    SalesforceSimulator org = builder.start();
    // Ctrl-C ends the process: what the org still has to write is written by a hook
    Thread atExit = new Thread(org::close, "simulator-close");
    Runtime.getRuntime().addShutdownHook(atExit);
    Credentials credentials = org.credentials();
    program.print(
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
            "# Everything here is invented. For your aou-sync.conf:",
            Snippet.of(org.url(), credentials, org.accountId()).stripTrailing()));
    program.world().untilStopped().run();
    Runtime.getRuntime().removeShutdownHook(atExit);
    org.close();
    return 0;
  }
}
