package edu.cumc.aou.lambda;

import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.testing.Canaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A research site in a directory, as a function sees it: an org, a source and a store on an H2
 * server, a configuration file without secrets, and the secrets in environment variables.
 */
final class Site implements AutoCloseable {

  static final String SOURCE_PASSWORD = "invented-source-password";
  static final String STORE_PASSWORD = "invented-store-password";

  final Path directory;
  final SalesforceSimulator org;
  final SourceSimulator source;
  final Map<String, String> environment = new HashMap<>();
  private final SourceOptions people;
  private final H2Server databases = H2Server.start();

  Site(Path directory, Clock clock, Duration journeyDelay, int participants) {
    this(directory, clock, journeyDelay, participants, request -> {});
  }

  /** With something that happens at every request of the function to Salesforce. */
  Site(
      Path directory,
      Clock clock,
      Duration journeyDelay,
      int participants,
      Consumer<LoggedRequest> atRequests) {
    this(directory, clock, journeyDelay, participants, atRequests, UnaryOperator.identity());
  }

  /** With an org of another kind. */
  Site(
      Path directory,
      Clock clock,
      Duration journeyDelay,
      int participants,
      Consumer<LoggedRequest> atRequests,
      UnaryOperator<SalesforceSimulatorBuilder> kind) {
    this.directory = directory;
    this.people = new SourceOptions(7, participants, 1, false);
    org =
        kind.apply(
                SalesforceSimulator.builder()
                    .clock(clock)
                    .journeyDelay(journeyDelay)
                    .onRequest(atRequests))
            .start();
    source = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", SOURCE_PASSWORD);
    loadSource();
    Credentials login = org.credentials();
    environment.put("AOU_CONFIG", directory.resolve("aou-sync.conf").toString());
    environment.put("AOU_SALESFORCE_PASSWORD", login.password());
    environment.put("AOU_SALESFORCE_SECURITY_TOKEN", login.securityToken());
    environment.put("AOU_SOURCE_PASSWORD", SOURCE_PASSWORD);
    environment.put("AOU_STORE_PASSWORD", STORE_PASSWORD);
    configure("");
    TestStore.install(surroundings(clock));
  }

  /** Loads the source, or repairs it. */
  void loadSource() {
    source.load(people);
  }

  /** Writes the configuration, with more lines at its end. */
  void configure(String more) {
    String text =
        """
        salesforce {
          login-url = "%s"
          auth { type = soap-password, username = "%s" }
        }
        contact.account-id = "%s"
        source { jdbc-url = "%s", user = sa }
        store { jdbc-url = "%s", user = sa }
        """
            .formatted(
                org.url(),
                org.credentials().username(),
                org.accountId(),
                databases.url(directory.resolve("dm_aou")),
                databases.url(directory.resolve("store")));
    try {
      Files.writeString(directory.resolve("aou-sync.conf"), text + more + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives everybody in the source other data, and has the passwords looked for. */
  void plant(Canaries canaries) {
    canaries.watch("the Salesforce password", org.credentials().password());
    canaries.watch("the security token", org.credentials().securityToken());
    canaries.watch("the source's password", SOURCE_PASSWORD);
    canaries.watch("the store's password", STORE_PASSWORD);
    String url = SourceSimulator.h2Url(directory);
    try (Connection connection = DriverManager.getConnection(url, "sa", SOURCE_PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String column : List.of("Last Name", "First Name", "Street Address", "City", "Phone")) {
        String text = canaries.plant(column);
        statement.execute("UPDATE dbo.healthpro SET [" + column + "] = '" + text + "'");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Moves a person who is in Salesforce to another city; returns the PMI ID. */
  String move(String city) {
    String pmiId =
        org.records("Contact")
            .filter(c -> c.get("MailingCity") != null && c.containsKey("HP_PMI_ID__c"))
            .map(c -> c.get("HP_PMI_ID__c").toString())
            .sorted()
            .findFirst()
            .orElseThrow();
    String url = SourceSimulator.h2Url(directory);
    try (Connection connection = DriverManager.getConnection(url, "sa", SOURCE_PASSWORD);
        Statement statement = connection.createStatement()) {
      int changed =
          statement.executeUpdate(
              "UPDATE dbo.healthpro SET [City] = '" + city + "' WHERE [PMI ID] = '" + pmiId + "'");
      if (changed != 1) {
        throw new IllegalStateException("changed " + changed + " rows");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return pmiId;
  }

  /** How many connections to the store are open, beside the one that asks. */
  long connections() {
    try (Connection connection =
            DriverManager.getConnection(
                databases.url(directory.resolve("store")), "sa", STORE_PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*) - 1 FROM INFORMATION_SCHEMA.SESSIONS")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives the user of the store another password. */
  void changeStorePassword(String password) {
    try (Connection connection =
            DriverManager.getConnection(
                databases.url(directory.resolve("store")), "sa", STORE_PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER USER SA SET PASSWORD '" + password + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ids of all records of participants. */
  Set<String> ids() {
    return Stream.of("Contact", "Opportunity")
        .flatMap(org::recordsAndDeleted)
        .map(record -> record.get("Id").toString().substring(0, 15))
        .collect(Collectors.toSet());
  }

  /** What a function takes from its environment, with waits that only move the clock. */
  FunctionSurroundings surroundings(Clock clock) {
    return new FunctionSurroundings(
        environment, directory, new Outside(clock, d -> {}), line -> {});
  }

  /** Takes both databases away. */
  void stopDatabases() {
    databases.close();
  }

  /** Brings them back where they were; connections from before are dead. */
  void startDatabases() {
    databases.startAgain();
  }

  /** How many Contacts of participants the org holds. */
  long contacts() {
    return org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")).count();
  }

  @Override
  public void close() {
    source.close();
    databases.close();
    org.close();
  }
}
