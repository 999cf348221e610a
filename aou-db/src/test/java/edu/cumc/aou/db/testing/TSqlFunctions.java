package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.testing.TSqlValue.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions that are known; every other is one that SQL Server does not have. */
final class TSqlFunctions {

  private record Known(
      int least, int most, Function<List<TSqlValue>, @Nullable TSqlType> type, String h2) {}

  private static final int ANY = Integer.MAX_VALUE;
  private static final Map<String, Known> KNOWN = new HashMap<>();

  /** The time of the server in UTC, as H2 says it. */
  private static final String UTC =
      "DATEADD(MICROSECOND, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000000 AS BIGINT),"
          + " TIMESTAMP '1970-01-01 00:00:00')";

  static {
    Function<List<TSqlValue>, @Nullable TSqlType> text =
        args ->
            args.stream().anyMatch(a -> a.type() != null && a.type().isMax())
                ? new TSqlType("nvarchar", TSqlType.MAX, 0)
                : TSqlType.NVARCHAR;
    Function<List<TSqlValue>, @Nullable TSqlType> number = args -> TSqlType.INT;
    Function<List<TSqlValue>, @Nullable TSqlType> common = TSqlValue::typeOf;
    Function<List<TSqlValue>, @Nullable TSqlType> time = args -> TSqlType.DATETIME2;
    Function<List<TSqlValue>, @Nullable TSqlType> oldTime = args -> new TSqlType("datetime", 0, 0);
    put(
        "LEN",
        1,
        1,
        number,
        "CHAR_LENGTH(REGEXP_REPLACE(RTRIM(%s), '[\\x{10000}-\\x{10FFFF}]', '?'))");
    put("DATALENGTH", 1, 1, number, "CHAR_LENGTH(%s) * 2");
    put("UPPER", 1, 1, text, "UPPER(%s)");
    put("LOWER", 1, 1, text, "LOWER(%s)");
    put("LTRIM", 1, 1, text, "LTRIM(%s)");
    put("RTRIM", 1, 1, text, "RTRIM(%s)");
    put("TRIM", 1, 1, text, "TRIM(%s)");
    put("REPLACE", 3, 3, text, "REPLACE(%s, %s, %s)");
    put("SUBSTRING", 3, 3, text, "SUBSTRING(%s, %s, %s)");
    put("LEFT", 2, 2, text, "LEFT(%s, %s)");
    put("RIGHT", 2, 2, text, "RIGHT(%s, %s)");
    put("REPLICATE", 2, 2, text, "REPEAT(%s, %s)");
    put("SPACE", 1, 1, text, "SPACE(%s)");
    put("NCHAR", 1, 1, args -> new TSqlType("nvarchar", 1, 0), "CHAR(%s)");
    put("CHAR", 1, 1, args -> new TSqlType("varchar", 1, 0), "CHAR(%s)");
    put("CONCAT", 2, ANY, text, "CONCAT(*)");
    put("COALESCE", 2, ANY, common, "COALESCE(*)");
    put("ISNULL", 2, 2, args -> args.get(0).type(), "COALESCE(%s, %s)");
    put("NULLIF", 2, 2, args -> args.get(0).type(), "NULLIF(%s, %s)");
    put("ABS", 1, 1, common, "ABS(%s)");
    put("BINARY_CHECKSUM", 2, ANY, number, "CAST(MOD(ORA_HASH(CONCAT(*)), 2147483647) AS INTEGER)");
    put("SYSUTCDATETIME", 0, 0, time, UTC);
    put("SYSDATETIME", 0, 0, time, "LOCALTIMESTAMP");
    put("GETUTCDATE", 0, 0, oldTime, UTC);
    put("GETDATE", 0, 0, oldTime, "LOCALTIMESTAMP");
    put("SUSER_SNAME", 0, 1, text, "CURRENT_USER");
    put("SCHEMA_NAME", 0, 1, text, "\"sys\".SCHEMA_NAME(*)");
    put("SCHEMA_ID", 1, 1, number, "\"sys\".SCHEMA_ID(%s)");
    put("OBJECT_ID", 1, 2, number, "\"sys\".OBJECT_ID(%s)");
    put("SERVERPROPERTY", 1, 1, text, "\"sys\".SERVERPROPERTY(%s)");
  }

  private TSqlFunctions() {}

  private static void put(
      String name,
      int least,
      int most,
      Function<List<TSqlValue>, @Nullable TSqlType> type,
      String h2) {
    KNOWN.put(name, new Known(least, most, type, h2));
  }

  static TSqlValue call(String name, List<TSqlValue> arguments) {
    Known known = KNOWN.get(name.toUpperCase(Locale.ROOT));
    if (known == null) {
      throw new TSqlRefusal(195, "'" + name + "' is not a recognized built-in function name.");
    }
    if (arguments.size() < known.least || arguments.size() > known.most) {
      throw new TSqlRefusal(174, "The function requires other arguments.");
    }
    boolean chooses = name.equalsIgnoreCase("COALESCE");
    if (chooses && arguments.stream().allMatch(a -> a.shape() == Shape.NULL)) {
      throw new TSqlRefusal(4127, "At least one of the arguments must not be NULL.");
    }
    TSqlType type = known.type.apply(arguments);
    TSqlValue.Collation collation = TSqlValue.collationOf(arguments);
    if (collation.isConflict()) {
      throw TSqlValue.Collation.conflict();
    }
    String h2 =
        known.h2.contains("(*)")
            ? known.h2.replace(
                "*", arguments.stream().map(TSqlValue::h2).collect(Collectors.joining(", ")))
            : String.format(Locale.ROOT, known.h2, arguments.stream().map(TSqlValue::h2).toArray());
    boolean text = type == null || type.isText();
    return new TSqlValue(
        h2, type, text ? collation : TSqlValue.Collation.NONE, TSqlValue.shapeOf(arguments));
  }

  /** An aggregate; its argument is null for {@code COUNT(*)}. */
  static TSqlValue aggregate(String name, boolean distinct, @Nullable TSqlValue argument) {
    String word = name.toUpperCase(Locale.ROOT);
    if (argument == null) {
      // H2 counts in BIGINT
      return TSqlValue.of(
              word.equals("COUNT") ? "CAST(COUNT(*) AS INTEGER)" : "COUNT(*)",
              word.equals("COUNT") ? TSqlType.INT : TSqlType.BIGINT)
          .as(Shape.AGGREGATE);
    }
    if (argument.shape() == Shape.AGGREGATE || argument.shape() == Shape.SUBQUERY) {
      throw new TSqlRefusal(
          130, "Cannot perform an aggregate function on an aggregate or a subquery.");
    }
    String inner = (distinct ? "DISTINCT " : "") + argument.h2();
    if (word.startsWith("COUNT")) {
      return TSqlValue.of(
              word.equals("COUNT")
                  ? "CAST(COUNT(" + inner + ") AS INTEGER)"
                  : "COUNT(" + inner + ")",
              word.equals("COUNT") ? TSqlType.INT : TSqlType.BIGINT)
          .as(Shape.AGGREGATE);
    }
    if (word.equals("CHECKSUM_AGG")) {
      return TSqlValue.of("CAST(BIT_XOR_AGG(" + inner + ") AS INTEGER)", TSqlType.INT)
          .as(Shape.AGGREGATE);
    }
    TSqlType type = argument.type();
    if (type != null) {
      boolean sums = word.equals("SUM") || word.equals("AVG");
      String wrong = sums && type.group() != TSqlType.Group.NUMBER ? type.name() : "";
      if (type.name().equals("bit") || !wrong.isEmpty()) {
        throw new TSqlRefusal(8117, "The operand data type is invalid for the operator.");
      }
      if (sums && List.of("tinyint", "smallint", "int").contains(type.name())) {
        // the sum of many is no longer than one, and overflows
        return TSqlValue.of("CAST(" + word + "(" + inner + ") AS INTEGER)", TSqlType.INT)
            .as(Shape.AGGREGATE);
      }
    }
    return new TSqlValue(word + "(" + inner + ")", type, argument.collation(), Shape.AGGREGATE);
  }
}
