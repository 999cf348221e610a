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
   * An aggregate over rows that is another one when a value of these columns is: not for certain,
   * but in all but one of four billion cases.
   */
  String checksum(List<String> quotedColumns);

  /** A condition that holds for a point in time that does not stand at midnight. */
  String hasTimeOfDay(String expression);

  /** What follows an expression that is compared, so that it compares in binary. */
  String binaryOrder();

  /** The database's clock in UTC. */
  String utcNow();

  /** A number of milliseconds, bound as {@code name}, after the database's clock. */
  String utcNowPlusMillis(String name);

  /** At most {@code :limit} rows of an ordered query. */
  String limit();

  /** Creates a schema unless it is there, for a script. */
  String createSchema(String schema);

  /** A script that creates a table, made harmless where the table is there. */
  String unlessThere(String schema, String table, String script);

  /** Whether a script can look at what is there, and take back what it did to tables. */
  boolean isScriptGuarded();

  /** The types and expressions that the migrations leave open. */
  Map<String, String> placeholders();

  /** What a DELETE says after its table to keep every reader away until the transaction ends. */
  String exclusively();

  /** What DROP INDEX says of an index. */
  String indexOf(String schema, String table, String index);

  /** Renames a table within its schema. */
  String renameTable(String schema, String table, String newName);

  /** The isolation level in which a reader sees one state and keeps nobody waiting. */
  int snapshotLevel();

  /**
   * A query for how many of these databases allow that level; {@code null} in the list is the
   * session's own.
   */
  String snapshotDatabases(Collection<@Nullable String> databases);

  /** Whether the driver has given up a connection, which it need not say in what it throws. */
  boolean isBroken(Connection connection);

  /**
   * A statement that sets columns of a table's rows to what other rows have for them. No row may
   * have more than one other.
   *
   * @param table whose rows change, {@code t} in the expressions
   * @param from the other rows, {@code s}: a table, or a query in parentheses
   * @param on which rows belong together, and which of these change
   * @param set the assignments; before the column that is set stands no name
   */
  String changeFrom(String table, String from, String on, String set);

  /**
   * Puts rows into a table in the way that is fastest there, in the transaction of the handle.
   *
   * @param timeoutSeconds how long one statement of it may take
   */
  void load(Handle handle, Load load, int timeoutSeconds) throws SQLException;
}
