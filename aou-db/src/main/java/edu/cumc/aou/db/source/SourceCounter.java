package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.DriverFailures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the rows of a relation, and makes a checksum of what is read from them, in one pass. If
 * the server or a column supports no checksum, it only counts. Thread-safe.
 */
final class SourceCounter {

  /** The failures of a server that supports no checksum, or none for this type. */
  private static final Set<Kind> UNKNOWN_THERE =
      Set.of(Kind.REFUSED, Kind.CONVERSION, Kind.MISSING_COLUMN, Kind.MISSING_RELATION);

  private final Database database;
  private volatile boolean known = true;

  SourceCounter(Database database) {
    this.database = database;
  }

  /**
   * What to count.
   *
   * @param operation what is being done, for messages
   * @param from the quoted relation
   * @param where a condition with its keyword, or empty text
   * @param columns quoted; none to count rows only
   */
  record Query(String operation, String from, String where, List<String> columns) {}

  /**
   * The result.
   *
   * @param checksum empty text if there is none
   */
  record Counted(long rows, String checksum) {}

  Counted count(Query query) {
    if (known && !query.columns().isEmpty()) {
      try {
        return ask(query, ", " + database.dialect().checksum(query.columns()));
      } catch (DatabaseException e) {
        if (!UNKNOWN_THERE.contains(e.kind())) {
          throw e;
        }
        // If the relation itself is faulty, the plain count says so.
        Counted plain = ask(query, "");
        known = false;
        return plain;
      }
    }
    return ask(query, "");
  }

  private Counted ask(Query query, String checksum) {
    String sql = "SELECT COUNT(*)" + checksum + " FROM " + query.from() + query.where();
    return database.read(
        query.operation(),
        handle -> {
          try (Statement statement = handle.getConnection().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setQueryTimeout(database.queryTimeoutSeconds());
            try (ResultSet row =
                database.limited(handle, statement, () -> statement.executeQuery(sql))) {
              row.next();
              return new Counted(
                  row.getLong(1),
                  checksum.isEmpty() ? "" : Optional.ofNullable(row.getString(2)).orElse("") + ";");
            }
          } catch (SQLException e) {
            throw DriverFailures.of(query.operation(), e);
          }
        });
  }
}
