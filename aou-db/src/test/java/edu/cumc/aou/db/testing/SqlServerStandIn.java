package edu.cumc.aou.db.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for SQL Server where there is none: its driver speaks to it as to the original, what
 * comes is held to the rules of T-SQL, and H2 does the work. Collations, locks, plans and the
 * undoing of what changes tables are H2's.
 */
public final class SqlServerStandIn implements AutoCloseable {

  /** The database that all is in. */
  public static final String DATABASE = "dm_aou";

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final boolean SAYS_ALL = Boolean.getBoolean("aou.test.standin.log");

  private final String h2Url =
      "jdbc:h2:mem:standin"
          + COUNT.incrementAndGet()
          + ";DB_CLOSE_DELAY=-1;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
  private final boolean compatible;
  private final StandInCatalog catalog = new StandInCatalog();
  private final List<String> refusals = new ArrayList<>();
  private final AtomicLong rowsSent = new AtomicLong();
  private final TdsServer server;

  private SqlServerStandIn(boolean compatible) {
    this.compatible = compatible;
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      for (String sql : StandInCatalog.views(compatible)) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    this.server = new TdsServer(null, sql -> 0, name -> new StandInSession(this));
  }

  /** SQL Server itself. */
  public static SqlServerStandIn original() {
    return new SqlServerStandIn(false);
  }

  /**
   * A server that is compatible with it: knows no number for a missing table, no snapshots, and no
   * isolation level but READ COMMITTED, and gives names in lower case.
   */
  public static SqlServerStandIn compatible() {
    return new SqlServerStandIn(true);
  }

  /** The address for SQL Server's driver. */
  public String jdbcUrl() {
    return "jdbc:sqlserver://localhost:"
        + server.port()
        + ";databaseName="
        + DATABASE
        + ";encrypt=false";
  }

  public int port() {
    return server.port();
  }

  /** The address of the H2 behind it, for what a test does past T-SQL. */
  public String h2Url() {
    return h2Url;
  }

  /** What the driver sent, a batch of a prepared statement once. */
  public List<String> statements() {
    return server.statements();
  }

  /** Forgets what was sent. */
  public void forget() {
    server.forget();
  }

  /** How many rows were sent. */
  public long rowsSent() {
    return rowsSent.get();
  }

  void sent(long rows) {
    rowsSent.addAndGet(rows);
  }

  /** What was refused, with its number, text and statement. */
  public List<String> refusals() {
    synchronized (refusals) {
      return List.copyOf(refusals);
    }
  }

  void refused(int number, String text, String sql) {
    String line = number + " " + text + " in " + sql;
    synchronized (refusals) {
      refusals.add(line);
    }
    say("refused: " + line);
  }

  static void say(String line) {
    if (SAYS_ALL) {
      System.out.println(line.replace("\n", " "));
    }
  }

  boolean isCompatible() {
    return compatible;
  }

  StandInCatalog catalog() {
    return catalog;
  }

  Connection connection() throws SQLException {
    return DriverManager.getConnection(h2Url);
  }

  @Override
  public void close() {
    server.close();
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      // it is down already
    }
  }
}
