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
 * Counts the rows of a relation, and makes a checksum of what is read of them, in one pass. A
 * server or a column that knows no checksum is counted without. Thread-safe.
 */
final class SourceCounter {

  /** What a server may say that knows no checksum, or not of this type. */
  private static final Set<Kind> UNKNOWN_THERE =
      Set.of(Kind.REFUSED, Kind.CONVERSION, Kind.MISSING_COLUMN, Kind.MISSING_RELATION);

  private final Database database;
  private volatile boolean known = true;

  SourceCounter(Database database) {
    this.database = database;
  }

  /**
   * What is counted.
   *
   * @param operation what is being done, for messages
   * @param from the quoted relation
   * @param where a condition with its keyword, or empty text
   * @param columns quoted; none for the number of rows alone
   */
  record Query(String operation, String from, String where, List<String> columns) {}

  /**
   * What was counted.
   *
   * @param checksum empty text where there is none
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
        // what is wrong with the relation itself, the plain count says
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
