package edu.cumc.aou.cli.lab;

import edu.cumc.aou.cli.demo.Demo;
import edu.cumc.aou.cli.demo.DemoDirectory;
import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.cli.runtime.Lab;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.util.List;

/** A simulated org that is served until the program is stopped. */
final class Service {

  private final Lab.Host host;

  Service(Lab.Host host) {
    this.host = host;
  }

  int serve(Lab.Serving serving) {
    SalesforceSimulator org = builder(serving).start();
    // Ctrl-C ends the process: what the org still has to write and to say is done by a hook
    Thread atExit = new Thread(() -> end(org), "simulator-close");
    Runtime.getRuntime().addShutdownHook(atExit);
    introduce(org);
    host.world().untilStopped().run();
    Runtime.getRuntime().removeShutdownHook(atExit);
    end(org);
    return 0;
  }

  private SalesforceSimulatorBuilder builder(Lab.Serving serving) {
    SalesforceSimulatorBuilder builder =
        SalesforceSimulator.builder()
            .port(serving.port())
            .clock(host.world().clock())
            .journeyDelay(Demo.JOURNEY_DELAY)
            .statePicklists(serving.statePicklists());
    serving.faults().forEach(line -> builder.fault(fault(line)));
    serving.faultFile().ifPresent(file -> FaultFile.read(file).forEach(builder::fault));
    serving.certificate().map(CertificateFile::read).ifPresent(builder::certificate);
    if (serving.log()) {
      builder.onRequest(request -> host.err().println(request));
    }
    serving.directory().map(DemoDirectory::orgBelow).ifPresent(builder::stateDirectory);
    return builder;
  }

  private static DeclaredFault fault(String line) {
    try {
      return DeclaredFault.parse(line);
    } catch (SalesforceSimulatorException e) {
      throw new IllegalArgumentException("--fault: " + e.getMessage(), e);
    }
  }

  private void introduce(SalesforceSimulator org) {
    Credentials credentials = org.credentials();
    host.print(
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
    SimulatorText.summary(org).forEach(host.err()::println);
    host.err().flush();
    org.close();
  }
}
