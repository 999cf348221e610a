package edu.cumc.aou.db.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bulk load as it comes over the wire: what it says of its columns, and its rows. Written from
 * MS-TDS.
 *
 * @param columns name and type, as {@code name nvarchar(18)}
 * @param rows the values, in the columns' order
 */
public record TdsLoad(List<String> columns, List<List<@Nullable Object>> rows) {

  private static final int COLUMNS = 0x81;
  private static final int ROW = 0xD1;
  private static final int INTEGER = 0x26;
  private static final int NVARCHAR = 0xE7;
  private static final int DATETIMEOFFSET = 0x2B;
  private static final int DATETIME2 = 0x2A;

  /** One column of a table that takes a load. */
  public static byte[] column(String name, int type, int length, boolean nullable) {
    ByteBuffer column = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    column.putInt(0).putShort((short) (nullable ? 9 : 8)).put((byte) type);
    switch (type) {
      case NVARCHAR -> column.putShort((short) length).put(new byte[] {9, 4, (byte) 0xD0, 0, 52});
      default -> column.put((byte) length);
    }
    column.put((byte) name.length()).put(name.getBytes(StandardCharsets.UTF_16LE));
    byte[] bytes = new byte[column.position()];
    column.flip().get(bytes);
    return bytes;
  }

  public static byte[] text(String name, int characters, boolean nullable) {
    return column(name, NVARCHAR, 2 * characters, nullable);
  }

  public static byte[] longText(String name) {
    return column(name, NVARCHAR, 0xFFFF, false);
  }

  public static byte[] number(String name, int bytes) {
    return column(name, INTEGER, bytes, false);
  }

  public static byte[] time(String name, int fraction) {
    return column(name, DATETIME2, fraction, true);
  }

  /** The columns of a table, as an answer to a query. */
  public static byte[] table(byte[]... columns) {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    table.write(COLUMNS);
    table.write(columns.length);
    table.write(0);
    for (byte[] column : columns) {
      table.writeBytes(column);
    }
    return table.toByteArray();
  }

  public static TdsLoad of(byte[] message) {
    return new Reader(ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN)).load();
  }

  private record Type(int code, int length) {}

  private record Reader(ByteBuffer in) {

    TdsLoad load() {
      require(COLUMNS);
      int count = in.getShort();
      List<String> columns = new ArrayList<>();
      List<Type> types = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        in.getInt();
        in.getShort();
        Type type = type();
        types.add(type);
        byte[] name = new byte[2 * in.get()];
        in.get(name);
        columns.add(new String(name, StandardCharsets.UTF_16LE) + " " + word(type));
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      int token = in.get() & 0xFF;
      while (token == ROW) {
        List<@Nullable Object> row = new ArrayList<>();
        types.forEach(type -> row.add(value(type)));
        rows.add(row);
        token = in.get() & 0xFF;
      }
      return new TdsLoad(columns, rows);
    }

    private void require(int token) {
      if ((in.get() & 0xFF) != token) {
        throw new AssertionError("the load does not say its columns");
      }
    }

    private Type type() {
      int code = in.get() & 0xFF;
      if (code == NVARCHAR) {
        Type type = new Type(code, in.getShort() & 0xFFFF);
        in.get(new byte[5]);
        return type;
      }
      return new Type(code, in.get());
    }

    private static String word(Type type) {
      return switch (type.code()) {
        case NVARCHAR -> "nvarchar(" + (type.length() == 0xFFFF ? "max" : type.length() / 2) + ")";
        case INTEGER -> "int" + 8 * type.length();
        case DATETIMEOFFSET -> "datetimeoffset(" + type.length() + ")";
        case DATETIME2 -> "datetime2(" + type.length() + ")";
        default -> "type " + type.code();
      };
    }

    private @Nullable Object value(Type type) {
      return switch (type.code()) {
        case NVARCHAR -> type.length() == 0xFFFF ? parts() : shortText();
        case INTEGER -> integer();
        case DATETIMEOFFSET -> point(type.length());
        default -> throw new AssertionError("no value of " + word(type) + " is expected");
      };
    }

    private @Nullable String shortText() {
      int length = in.getShort() & 0xFFFF;
      return length == 0xFFFF ? null : text(length);
    }

    private String text(int bytes) {
      byte[] text = new byte[bytes];
      in.get(text);
      return new String(text, StandardCharsets.UTF_16LE);
    }

    private @Nullable String parts() {
      if (in.getLong() == -1) {
        return null;
      }
      StringBuilder text = new StringBuilder();
      for (int length = in.getInt(); length != 0; length = in.getInt()) {
        text.append(text(length));
      }
      return text.toString();
    }

    private @Nullable Object integer() {
      return switch (in.get()) {
        case 0 -> null;
        case 2 -> (Object) in.getShort();
        default -> in.getLong();
      };
    }

    private @Nullable OffsetDateTime point(int fraction) {
      int length = in.get();
      if (length == 0) {
        return null;
      }
      long time = little(length - 5);
      long days = little(3);
      int minutes = in.getShort();
      long nanos = time * (long) Math.pow(10, 9 - fraction);
      LocalDateTime utc =
          LocalDateTime.of(LocalDate.of(1, 1, 1).plusDays(days), LocalTime.ofNanoOfDay(nanos));
      return utc.atOffset(ZoneOffset.UTC)
          .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(60 * minutes));
    }

    private long little(int bytes) {
      long value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= (in.get() & 0xFFL) << (8 * i);
      }
      return value;
    }
  }
}
