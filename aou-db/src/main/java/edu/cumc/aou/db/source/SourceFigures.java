package edu.cumc.aou.db.source;

import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.internal.DriverFailures;
import edu.cumc.aou.sync.port.ParticipantSource.TimeCount;
import edu.cumc.aou.sync.port.ParticipantSource.ValueCount;
import edu.cumc.aou.sync.port.SourceColumns.Column;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Queries of the check-up about the columns of one relation. They bypass Jdbi, which would look for
 * parameters in names.
 *
 * @param operation what is being done, for messages
 * @param from the quoted relation
 * @param where a condition with its keyword, or empty text
 */
record SourceFigures(Database database, String operation, String from, String where) {

  private interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  List<Column> columns() {
    return ask(
        "SELECT * FROM " + from + " WHERE 1 = 0",
        rows -> {
          ResultSetMetaData meta = rows.getMetaData();
          List<Column> columns = new ArrayList<>();
          for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(
                new Column(meta.getColumnLabel(i), SourceTypes.of(SourceTypes.number(meta, i))));
          }
          return columns;
        });
  }

  List<ValueCount> values(String column, int most) {
    String quoted = comparable(database.dialect().quote(column));
    String sql =
        "SELECT "
            + quoted
            + ", COUNT(*) FROM "
            + from
            + (where.isEmpty() ? " WHERE " : where + " AND ")
            + quoted
            + " IS NOT NULL GROUP BY "
            + quoted
            + " ORDER BY COUNT(*) DESC";
    return ask(
        sql,
        rows -> {
          List<ValueCount> values = new ArrayList<>();
          while (values.size() < most && rows.next()) {
            values.add(new ValueCount(rows.getString(1), rows.getLong(2)));
          }
          return values;
        });
  }

  /**
   * SQL Server neither compares nor sorts the types that its driver calls long: text, ntext and
   * xml.
   */
  private String comparable(String quoted) {
    int type =
        ask(
            "SELECT " + quoted + " FROM " + from + " WHERE 1 = 0",
            rows -> rows.getMetaData().getColumnType(1));
    return type == Types.LONGVARCHAR || type == Types.LONGNVARCHAR
        ? "CAST(" + quoted + " AS NVARCHAR(MAX))"
        : quoted;
  }

  Map<String, Long> longest(List<String> columns) {
    List<String> expressions =
        columns.stream()
            .map(c -> "MAX(" + database.dialect().length(database.dialect().quote(c)) + ")")
            .toList();
    return ask(
        "SELECT " + String.join(", ", expressions) + " FROM " + from + where,
        rows -> {
          Map<String, Long> longest = new LinkedHashMap<>();
          rows.next();
          for (int i = 0; i < columns.size(); i++) {
            longest.put(columns.get(i), rows.getLong(i + 1));
          }
          return longest;
        });
  }

  Map<String, TimeCount> times(List<String> columns) {
    List<String> expressions =
        columns.stream()
            .map(c -> database.dialect().quote(c))
            .map(
                c ->
                    "COUNT("
                        + c
                        + "), COUNT(CASE WHEN "
                        + database.dialect().hasTimeOfDay(c)
                        + " THEN 1 END)")
            .toList();
    return ask(
        "SELECT " + String.join(", ", expressions) + " FROM " + from + where,
        rows -> {
          Map<String, TimeCount> times = new LinkedHashMap<>();
          rows.next();
          for (int i = 0; i < columns.size(); i++) {
            times.put(
                columns.get(i), new TimeCount(rows.getLong(2 * i + 1), rows.getLong(2 * i + 2)));
          }
          return times;
        });
  }

  private <T> T ask(String sql, Reader<T> reader) {
    return database.read(operation, handle -> ask(handle, sql, reader));
  }

  private <T> T ask(Handle handle, String sql, Reader<T> reader) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setQueryTimeout(database.queryTimeoutSeconds());
      try (ResultSet rows =
          database.limited(handle, statement, () -> statement.executeQuery(sql))) {
        return reader.read(rows);
      }
    } catch (SQLException e) {
      throw DriverFailures.of(operation, e);
    }
  }
}
