package edu.cumc.aou.docs;

import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The simulated site that pages of the manual speak of: 200 people, an org, a store, the first day
 * synced. What happens to it is said in words, as the pages say it.
 */
final class Site implements AutoCloseable {

  private static final Instant FIRST_MORNING = Instant.parse("2026-01-05T11:00:00Z");
  private static final SourceOptions PEOPLE = new SourceOptions(1, 200, 1, false);

  private final Path directory;
  private final VirtualTime time = new VirtualTime(FIRST_MORNING);
  private final Inbox inbox = new Inbox();
  private final Shell shell;
  private final SourceSimulator people;
  private final StringBuilder more = new StringBuilder();
  private SalesforceSimulator org;

  /** A site after its first sync; a journey fault, or empty text for none. */
  Site(Path directory, String journeyFault) {
    this.directory = directory;
    shell = new Shell(directory, time);
    people = SourceSimulator.open(url(), "sa", "");
    org = start(builder(), journeyFault);
    happens("day 1");
    configure();
    run("aou-sync init");
    run("aou-sync sync --initial-load");
  }

  private SalesforceSimulatorBuilder builder() {
    return SalesforceSimulator.builder()
        .clock(time)
        .journeyDelay(Duration.ofSeconds(20))
        .pmiFieldUnique(false);
  }

  private static SalesforceSimulator start(SalesforceSimulatorBuilder builder, String fault) {
    return (fault.isEmpty() ? builder : builder.fault(DeclaredFault.parse(fault))).start();
  }

  private void configure() {
    String text =
        Snippet.of(org.url(), org.credentials(), org.accountId())
            + "source { jdbc-url = \"%s\", user = sa, password = \"\" }\n".formatted(url())
            + "store { jdbc-url = \"%s\", user = sa, password = \"\" }\n".formatted(url())
            + more;
    try {
      Files.writeString(directory.resolve("aou-sync.conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Source and store are one database here, as on many a server. */
  String url() {
    return SourceSimulator.h2Url(directory);
  }

  Shell.Result run(String command) {
    return shell.run(command);
  }

  /** Lets something happen: a word, and what it is about. */
  void happens(String event) {
    String[] parts = event.strip().split(" ", 2);
    String about = parts.length > 1 ? parts[1].strip() : "";
    switch (parts[0]) {
      case "day" -> day(Integer.parseInt(about));
      case "half-loaded" -> people.keepShare(0.5);
      case "configured" -> {
        more.append(about).append("\n");
        configure();
      }
      case "refuses" -> refuse(about);
      case "mended" -> org.faults().clear();
      case "deleted" -> org.delete(contactOf(about));
      case "doubled" ->
          org.create("Contact", Map.of("LastName", "Invented", "HP_PMI_ID__c", about));
      case "killed" -> kill();
      case "lease-over" -> endLease();
      case "refreshed" -> refresh();
      case "away" ->
          org.faults().on("GET", ".+", n -> true, Fault.unavailable(Duration.ofSeconds(1)));
      case "listened" -> listen();
      default -> throw new IllegalArgumentException("nobody knows how this happens: " + event);
    }
  }

  private void day(int day) {
    time.advanceTo(FIRST_MORNING.plus(Duration.ofDays(day - 1L)));
    people.load(PEOPLE.onDay(day));
  }

  private void refuse(String pmiId) {
    org.faults()
        .onRow(
            "Contact",
            "HP_PMI_ID__c",
            pmiId,
            Integer.MAX_VALUE,
            "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "Asked for");
  }

  private String contactOf(String pmiId) {
    return org.records("Contact")
        .filter(c -> pmiId.equals(c.get("HP_PMI_ID__c")))
        .map(c -> c.get("Id").toString())
        .findFirst()
        .orElseThrow();
  }

  /** A run that ends at once, as when the plug is pulled. */
  private void kill() {
    shell.edges(
        services ->
            new RunServices(
                services.source(),
                services.crm(),
                services.store(),
                services.clock(),
                services.pause(),
                new SyncListener() {
                  @Override
                  public void stepStarted(SyncStep step) {
                    if (step == SyncStep.APPLY_JOURNEYS) {
                      throw new IllegalStateException("the plug is pulled");
                    }
                  }
                }));
    run("aou-sync sync");
    shell.edges(services -> services);
  }

  /** The lease goes by the database's clock, which no test can move. */
  private void endLease() {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE dbo.sync_lease SET valid_until = since");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refresh() {
    org.close();
    org = builder().organizationId("00DHx0000000009").start();
    configure();
  }

  /** From now on messages of the site arrive somewhere. */
  private void listen() {
    happens(
        "configured site = \"Example Clinic\"\nnotify.webhook.url = \"%s\"\nmetrics-file = aou-sync.prom"
            .formatted(inbox.url()));
  }

  /** What the messages since the last time said first. */
  List<String> told() {
    return inbox.headlines();
  }

  @Override
  public void close() {
    inbox.close();
    shell.close();
    people.close();
    org.close();
  }
}
