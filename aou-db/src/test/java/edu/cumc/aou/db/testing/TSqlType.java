package edu.cumc.aou.db.testing;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A type of SQL Server's.
 *
 * @param name in lower case
 * @param length the characters, bytes or digits; {@link #MAX} for {@code max}; 0 where there is
 *     none
 * @param scale the digits after the point
 */
record TSqlType(String name, int length, int scale) {

  static final int MAX = -1;

  /** What converts into what goes by these. */
  enum Group {
    TEXT,
    NUMBER,
    TIME,
    BINARY,
    OTHER
  }

  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "nchar", "nvarchar", "sysname", "text", "ntext");
  private static final Set<String> NUMBERS =
      Set.of(
          "bit",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "decimal",
          "numeric",
          "money",
          "smallmoney",
          "real",
          "float");
  private static final Set<String> TIMES =
      Set.of("date", "time", "datetime", "smalldatetime", "datetime2", "datetimeoffset");
  private static final Set<String> BINARIES = Set.of("binary", "varbinary", "timestamp");
  private static final Set<String> OTHERS = Set.of("uniqueidentifier", "xml");

  /** H2 takes no longer text into a row. */
  private static final int LONGEST = 1_000_000;

  private static final Map<String, String> IN_H2 =
      Map.ofEntries(
          Map.entry("bit", "BOOLEAN"),
          Map.entry("tinyint", "SMALLINT"),
          Map.entry("smallint", "SMALLINT"),
          Map.entry("int", "INTEGER"),
          Map.entry("bigint", "BIGINT"),
          Map.entry("money", "DECIMAL(19, 4)"),
          Map.entry("smallmoney", "DECIMAL(10, 4)"),
          Map.entry("real", "REAL"),
          Map.entry("float", "DOUBLE PRECISION"),
          Map.entry("date", "DATE"),
          Map.entry("datetime", "TIMESTAMP(3)"),
          Map.entry("smalldatetime", "TIMESTAMP(0)"),
          Map.entry("timestamp", "VARBINARY(8)"),
          Map.entry("uniqueidentifier", "UUID"),
          Map.entry("xml", "VARCHAR"));

  static final TSqlType INT = new TSqlType("int", 0, 0);
  static final TSqlType BIGINT = new TSqlType("bigint", 0, 0);
  static final TSqlType NVARCHAR = new TSqlType("nvarchar", 4000, 0);
  static final TSqlType DATETIME2 = new TSqlType("datetime2", 0, 7);

  static boolean isKnown(String name) {
    return group(name) != null;
  }

  private static Group group(String name) {
    return TEXTS.contains(name)
        ? Group.TEXT
        : NUMBERS.contains(name)
            ? Group.NUMBER
            : TIMES.contains(name)
                ? Group.TIME
                : BINARIES.contains(name)
                    ? Group.BINARY
                    : OTHERS.contains(name) ? Group.OTHER : null;
  }

  Group group() {
    return group(name);
  }

  boolean isText() {
    return group() == Group.TEXT;
  }

  boolean isMax() {
    return length == MAX || name.equals("text") || name.equals("ntext");
  }

  /** In the words of T-SQL, as {@link #parse} takes them. */
  String word() {
    return name + "," + length + "," + scale;
  }

  static TSqlType parse(String word) {
    String[] parts = word.split(",");
    return new TSqlType(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /** The type in H2; a text that is compared without regard to case has one of its own there. */
  String h2(boolean ignoringCase) {
    return switch (name) {
      case "char", "nchar" -> "CHAR(" + length + ")";
      case "varchar", "nvarchar", "sysname", "text", "ntext" ->
          (ignoringCase ? "VARCHAR_IGNORECASE(" : "VARCHAR(") + (isMax() ? LONGEST : length) + ")";
      case "decimal", "numeric" -> "DECIMAL(" + length + ", " + scale + ")";
      case "time" -> "TIME(" + scale + ")";
      case "datetime2" -> "TIMESTAMP(" + scale + ")";
      case "datetimeoffset" -> "TIMESTAMP(" + scale + ") WITH TIME ZONE";
      case "binary", "varbinary" -> "VARBINARY(" + (isMax() ? LONGEST : length) + ")";
      default -> IN_H2.get(name);
    };
  }

  TdsType tds() {
    return switch (name) {
      case "bit" -> TdsType.of(TdsType.BIT, 1);
      case "tinyint" -> TdsType.integer(1);
      case "smallint" -> TdsType.integer(2);
      case "int" -> TdsType.integer(4);
      case "bigint" -> TdsType.integer(8);
      case "decimal", "numeric" -> TdsType.decimal(length, scale);
      case "money" -> TdsType.of(TdsType.MONEY, 8);
      case "smallmoney" -> TdsType.of(TdsType.MONEY, 4);
      case "real" -> TdsType.of(TdsType.FLOAT, 4);
      case "float" -> TdsType.of(TdsType.FLOAT, 8);
      case "date" -> TdsType.of(TdsType.DATE, 0);
      case "time" -> new TdsType(TdsType.TIME, 0, 0, scale);
      case "datetime" -> TdsType.of(TdsType.DATETIME, 8);
      case "smalldatetime" -> TdsType.of(TdsType.DATETIME, 4);
      case "datetime2" -> TdsType.datetime2(scale);
      case "datetimeoffset" -> new TdsType(TdsType.DATETIMEOFFSET, 0, 0, scale);
      case "varchar" -> TdsType.of(TdsType.VARCHAR, isMax() ? TdsType.MAX : length);
      case "char" -> TdsType.of(TdsType.CHAR, length);
      case "nchar" -> TdsType.of(TdsType.NCHAR, 2 * length);
      case "text" -> TdsType.of(TdsType.TEXT, 0);
      case "ntext" -> TdsType.of(TdsType.NTEXT, 0);
      case "xml" -> TdsType.of(TdsType.XML, 0);
      case "uniqueidentifier" -> TdsType.of(TdsType.GUID, 16);
      case "binary", "varbinary", "timestamp" ->
          TdsType.of(TdsType.VARBINARY, isMax() ? TdsType.MAX : length);
      default -> TdsType.nvarchar(length);
    };
  }

  /** What a column of H2's own, as one of a view, is here. */
  static TSqlType ofH2(String h2, long length, int scale) {
    return switch (h2.toUpperCase(Locale.ROOT)) {
      case "CHARACTER VARYING", "VARCHAR_IGNORECASE", "CHARACTER", "CHARACTER LARGE OBJECT" ->
          new TSqlType("nvarchar", length > 4000 ? MAX : (int) Math.max(1, length), 0);
      case "BOOLEAN" -> new TSqlType("bit", 0, 0);
      case "TINYINT", "SMALLINT" -> new TSqlType("smallint", 0, 0);
      case "INTEGER" -> INT;
      case "BIGINT" -> BIGINT;
      case "NUMERIC", "DECIMAL", "DECFLOAT" ->
          new TSqlType("decimal", (int) Math.min(38, length), Math.min(10, scale));
      case "DOUBLE PRECISION", "FLOAT" -> new TSqlType("float", 0, 0);
      case "REAL" -> new TSqlType("real", 0, 0);
      case "DATE" -> new TSqlType("date", 0, 0);
      case "TIME" -> new TSqlType("time", 0, 7);
      case "TIMESTAMP" -> DATETIME2;
      case "TIMESTAMP WITH TIME ZONE" -> new TSqlType("datetimeoffset", 0, 7);
      case "UUID" -> new TSqlType("uniqueidentifier", 0, 0);
      default -> new TSqlType("varbinary", MAX, 0);
    };
  }

  /** Refuses what SQL Server does not convert unasked. */
  void requireTakes(TSqlType given, boolean compared) {
    Group to = group();
    Group from = given.group();
    boolean clash =
        (to == Group.TIME && (from == Group.NUMBER || from == Group.BINARY) && !isOldTime())
            || (to == Group.NUMBER && from == Group.TIME)
            || (compared && to == Group.BINARY && from == Group.TIME);
    if (clash) {
      throw new TSqlRefusal(
          206, "Operand type clash: " + given.name + " is incompatible with " + name);
    }
    if (to == Group.BINARY && from == Group.TEXT) {
      throw new TSqlRefusal(257, "Implicit conversion from data type " + given.name);
    }
  }

  /** The two oldest types of times are numbers to the server. */
  private boolean isOldTime() {
    return name.equals("datetime") || name.equals("smalldatetime");
  }
}
