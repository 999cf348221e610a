package edu.cumc.aou.simulator.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A participant source of invented people on H2 or SQL Server: {@code dbo.healthpro} with the
 * journeys and {@code dbo.vw_reporting_base} with the contacts.
 *
 * <pre>{@code
 * try (SourceSimulator source = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "")) {
 *   source.load(new SourceOptions(7, 1_000, 1, false));
 * }
 * }</pre>
 *
 * <p>It writes only to tables that it made itself, which a table {@code dbo.simulated_source}
 * attests: pointed at a database with a real {@code dbo.healthpro}, it refuses. H2 databases must
 * be opened in the mode of {@link #h2Url}. Holds one connection, closed by {@link #close}; not
 * thread-safe. Others may read the source during a load: on H2 they see the day before, on SQL
 * Server they wait unless the database keeps row versions.
 */
public final class SourceSimulator implements AutoCloseable {
  private static final String H2_SETTINGS =
      ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0";

  private final Connection connection;
  private final SourceDatabase database;

  private SourceSimulator(Connection connection, SourceDatabase database) {
    this.connection = connection;
    this.database = database;
  }

  /**
   * Connects to the database; writes nothing yet.
   *
   * @param jdbcUrl an H2 or SQL Server URL; its driver must be on the class path
   * @param user the database user
   * @param password its password; empty if it has none
   * @return the source, to be closed by the caller
   * @throws SourceSimulatorException if the database cannot be reached or is of another kind
   */
  public static SourceSimulator open(String jdbcUrl, String user, String password) {
    Connection connection;
    try {
      connection = DriverManager.getConnection(jdbcUrl, user, password);
    } catch (SQLException e) {
      throw SourceSimulatorException.of("connecting", e);
    }
    try {
      String product = connection.getMetaData().getDatabaseProductName();
      if (!product.equals("H2") && !product.startsWith("Microsoft SQL Server")) {
        throw new SourceSimulatorException(
            "A participant source can be simulated on H2 and SQL Server only, but the JDBC URL"
                + " leads to another kind of database");
      }
      return new SourceSimulator(connection, new SourceDatabase(connection));
    } catch (SQLException e) {
      closeAfter(e, connection);
      throw SourceSimulatorException.of("connecting", e);
    } catch (RuntimeException e) {
      closeAfter(e, connection);
      throw e;
    }
  }

  /**
   * Returns the URL of an H2 database file that behaves like the site's: it is called {@code
   * dm_aou}, so that {@code dm_aou.dbo.healthpro} finds its table.
   *
   * @param directory where the file lies, or will lie
   * @return the JDBC URL, with every setting the source needs
   */
  public static String h2Url(Path directory) {
    return "jdbc:h2:file:" + directory.toAbsolutePath().resolve("dm_aou") + H2_SETTINGS;
  }

  /**
   * Replaces the whole content by that of one day, in one transaction, as a nightly loader does.
   * Creates what is missing first, and repairs what {@link #dropColumn} and its like broke.
   *
   * @param options which people, and which day
   * @return what was written, and what happened to people since the day before
   * @throws SourceSimulatorException if the tables are not ours, or the database fails; then the
   *     old content is still there
   */
  public SourceSummary load(SourceOptions options) {
    perform("creating the tables", database::create);
    return inTransaction(
        "loading a day",
        () -> {
          SourceSummary summary = SourceLoad.run(options, connection, database);
          database.execute(Sql.CLEAR_MARKER);
          remember(options);
          return summary;
        });
  }

  /**
   * Returns the last load, whatever was removed since.
   *
   * @return the options of the last load; empty if this database never had one
   * @throws SourceSimulatorException if the database fails
   */
  public Optional<SourceOptions> loaded() {
    return call(
        "reading what was loaded",
        () -> {
          if (!database.isOurs()) {
            return Optional.empty();
          }
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(Sql.SELECT_MARKER)) {
            return row.next()
                ? Optional.of(
                    new SourceOptions(
                        row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4) == 1))
                : Optional.empty();
          }
        });
  }

  /**
   * A hash of the content: equal content gives an equal fingerprint, on any database.
   *
   * @return the SHA-256 of all rows in the order they were loaded, in hexadecimal
   * @throws SourceSimulatorException if nothing was loaded, something was dropped, or the database
   *     fails
   */
  public String fingerprint() {
    requireLoaded();
    return call(
        "reading the content",
        () -> {
          if (!database.isComplete()) {
            throw new SourceSimulatorException(
                "The participant source lacks a table or a column: load a day first");
          }
          return TablesHash.of(connection);
        });
  }

  /**
   * Deletes every row, like a loader that failed after clearing.
   *
   * @throws SourceSimulatorException if nothing was loaded, or the database fails
   */
  public void empty() {
    keepShare(0);
  }

  /**
   * Keeps only the first rows, like a loader that stopped halfway.
   *
   * @param share how much of each table to keep, from 0 to 1
   * @throws IllegalArgumentException if the share is out of range
   * @throws SourceSimulatorException if nothing was loaded, or the database fails
   */
  public void keepShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be from 0 to 1, but is " + share);
    }
    requireLoaded();
    inTransaction(
        "removing rows",
        () -> {
          int keep = (int) (database.number(Sql.lastRow(SourceTable.HEALTHPRO)) * share);
          deleteAfter(SourceTable.HEALTHPRO, keep);
          deleteAfter(SourceTable.REDCAP, keep);
          return keep;
        });
  }

  /**
   * Drops a column of {@code dbo.healthpro}, and the view's column that shows it.
   *
   * @param column the name as in {@code dbo.healthpro}, without {@code _HP}; not {@code PMI ID}
   * @throws IllegalArgumentException if there is no such column, or it is {@code PMI ID}, which the
   *     view needs
   * @throws SourceSimulatorException if nothing was loaded, or the database fails
   */
  public void dropColumn(String column) {
    if (column.equals(SourceTable.PMI_ID) || column.equals(SourceTable.ROW_ID)) {
      throw new IllegalArgumentException(
          "Column " + column + " holds the view together and cannot be dropped");
    }
    SourceTable.HEALTHPRO.position(column);
    requireLoaded();
    perform("dropping a column", () -> database.dropHealthProColumn(column));
  }

  /**
   * Drops the view with the contacts; the journeys stay.
   *
   * @throws SourceSimulatorException if nothing was loaded, or the database fails
   */
  public void dropContacts() {
    requireLoaded();
    perform("dropping the view", database::dropView);
  }

  /**
   * Drops the table with the journeys, and the view that depends on it.
   *
   * @throws SourceSimulatorException if nothing was loaded, or the database fails
   */
  public void dropJourneys() {
    requireLoaded();
    perform(
        "dropping the journeys",
        () -> {
          database.dropView();
          database.dropTable(SourceTable.HEALTHPRO);
        });
  }

  /** Closes the connection; the content stays. */
  @Override
  public void close() {
    perform("closing", connection::close);
  }

  private void requireLoaded() {
    if (loaded().isEmpty()) {
      throw new SourceSimulatorException(
          "The database holds no simulated participant source: load a day first");
    }
  }

  private void remember(SourceOptions options) throws SQLException {
    try (var insert = connection.prepareStatement(Sql.INSERT_MARKER)) {
      insert.setLong(1, options.seed());
      insert.setInt(2, options.participants());
      insert.setInt(3, options.day());
      insert.setInt(4, options.dirty() ? 1 : 0);
      insert.executeUpdate();
    }
  }

  private void deleteAfter(SourceTable table, int rowId) throws SQLException {
    try (var delete = connection.prepareStatement(Sql.deleteAfter(table))) {
      delete.setInt(1, rowId);
      delete.executeUpdate();
    }
  }

  private <T> T inTransaction(String doing, SqlCall<T> work) {
    return call(
        doing,
        () -> {
          connection.setAutoCommit(false);
          boolean done = false;
          try {
            T result = work.call();
            connection.commit();
            done = true;
            return result;
          } finally {
            if (!done) {
              connection.rollback();
            }
            connection.setAutoCommit(true);
          }
        });
  }

  private static void perform(String doing, SqlStep step) {
    call(
        doing,
        () -> {
          step.run();
          return true;
        });
  }

  private static <T> T call(String doing, SqlCall<T> work) {
    try {
      return work.call();
    } catch (SQLException e) {
      throw SourceSimulatorException.of(doing, e);
    }
  }

  private static void closeAfter(Exception failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  @FunctionalInterface
  private interface SqlCall<T> {
    T call() throws SQLException;
  }

  @FunctionalInterface
  private interface SqlStep {
    void run() throws SQLException;
  }
}
