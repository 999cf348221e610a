package edu.cumc.aou.cli;

import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.run.RunServices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes sites as the program of commit 0514664 leaves them when a run of the second day stops half
 * way. Compiled and run with that program: see README.md beside it. No part of the build.
 */
final class WriteOldStores {

  private static final Instant DAY_ONE = Instant.parse("2026-01-05T11:00:00Z");
  private static final int BEFORE = 12;
  private static final int AFTER = 30;

  private final Path directory;
  private final VirtualTime time = new VirtualTime(DAY_ONE);
  private StopSignal signal = new StopSignal(new PrintStream(OutputStream.nullOutputStream()));

  private WriteOldStores(Path directory) {
    this.directory = directory;
  }

  /** Where the run of the second day stops. */
  private enum End {
    /** Killed during a call of creates; Salesforce does the first half of it. */
    SENT("insertContacts"),
    /** The answer of such a call is lost, and the program killed before it can ask. */
    UNKNOWN("insertContacts"),
    /** Killed when the rows of an ingest job have been uploaded. */
    JOB_OPEN("upload"),
    /** Killed when an ingest job has been closed, and Salesforce works on it. */
    JOB_CLOSED("await"),
    /** Stopped by a signal after the Contacts, before their journeys. */
    SUSPENDED("insertContacts");

    private final String method;

    End(String method) {
      this.method = method;
    }
  }

  public static void main(String[] args) throws IOException, SQLException {
    Path out = Path.of(args[0]);
    for (End end : End.values()) {
      String name = end.name().toLowerCase(Locale.ROOT).replace('_', '-');
      Path directory = Files.createTempDirectory("old-" + name);
      new WriteOldStores(directory).live(end);
      zip(directory, out.resolve(name + ".zip"));
    }
  }

  private void live(End end) throws IOException, SQLException {
    try (SalesforceSimulator org =
            SalesforceSimulator.builder()
                .clock(time)
                .journeyDelay(Duration.ofSeconds(20))
                // a create that is repeated makes a second record
                .pmiFieldUnique(false)
                .stateDirectory(directory.resolve("org"))
                .start();
        SourceSimulator source = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "")) {
      Files.writeString(
          directory.resolve("aou-sync.conf"),
          Snippet.of(org.url(), org.credentials(), org.accountId())
              + """
              source { jdbc-url = "%s", user = sa, password = "" }
              bulk.threshold = %d
              guards.max-rejected { number = 1000, share = 100%% }
              guards.max-inserts { number = 1000, share = 100%% }
              """
                  .formatted(
                      SourceSimulator.h2Url(directory), end.name().startsWith("JOB") ? 5 : 2000));
      source.load(new SourceOptions(7, BEFORE, 1, false));
      run(services -> services, "init");
      run(services -> services, "sync", "--initial-load");
      List<Map<String, Object>> contacts =
          org.records("Contact").filter(c -> c.get("HP_PMI_ID__c") != null).toList();
      // staff enter one participant a second time and delete another; a third is to be forgotten
      org.create(
          "Contact",
          Map.of(
              "LastName", "Twice",
              "AccountId", org.accountId(),
              "HP_PMI_ID__c", contacts.get(1).get("HP_PMI_ID__c")));
      org.delete(String.valueOf(contacts.get(2).get("Id")));
      run(services -> services, "forget", String.valueOf(contacts.get(0).get("HP_PMI_ID__c")));

      time.advanceTo(DAY_ONE.plus(Duration.ofDays(1)));
      source.load(new SourceOptions(7, AFTER, 2, false));
      run(services -> around(services, end), "sync", "--initial-load");
    }
    Files.delete(directory.resolve("aou-sync.conf"));
    say(end);
    oneNightLater();
    compact(H2Urls.ofFile(directory.resolve("aou-sync-store")));
    compact(SourceSimulator.h2Url(directory));
  }

  private void run(UnaryOperator<RunServices> edges, String... args) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(said, true);
    signal = new StopSignal(new PrintStream(OutputStream.nullOutputStream()));
    int exit =
        Main.run(
            args,
            to,
            to,
            new World(Map.of(), directory, time, time, false, () -> {}, edges),
            signal);
    System.out.println("--- " + String.join(" ", args) + ": " + exit + "\n" + said);
  }

  private RunServices around(RunServices services, End end) {
    Edge edge = new Edge(end);
    IngestJobs jobs = edge.proxy(IngestJobs.class, services.crm().jobs());
    Crm crm = edge.proxy(Crm.class, services.crm());
    Crm both =
        (Crm)
            Proxy.newProxyInstance(
                Crm.class.getClassLoader(),
                new Class<?>[] {Crm.class},
                (p, method, args) ->
                    method.getName().equals("jobs") ? jobs : Edge.call(crm, method, args));
    return new RunServices(
        services.source(),
        both,
        services.store(),
        services.clock(),
        services.pause(),
        services.listener());
  }

  /** What stands between a run and Salesforce; once dead, nothing passes any more. */
  private final class Edge {
    private final End end;
    private boolean dead;

    Edge(End end) {
      this.end = end;
    }

    <T> T proxy(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, (p, m, args) -> answer(real, m, args)));
    }

    private Object answer(Object real, Method method, Object[] args) throws Throwable {
      if (dead) {
        throw new IllegalStateException("killed");
      }
      if (!method.getName().equals(end.method)) {
        return call(real, method, args);
      }
      switch (end) {
        case SENT, UNKNOWN -> {
          List<?> rows = (List<?>) args[0];
          args[0] = rows.subList(0, rows.size() / 2);
          call(real, method, args);
          dead = true;
          if (end == End.UNKNOWN) {
            throw new LostAnswerException("no answer", null);
          }
          throw new IllegalStateException("killed");
        }
        case JOB_OPEN -> {
          call(real, method, args);
          dead = true;
          throw new IllegalStateException("killed");
        }
        case JOB_CLOSED -> {
          call(real, method, args);
          dead = true;
          throw new IllegalStateException("killed");
        }
        default -> {
          Thread stopper = new Thread(signal::stop);
          stopper.setDaemon(true);
          stopper.start();
          stopper.join(500);
          return call(real, method, args);
        }
      }
    }

    static Object call(Object real, Method method, Object[] args) throws Throwable {
      try {
        return method.invoke(real, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  /** What the store says, so that one who writes it anew sees that it is as it should be. */
  private void say(End end) throws SQLException {
    System.out.println("=== " + end);
    try (Connection connection =
            DriverManager.getConnection(
                H2Urls.ofFile(directory.resolve("aou-sync-store")), "sa", "");
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "SELECT run_id, state FROM dbo.sync_run",
              "SELECT state, holder FROM dbo.sync_lease",
              "SELECT object, operation, state, row_count FROM dbo.sync_job",
              "SELECT run_id, object, action, state, error_code, COUNT(*) FROM dbo.sync_change"
                  + " GROUP BY run_id, object, action, state, error_code"
                  + " ORDER BY run_id, object, action, state, error_code",
              "SELECT kind, COUNT(*) FROM dbo.sync_hold GROUP BY kind",
              "SELECT kind, COUNT(*) FROM dbo.sync_anomaly GROUP BY kind")) {
        System.out.println(sql);
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            StringBuilder line = new StringBuilder("   ");
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              line.append(' ').append(rows.getString(i));
            }
            System.out.println(line);
          }
        }
      }
    }
  }

  /**
   * The store tells the time of a lease by its own clock: here the night is over at once. The name
   * of the machine that the fixture was made on is nobody's business.
   */
  private void oneNightLater() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                H2Urls.ofFile(directory.resolve("aou-sync-store")), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE dbo.sync_lease SET holder = 'aou-sync on a laptop, process 4711',"
              + " since = TIMESTAMP '2026-01-06 11:00:00',"
              + " valid_until = TIMESTAMP '2026-01-06 11:05:00'");
    }
  }

  private static void compact(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN COMPACT");
    }
  }

  private static void zip(Path directory, Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
        var files = Files.walk(directory)) {
      for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
        if (path.toString().endsWith(".lock")) {
          continue;
        }
        zip.putNextEntry(new ZipEntry(directory.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, zip);
        zip.closeEntry();
      }
    }
  }
}
