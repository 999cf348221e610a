package edu.cumc.aou.db.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bulk load as it comes over the wire: what it says of its columns, and its rows. Written from
 * MS-TDS.
 *
 * @param columns what the rows are made of
 * @param rows the values, in the columns' order
 */
public record TdsLoad(List<TdsColumn> columns, List<List<@Nullable Object>> rows) {

  private static final int COLUMNS = 0x81;
  private static final int ROW = 0xD1;

  /** Reads a message. */
  public static TdsLoad of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    if ((in.get() & 0xFF) != COLUMNS) {
      throw new AssertionError("the load does not say its columns");
    }
    int count = in.getShort();
    List<TdsColumn> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      in.getInt();
      boolean nullable = (in.getShort() & 1) != 0;
      TdsType type = TdsType.read(in);
      columns.add(new TdsColumn(TdsCall.text(in, in.get()), type, nullable));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while ((in.get() & 0xFF) == ROW) {
      List<@Nullable Object> row = new ArrayList<>();
      columns.forEach(column -> row.add(column.type().readValue(in)));
      rows.add(row);
    }
    return new TdsLoad(columns, rows);
  }

  /** Name and type of each column, as {@code name nvarchar(18)}. */
  public List<String> columnWords() {
    return columns.stream().map(c -> c.name() + " " + c.type().word()).toList();
  }
}
