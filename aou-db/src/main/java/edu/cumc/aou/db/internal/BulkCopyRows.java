package edu.cumc.aou.db.internal;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import edu.cumc.aou.db.internal.Load.Column;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import microsoft.sql.DateTimeOffset;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a load in the form of SQL Server's driver, which asks for one row at a time, so that
 * memory holds only one. Columns count from 1.
 */
final class BulkCopyRows implements ISQLServerBulkData {

  private static final long serialVersionUID = 1L;

  /** The precision of the time columns: microseconds. */
  private static final int FRACTION = 6;

  private final transient Load load;

  BulkCopyRows(Load load) {
    this.load = load;
  }

  private Column column(int ordinal) {
    return load.columns().get(ordinal - 1);
  }

  @Override
  public Set<Integer> getColumnOrdinals() {
    Set<Integer> ordinals = new LinkedHashSet<>();
    IntStream.rangeClosed(1, load.columns().size()).forEach(ordinals::add);
    return ordinals;
  }

  @Override
  public String getColumnName(int ordinal) {
    return column(ordinal).name();
  }

  @Override
  public int getColumnType(int ordinal) {
    return switch (column(ordinal).type()) {
      case TEXT -> Types.NVARCHAR;
      case LONG_TEXT -> Types.LONGNVARCHAR;
      case SMALL_NUMBER -> Types.SMALLINT;
      case INTEGER -> Types.INTEGER;
      case NUMBER -> Types.BIGINT;
      // The driver takes any other type of time through the time zone of this process, where one
      // hour a year does not exist; the server drops the offset, which is zero.
      case TIME -> microsoft.sql.Types.DATETIMEOFFSET;
    };
  }

  @Override
  public int getPrecision(int ordinal) {
    return switch (column(ordinal).type()) {
      case TEXT -> column(ordinal).length();
      case LONG_TEXT -> Integer.MAX_VALUE;
      case SMALL_NUMBER -> 5;
      case INTEGER -> 10;
      case NUMBER -> 19;
      case TIME -> 33;
    };
  }

  @Override
  public int getScale(int ordinal) {
    return column(ordinal).type() == Load.Type.TIME ? FRACTION : 0;
  }

  @Override
  public boolean next() {
    return load.rows().hasNext();
  }

  @Override
  public @Nullable Object[] getRowData() {
    List<@Nullable Object> row = load.rows().next();
    @Nullable Object[] values = new @Nullable Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = asTheDriverTakesIt(row.get(i), load.columns().get(i).type());
    }
    return values;
  }

  private static @Nullable Object asTheDriverTakesIt(@Nullable Object value, Load.Type type) {
    if (value instanceof LocalDateTime time) {
      return DateTimeOffset.valueOf(Timestamp.from(time.toInstant(ZoneOffset.UTC)), 0);
    }
    // The driver casts a two-byte value.
    return value instanceof Integer number && type == Load.Type.SMALL_NUMBER
        ? (Object) number.shortValue()
        : value;
  }

  /** The driver's interface is serialisable, and nobody serialises this. */
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(BulkCopyRows.class.getName());
  }
}
