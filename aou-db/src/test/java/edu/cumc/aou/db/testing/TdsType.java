package edu.cumc.aou.db.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A type as MS-TDS describes it.
 *
 * @param code the protocol's number of it
 * @param length the most bytes; {@link #MAX} where there is no limit
 * @param precision of decimals
 * @param scale of decimals, or the digits of a second's fraction
 */
public record TdsType(int code, int length, int precision, int scale) {

  /** The length of a type without limit. */
  public static final int MAX = 0xFFFF;

  static final int INTEGER = 0x26;
  static final int BIT = 0x68;
  static final int FLOAT = 0x6D;
  static final int MONEY = 0x6E;
  static final int DATETIME = 0x6F;
  static final int DECIMAL = 0x6A;
  static final int NUMERIC = 0x6C;
  static final int GUID = 0x24;
  static final int DATE = 0x28;
  static final int TIME = 0x29;
  static final int DATETIME2 = 0x2A;
  static final int DATETIMEOFFSET = 0x2B;
  static final int VARBINARY = 0xA5;
  static final int BINARY = 0xAD;
  static final int VARCHAR = 0xA7;
  static final int CHAR = 0xAF;
  static final int NVARCHAR = 0xE7;
  static final int NCHAR = 0xEF;
  static final int TEXT = 0x23;
  static final int NTEXT = 0x63;
  static final int XML = 0xF1;

  /** SQL_Latin1_General_CP1_CI_AS, SQL Server's own default. */
  static final byte[] COLLATION = {9, 4, (byte) 0xD0, 0, 52};

  public static TdsType nvarchar(int characters) {
    return new TdsType(NVARCHAR, characters < 0 ? MAX : 2 * characters, 0, 0);
  }

  public static TdsType integer(int bytes) {
    return new TdsType(INTEGER, bytes, 0, 0);
  }

  public static TdsType datetime2(int fraction) {
    return new TdsType(DATETIME2, 0, 0, fraction);
  }

  static TdsType of(int code, int length) {
    return new TdsType(code, length, 0, 0);
  }

  static TdsType decimal(int precision, int scale) {
    return new TdsType(DECIMAL, 17, precision, scale);
  }

  boolean isUnicode() {
    return code == NVARCHAR || code == NCHAR || code == NTEXT;
  }

  private boolean isText() {
    return isUnicode() || code == VARCHAR || code == CHAR || code == TEXT;
  }

  boolean isInParts() {
    return length == MAX || code == XML;
  }

  static TdsType read(ByteBuffer in) {
    int code = in.get() & 0xFF;
    return switch (code) {
      case DATE -> of(code, 0);
      case TIME, DATETIME2, DATETIMEOFFSET -> new TdsType(code, 0, 0, in.get());
      case DECIMAL, NUMERIC -> new TdsType(code, in.get(), in.get(), in.get());
      case VARBINARY, BINARY -> of(code, in.getShort() & MAX);
      case VARCHAR, CHAR, NVARCHAR, NCHAR -> {
        int length = in.getShort() & MAX;
        in.get(new byte[COLLATION.length]);
        yield of(code, length);
      }
      case INTEGER, BIT, FLOAT, MONEY, DATETIME, GUID -> of(code, in.get());
      default -> throw new AssertionError("no type " + code + " is expected");
    };
  }

  void write(TdsBytes out) {
    out.number(1, code);
    switch (code) {
      case DATE -> {}
      case XML -> out.number(1, 0);
      case TIME, DATETIME2, DATETIMEOFFSET -> out.number(1, scale);
      case DECIMAL, NUMERIC -> out.number(1, length).number(1, precision).number(1, scale);
      case TEXT, NTEXT -> out.number(4, Integer.MAX_VALUE - 1);
      case VARBINARY, BINARY, VARCHAR, CHAR, NVARCHAR, NCHAR -> out.number(2, length);
      default -> out.number(1, length);
    }
    if (isText()) {
      out.raw(COLLATION);
    }
  }

  /** The type in the words of T-SQL. */
  String word() {
    return switch (code) {
      case NVARCHAR -> "nvarchar(" + (isInParts() ? "max" : length / 2) + ")";
      case INTEGER -> "int" + 8 * length;
      case DATETIMEOFFSET -> "datetimeoffset(" + scale + ")";
      case DATETIME2 -> "datetime2(" + scale + ")";
      default -> "type " + code;
    };
  }

  @Nullable Object readValue(ByteBuffer in) {
    byte[] bytes = bytes(in);
    return bytes == null ? null : decoded(bytes);
  }

  private byte @Nullable [] bytes(ByteBuffer in) {
    if (isInParts()) {
      return parts(in);
    }
    boolean twoBytes = isText() || code == VARBINARY || code == BINARY;
    int length = twoBytes ? in.getShort() & MAX : in.get() & 0xFF;
    if (twoBytes ? length == MAX : length == 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte @Nullable [] parts(ByteBuffer in) {
    if (in.getLong() == -1) {
      return null;
    }
    TdsBytes all = new TdsBytes();
    for (int length = in.getInt(); length != 0; length = in.getInt()) {
      byte[] part = new byte[length];
      in.get(part);
      all.raw(part);
    }
    return all.take();
  }

  private Object decoded(byte[] bytes) {
    if (isText()) {
      return new String(bytes, isUnicode() ? TdsTimes.UTF_16 : TdsTimes.CODE_PAGE);
    }
    return switch (code) {
      case INTEGER ->
          bytes.length == 1 ? (Object) (long) (bytes[0] & 0xFF) : (Object) signed(bytes);
      case BIT -> bytes[0] != 0;
      case FLOAT ->
          bytes.length == 4
              ? (Object) Float.intBitsToFloat((int) signed(bytes))
              : (Object) Double.longBitsToDouble(signed(bytes));
      case DECIMAL, NUMERIC -> {
        byte[] magnitude = new byte[bytes.length - 1];
        for (int i = 0; i < magnitude.length; i++) {
          magnitude[i] = bytes[bytes.length - 1 - i];
        }
        yield new BigDecimal(new BigInteger(bytes[0] == 0 ? -1 : 1, magnitude), scale);
      }
      case DATE, TIME, DATETIME2, DATETIMEOFFSET, DATETIME ->
          TdsTimes.decoded(code, scale, ByteBuffer.wrap(bytes));
      default -> bytes;
    };
  }

  private static long signed(byte[] bytes) {
    long value = bytes[bytes.length - 1];
    for (int i = bytes.length - 2; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xFF);
    }
    return value;
  }

  void writeValue(TdsBytes out, @Nullable Object value) {
    byte[] bytes = value == null ? null : encoded(value);
    if (isInParts()) {
      writeParts(out, bytes);
    } else if (code == TEXT || code == NTEXT) {
      writeByPointer(out, bytes);
    } else if (isText() || code == VARBINARY || code == BINARY) {
      out.number(2, bytes == null ? MAX : bytes.length).raw(bytes == null ? new byte[0] : bytes);
    } else {
      out.number(1, bytes == null ? 0 : bytes.length).raw(bytes == null ? new byte[0] : bytes);
    }
  }

  private static void writeParts(TdsBytes out, byte @Nullable [] bytes) {
    if (bytes == null) {
      out.number(8, -1);
      return;
    }
    out.number(8, bytes.length);
    if (bytes.length > 0) {
      out.number(4, bytes.length).raw(bytes);
    }
    out.number(4, 0);
  }

  private static void writeByPointer(TdsBytes out, byte @Nullable [] bytes) {
    if (bytes == null) {
      out.number(1, 0);
    } else {
      out.number(1, 16).raw(new byte[16 + 8]).number(4, bytes.length).raw(bytes);
    }
  }

  private byte[] encoded(Object value) {
    TdsBytes out = new TdsBytes();
    switch (code) {
      case INTEGER -> out.number(length, ((Number) value).longValue());
      case BIT -> out.number(1, (Boolean) value ? 1 : 0);
      case FLOAT ->
          out.number(
              length,
              length == 4
                  ? Float.floatToIntBits(((Number) value).floatValue())
                  : Double.doubleToLongBits(((Number) value).doubleValue()));
      case MONEY -> {
        long units = ((BigDecimal) value).movePointRight(4).longValueExact();
        if (length == 8) {
          out.number(4, units >> 32);
        }
        out.number(4, units);
      }
      case DECIMAL, NUMERIC -> {
        BigInteger units = ((BigDecimal) value).setScale(scale).unscaledValue();
        out.number(1, units.signum() < 0 ? 0 : 1);
        byte[] magnitude = units.abs().toByteArray();
        for (int i = 0; i < 16; i++) {
          out.number(1, i < magnitude.length ? magnitude[magnitude.length - 1 - i] : 0);
        }
      }
      case DATE, TIME, DATETIME2, DATETIMEOFFSET, DATETIME ->
          TdsTimes.encode(code, length, scale, value, out);
      case GUID, VARBINARY, BINARY -> out.raw((byte[]) value);
      default ->
          out.raw(
              value
                  .toString()
                  .getBytes(isUnicode() || code == XML ? TdsTimes.UTF_16 : TdsTimes.CODE_PAGE));
    }
    return out.take();
  }
}
