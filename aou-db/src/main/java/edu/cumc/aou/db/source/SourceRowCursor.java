package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.adapter.DatabaseFaults;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.DriverFailures;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.KeyedRow;
import edu.cumc.aou.sync.port.SourceColumns;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The rows of one relation, one at a time from the server, on a connection of its own. */
final class SourceRowCursor implements Cursor<KeyedRow> {

  private static final int FETCH_SIZE = 1000;

  private final Database database;
  private final String operation;
  private final DatabaseFaults translation;
  private final Handle handle;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final int[] types;
  private final boolean[] isText;
  private final SourceRow.Header header;
  private boolean ahead;
  private boolean finished;

  private SourceRowCursor(
      Database database,
      String operation,
      DatabaseFaults translation,
      Handle handle,
      PreparedStatement statement,
      ResultSet rows,
      List<String> columns)
      throws SQLException {
    this.database = database;
    this.operation = operation;
    this.translation = translation;
    this.handle = handle;
    this.statement = statement;
    this.rows = rows;
    this.header = new SourceRow.Header(columns);
    this.types = new int[columns.size()];
    this.isText = new boolean[columns.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = SourceTypes.number(rows.getMetaData(), i + 2);
      SourceColumns.Type type = SourceTypes.of(types[i]);
      if (type == SourceColumns.Type.OTHER) {
        throw unsupported(i);
      }
      isText[i] = type == SourceColumns.Type.TEXT;
    }
  }

  /**
   * What to read.
   *
   * @param operation what is being done, for messages
   * @param sql a query with the key as its first column
   * @param columns the names of the others
   * @param parameter bound if not null
   */
  record Query(String operation, String sql, List<String> columns, @Nullable String parameter) {}

  /** Runs a query in an isolation level of JDBC or of the driver. */
  static SourceRowCursor open(
      Database database, Query query, int isolation, DatabaseFaults translation) {
    String operation = query.operation();
    Handle handle = database.open(operation);
    try {
      Connection connection = handle.getConnection();
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(isolation);
      }
      PreparedStatement statement =
          connection.prepareStatement(
              query.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
      statement.setFetchSize(FETCH_SIZE);
      statement.setQueryTimeout(database.queryTimeoutSeconds());
      // A column may have a name that JDBC would read as an escape.
      statement.setEscapeProcessing(false);
      if (query.parameter() != null) {
        statement.setString(1, query.parameter());
      }
      // Limits only the time to the first row: reading the rest may take as long as the run takes
      // to use it.
      ResultSet rows = database.limited(handle, statement, statement::executeQuery);
      return new SourceRowCursor(
          database, operation, translation, handle, statement, rows, query.columns());
    } catch (SQLException | RuntimeException e) {
      RuntimeException failure = database.failure(operation, handle, e);
      handle.close();
      throw failure;
    }
  }

  @Override
  public boolean hasNext() {
    if (!ahead && !finished) {
      try {
        ahead = rows.next();
        finished = !ahead;
      } catch (SQLException e) {
        throw failure(e);
      }
    }
    return ahead;
  }

  @Override
  public KeyedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ahead = false;
    try {
      @Nullable Object[] values = new Object[types.length];
      for (int i = 0; i < types.length; i++) {
        values[i] = value(i);
      }
      return new KeyedRow(rows.getString(1), new SourceRow(header, values));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(SQLException thrown) {
    RuntimeException failure = database.failure(operation, handle, thrown);
    return failure instanceof DatabaseException known ? translation.translate(known) : failure;
  }

  private @Nullable Object value(int i) throws SQLException {
    if (isText[i]) {
      String text = rows.getString(i + 2);
      // The spelling of SQL Server.
      return text != null && types[i] == SourceTypes.GUID ? text.toUpperCase(Locale.ROOT) : text;
    }
    Object value = nonNull(i);
    return rows.wasNull() ? null : value;
  }

  /** The driver's value; meaningless, or null, if the column is NULL. */
  private @Nullable Object nonNull(int i) throws SQLException {
    int column = i + 2;
    // Statements, not a switch expression: that would unbox, and fail on NULL.
    switch (types[i]) {
      case Types.DATE -> {
        return rows.getObject(column, LocalDate.class);
      }
      case Types.TIMESTAMP -> {
        return rows.getObject(column, LocalDateTime.class);
      }
      case Types.TIMESTAMP_WITH_TIMEZONE, SourceTypes.DATETIMEOFFSET -> {
        return rows.getObject(column, OffsetDateTime.class);
      }
      case Types.BIT, Types.BOOLEAN -> {
        return rows.getBoolean(column);
      }
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> {
        return rows.getLong(column);
      }
      case Types.DECIMAL, Types.NUMERIC -> {
        return rows.getBigDecimal(column);
      }
      case Types.REAL -> {
        // Through text: as a double, 0.1 would have sixteen more digits.
        return decimal(i, Float.toString(rows.getFloat(column)));
      }
      case Types.FLOAT, Types.DOUBLE -> {
        return decimal(i, Double.toString(rows.getDouble(column)));
      }
      default -> {
        return rows.getString(column);
      }
    }
  }

  private BigDecimal decimal(int i, String number) {
    try {
      return new BigDecimal(number);
    } catch (NumberFormatException e) {
      // Infinite, or not a number: H2 can store that.
      throw translation.translate(unsupported(i));
    }
  }

  private DatabaseException unsupported(int i) {
    return new DatabaseException(
        DatabaseException.Kind.UNSUPPORTED_TYPE,
        operation + ", column " + header.columns().get(i),
        "",
        types[i]);
  }

  @Override
  public void close() {
    boolean cancelled = !finished && cancels();
    finished = true;
    ahead = false;
    try (handle;
        statement;
        rows) {
      // Closes all three, even if one of them fails.
    } catch (SQLException | JdbiException e) {
      if (!cancelled) {
        throw translation.translate(DriverFailures.of(operation, e));
      }
    }
  }

  /** SQL Server's driver would read all remaining rows before it closes. */
  private boolean cancels() {
    try {
      statement.cancel();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
