package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.RelationName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What differs between SQL Server and H2. */
public interface Dialect {

  /** Quotes one identifier. */
  String quote(String identifier);

  /** Quotes a relation's name. */
  default String quote(RelationName relation) {
    StringBuilder quoted = new StringBuilder();
    for (String part : relation.parts()) {
      quoted.append(quoted.isEmpty() ? "" : ".").append(quote(part));
    }
    return quoted.toString();
  }

  /**
   * An expression for the canonical key of a quoted column: no blanks, upper case, empty for NULL.
   */
  String canonicalKey(String quotedColumn);

  /** An expression for the length of a text in UTF-16 units, without blanks at its end. */
  String length(String expression);

  /**
   * An aggregate over rows that changes when a value of these columns changes, in all but one of
   * four billion cases.
   */
  String checksum(List<String> quotedColumns);

  /** A condition for a point in time that is not at midnight. */
  String hasTimeOfDay(String expression);

  /** Follows a compared expression and makes the comparison binary. */
  String binaryOrder();

  /** The database's clock in UTC. */
  String utcNow();

  /** The database's clock plus the milliseconds bound as {@code name}. */
  String utcNowPlusMillis(String name);

  /** At most {@code :limit} rows of an ordered query. */
  String limit();

  /** Creates a schema unless it exists, for a script. */
  String createSchema(String schema);

  /** A script that creates a table, guarded so that it does nothing if the table exists. */
  String unlessThere(String schema, String table, String script);

  /** Whether a script can check what exists, and undo its changes to tables. */
  boolean isScriptGuarded();

  /** The types and expressions that the migrations leave open. */
  Map<String, String> placeholders();

  /** Follows the table of a DELETE and keeps every reader away until the transaction ends. */
  String exclusively();

  /** How DROP INDEX names an index. */
  String indexOf(String schema, String table, String index);

  /** Renames a table within its schema. */
  String renameTable(String schema, String table, String newName);

  /** The isolation level in which a reader sees one state and blocks nobody. */
  int snapshotLevel();

  /**
   * A query for how many of these databases allow that level; {@code null} in the list means the
   * session's own.
   */
  String snapshotDatabases(Collection<@Nullable String> databases);

  /** Whether the driver has given up a connection; its exceptions need not say so. */
  boolean isBroken(Connection connection);

  /**
   * A statement that sets columns of a table from matching rows elsewhere. No row may match more
   * than one.
   *
   * @param table the table to change, {@code t} in the expressions
   * @param from the other rows, {@code s}: a table, or a query in parentheses
   * @param on which rows match, and which of these change
   * @param set the assignments; the target column has no prefix
   */
  String changeFrom(String table, String from, String on, String set);

  /**
   * Loads rows into a table in the fastest way there, in the transaction of the handle.
   *
   * @param timeoutSeconds how long each of its statements may take
   */
  void load(Handle handle, Load load, int timeoutSeconds) throws SQLException;
}
