package edu.cumc.aou.db.testing;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Rows of H2 on their way to a client. */
final class StandInRows {

  private final ResultSet rows;
  private final List<TdsColumn> columns = new ArrayList<>();

  /** {@code outputs}: what is known of the columns; of some the type is H2's. */
  StandInRows(ResultSet rows, List<TSqlQueries.Output> outputs) throws SQLException {
    this.rows = rows;
    ResultSetMetaData meta = rows.getMetaData();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      TSqlQueries.Output output = outputs.get(i - 1);
      TSqlType type = output.value().type();
      if (output.value().shape() == TSqlValue.Shape.NULL) {
        type = TSqlType.INT;
      } else if (type == null) {
        type = TSqlType.ofH2(meta.getColumnTypeName(i), meta.getPrecision(i), meta.getScale(i));
      }
      columns.add(
          new TdsColumn(
              output.name() == null ? "" : output.name(),
              type.tds(),
              meta.isNullable(i) != ResultSetMetaData.columnNoNulls));
    }
  }

  /**
   * Sends what they are made of, and the rows unless only that is wanted, until the client has seen
   * enough; gives their number.
   */
  long send(TdsAnswer answer, boolean onlyColumns, BooleanSupplier cancelled) throws SQLException {
    answer.columns(columns);
    long count = 0;
    while (!onlyColumns && !cancelled.getAsBoolean() && rows.next()) {
      List<@Nullable Object> row = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        row.add(value(i + 1, columns.get(i).type()));
      }
      answer.row(row);
      count++;
    }
    return count;
  }

  private @Nullable Object value(int i, TdsType type) throws SQLException {
    Object value =
        switch (type.code()) {
          case TdsType.INTEGER -> (Object) rows.getLong(i);
          case TdsType.BIT -> rows.getBoolean(i);
          case TdsType.FLOAT -> rows.getDouble(i);
          case TdsType.DECIMAL, TdsType.MONEY -> rows.getBigDecimal(i);
          case TdsType.DATE -> rows.getObject(i, LocalDate.class);
          case TdsType.TIME -> rows.getObject(i, LocalTime.class);
          case TdsType.DATETIME, TdsType.DATETIME2 -> rows.getObject(i, LocalDateTime.class);
          case TdsType.DATETIMEOFFSET -> rows.getObject(i, OffsetDateTime.class);
          case TdsType.GUID -> bytes(rows.getObject(i, UUID.class));
          case TdsType.VARBINARY -> rows.getBytes(i);
          default -> rows.getString(i);
        };
    return rows.wasNull() ? null : value;
  }

  private static byte @Nullable [] bytes(@Nullable UUID id) {
    if (id == null) {
      return null;
    }
    long high = id.getMostSignificantBits();
    return ByteBuffer.allocate(16)
        .putInt(Integer.reverseBytes((int) (high >>> 32)))
        .putShort(Short.reverseBytes((short) (high >>> 16)))
        .putShort(Short.reverseBytes((short) high))
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
