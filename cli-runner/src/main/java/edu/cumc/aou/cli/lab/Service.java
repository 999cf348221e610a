package edu.cumc.aou.cli.lab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigUtil;
import edu.cumc.aou.cli.demo.Demo;
import edu.cumc.aou.cli.demo.DemoDirectory;
import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.runtime.Lab;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Serves a simulated org until the program is stopped. */
final class Service {

  private final Lab.Host host;

  Service(Lab.Host host) {
    this.host = host;
  }

  int serve(Lab.Serving serving) {
    Optional<Path> certificate = certificateFile(serving);
    SalesforceSimulatorBuilder builder = builder(serving);
    certificate.ifPresent(builder::tls);
    SalesforceSimulator org = builder.start();
    // Ctrl-C ends the process, so a hook lets the org write and report the rest.
    Thread atExit = new Thread(() -> end(org), "simulator-close");
    if (!isEndedBy(atExit)) {
      end(org);
      return 0;
    }
    introduce(org, certificate);
    host.world().untilStopped().run();
    Runtime.getRuntime().removeShutdownHook(atExit);
    end(org);
    return 0;
  }

  /** Whether the hook can be added; it cannot while the process is already ending. */
  private static boolean isEndedBy(Thread atExit) {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private SalesforceSimulatorBuilder builder(Lab.Serving serving) {
    SalesforceSimulatorBuilder builder =
        SalesforceSimulator.builder()
            .port(serving.port())
            .clock(host.world().clock())
            .journeyDelay(Demo.JOURNEY_DELAY)
            .statePicklists(serving.statePicklists())
            .showValues(serving.logValues());
    serving.faults().forEach(line -> builder.fault(fault(line)));
    serving.faultFile().ifPresent(file -> FaultFile.read(file).forEach(builder::fault));
    serving.schema().ifPresent(builder::schema);
    serving.certificate().map(CertificateFile::read).ifPresent(builder::certificate);
    if (serving.log()) {
      builder.onRequest(request -> host.err().println(request));
    }
    serving.directory().map(DemoDirectory::orgBelow).ifPresent(builder::stateDirectory);
    return builder;
  }

  /** Beside the org's records, or where temporary files are. */
  private static Optional<Path> certificateFile(Lab.Serving serving) {
    if (!serving.tls()) {
      return Optional.empty();
    }
    if (serving.directory().isPresent()) {
      return Optional.of(serving.directory().get().resolve("simulator-certificate.pem"));
    }
    try {
      return Optional.of(Files.createTempFile("simulator-certificate", ".pem"));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--tls: the file of the certificate cannot be made; name a folder with --dir", e);
    }
  }

  private static DeclaredFault fault(String line) {
    try {
      return DeclaredFault.parse(line);
    } catch (SalesforceSimulatorException e) {
      throw new IllegalArgumentException("--fault: " + e.getMessage(), e);
    }
  }

  private void introduce(SalesforceSimulator org, Optional<Path> certificate) {
    Credentials credentials = org.credentials();
    ObjectNode document =
        JsonText.object()
            .put("url", org.url())
            .put("accountId", org.accountId())
            .put("organizationId", credentials.organizationId())
            .put("username", credentials.username())
            .put("password", credentials.password())
            .put("securityToken", credentials.securityToken())
            .put("clientId", credentials.clientId())
            .put("clientSecret", credentials.clientSecret());
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# A simulated Salesforce org at " + org.url() + "; stop it with Ctrl-C.",
                "# What was asked of it: " + org.url() + "/simulator",
                "# Everything here is invented. For other clients:",
                "#   user name       " + credentials.username(),
                "#   password        " + credentials.password(),
                "#   security token  " + credentials.securityToken(),
                "#   client id       " + credentials.clientId(),
                "#   client secret   " + credentials.clientSecret()));
    certificate.ifPresent(
        file -> {
          document.put("certificate", file.toString());
          lines.add("#   certificate     " + file);
        });
    ArrayNode notes = document.putArray("schemaNotes");
    org.schemaNotes().forEach(notes::add);
    org.schemaNotes().forEach(note -> lines.add("# Of the schema: " + note));
    lines.add("# For your aou-sync.conf:");
    lines.add(Snippet.of(org.url(), credentials, org.accountId()).stripTrailing());
    certificate.ifPresent(
        file -> lines.add("salesforce.trust.file = " + ConfigUtil.quoteString(file.toString())));
    host.print(document, lines);
  }

  /** The summary goes to stderr, because with --json stdout holds one document. */
  private void end(SalesforceSimulator org) {
    SimulatorText.summary(org).forEach(host.err()::println);
    host.err().flush();
    org.close();
  }
}
