package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real processes on one store and one org. One is halted in the middle of its work, as a laptop
 * that is shut or a machine that is moved is, and woken when another has gone on in its place.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signal halts a process there")
@Tag("slow")
class LeaseEndToEndTest {

  private static final Set<String> WRITING = Set.of("POST", "PATCH", "PUT", "DELETE");

  /** Two calls for Contacts, and two for journeys. */
  private static final int PARTICIPANTS = 300;

  @TempDir private Path directory;

  private static final Duration LEASE = Duration.ofSeconds(2);

  /** How long a page of a slow reading takes: far less than a lease, which all pages outlive. */
  private static final Duration PAGE = Duration.ofMillis(300);

  private final CountDownLatch wrote = new CountDownLatch(1);
  private final CountDownLatch outlivedTheLease = new CountDownLatch(1);
  private final AtomicBoolean slow = new AtomicBoolean();
  private final AtomicInteger slowPages = new AtomicInteger();
  private final AtomicReference<OtherProcess> toHalt = new AtomicReference<>();
  private SalesforceSimulator org;
  private SourceSimulator source;
  private Server database;
  private String storeUrl;

  @BeforeEach
  void open() throws IOException, SQLException {
    org =
        SalesforceSimulator.builder()
            .journeyDelay(Duration.ofSeconds(1))
            // an insert cannot be repeated here without a look: who did it twice would be seen
            .pmiFieldUnique(false)
            .pageSize(5)
            .onRequest(this::watch)
            .start();
    // the halted process waits for the rest of an answer, so no lock of the store is held by it
    org.faults().on("POST", ".+/composite/sobjects", 1, Fault.stalledBody());
    database =
        Server.createTcpServer(
                "-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toAbsolutePath().toString())
            .start();
    String sourceUrl = url("source");
    storeUrl = url("store");
    source = SourceSimulator.open(sourceUrl, "sa", "");
    source.load(new SourceOptions(7, PARTICIPANTS, 1, false));
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        Snippet.of(org.url(), org.credentials(), org.accountId())
            + """
            source { jdbc-url = "%s", user = sa, password = "" }
            store { jdbc-url = "%s", user = sa, password = "" }
            salesforce.answer-timeout = 2s
            """
                .formatted(sourceUrl, storeUrl));
  }

  private String url(String name) {
    return "jdbc:h2:tcp://localhost:"
        + database.getPort()
        + "/./"
        + name
        + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
  }

  @AfterEach
  void close() {
    source.close();
    database.stop();
    org.close();
  }

  private void watch(LoggedRequest request) {
    haltAtFirstWrite(request);
    if (slow.get() && request.path().contains("/query")) {
      takeTime();
      if (PAGE.multipliedBy(slowPages.incrementAndGet()).compareTo(LEASE.multipliedBy(2)) > 0) {
        outlivedTheLease.countDown();
      }
    }
  }

  private static void takeTime() {
    try {
      Thread.sleep(PAGE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void haltAtFirstWrite(LoggedRequest request) {
    if (isWriteOfRecords(request)) {
      OtherProcess process = toHalt.getAndSet(null);
      if (process != null) {
        process.halt();
        wrote.countDown();
      }
    }
  }

  private static boolean isWriteOfRecords(LoggedRequest request) {
    return WRITING.contains(request.method()) && request.path().contains("/composite/sobjects");
  }

  private long writes() {
    return org.requests().stream().filter(LeaseEndToEndTest::isWriteOfRecords).count();
  }

  /**
   * All rows of the store, apart from the attempts: that one came to nothing is a row of its own.
   */
  private List<String> store() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(storeUrl, "sa", "");
        Statement statement = connection.createStatement();
        ResultSet script = statement.executeQuery("SCRIPT SIMPLE NOSETTINGS")) {
      while (script.next()) {
        rows.add(script.getString(1));
      }
    }
    return rows.stream().filter(row -> !row.contains("sync_attempt")).sorted().toList();
  }

  /** The five minutes in which a silent run keeps its claim are over at once. */
  private void leaseRunsOut() throws SQLException {
    try (Connection connection = DriverManager.getConnection(storeUrl, "sa", "");
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE dbo.sync_lease SET valid_until = since WHERE state = 'ACTIVE'"))
          .isEqualTo(1);
    }
  }

  @Test
  void haltedRun_thatWakesAfterAnotherTookOver_writesNothingMore() throws Exception {
    try (OtherProcess init = OtherProcess.start(directory, "init", "init")) {
      assertThat(init.exitCode()).as(init.err()).isZero();
    }
    try (OtherProcess halted = OtherProcess.start(directory, "halted", "sync", "--initial-load")) {
      toHalt.set(halted);
      assertThat(wrote.await(2, TimeUnit.MINUTES)).as(halted.err()).isTrue();

      try (OtherProcess early = OtherProcess.start(directory, "early", "sync")) {
        assertThat(early.exitCode()).isEqualTo(7);
        assertThat(early.err()).contains("already running since");
      }
      leaseRunsOut();
      try (OtherProcess next = OtherProcess.start(directory, "next", "sync", "--initial-load")) {
        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(next.err()).contains("goes on");
      }
      long writes = writes();
      List<String> store = store();

      halted.wake();

      assertThat(halted.exitCode()).as(halted.err()).isEqualTo(7);
      assertThat(halted.err()).contains("another run has taken over");
      assertThat(writes()).isEqualTo(writes);
      assertThat(store()).isEqualTo(store);
    }
    assertEverybodyIsThereOnce();
    try (OtherProcess quiet = OtherProcess.start(directory, "quiet", "plan")) {
      assertThat(quiet.exitCode()).as(quiet.err()).isZero();
      assertThat(quiet.out()).contains("Nothing to send");
    }
  }

  @Test
  void runThatReadsLongerThanItsLease_keepsIt() throws Exception {
    org.faults().clear();
    try (OtherProcess init = OtherProcess.start(directory, "init", "init")) {
      assertThat(init.exitCode()).as(init.err()).isZero();
    }
    try (OtherProcess first = OtherProcess.start(directory, "first", "sync", "--initial-load")) {
      assertThat(first.exitCode()).as(first.err()).isZero();
    }
    long related = number("SELECT COUNT(*) FROM dbo.Relationship");
    assertThat(related).isGreaterThan(PARTICIPANTS / 2);
    lastFullReadingWasLongAgo();
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        "lease = " + LEASE.toSeconds() + "s\nsalesforce.answer-timeout = 1s\n",
        StandardOpenOption.APPEND);
    slow.set(true);

    try (OtherProcess reading = OtherProcess.start(directory, "reading", "sync")) {
      assertThat(outlivedTheLease.await(2, TimeUnit.MINUTES)).as(reading.err()).isTrue();
      try (OtherProcess other = OtherProcess.start(directory, "other", "sync")) {
        assertThat(other.exitCode()).as(other.err()).isEqualTo(7);
        assertThat(other.err()).contains("already running since");
      }
      slow.set(false);

      assertThat(reading.exitCode()).as(reading.err()).isZero();
      assertThat(reading.err()).contains("reading all Contacts and journeys");
    }
    assertThat(number("SELECT COUNT(*) FROM dbo.Relationship")).isEqualTo(related);
    assertThat(number("SELECT COUNT(*) FROM dbo.contact_mirror WHERE is_deleted = 1")).isZero();
    assertEverybodyIsThereOnce();
  }

  private void lastFullReadingWasLongAgo() throws SQLException {
    try (Connection connection = DriverManager.getConnection(storeUrl, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE dbo.mirror_state SET full_at = DATEADD(DAY, -8, full_at)");
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(storeUrl, "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private void assertEverybodyIsThereOnce() {
    List<Object> people =
        org.records("Contact").map(contact -> contact.get("HP_PMI_ID__c")).toList();
    assertThat(people).hasSizeGreaterThan(PARTICIPANTS / 2).doesNotHaveDuplicates();
    List<Object> journeys =
        org.records("Opportunity").map(journey -> journey.get("Contact__c")).toList();
    assertThat(journeys).hasSameSizeAs(people).doesNotHaveDuplicates();
    assertThat(Set.copyOf(journeys))
        .isEqualTo(
            org.records("Contact").map(contact -> contact.get("Id")).collect(Collectors.toSet()));
  }
}
