package edu.cumc.aou.db.testing;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An expression, and what is known of its value.
 *
 * @param h2 the same in H2's SQL
 * @param type null where it is not known
 * @param collation how it is compared, if it is a text
 * @param shape what kind of expression it is
 */
record TSqlValue(String h2, @Nullable TSqlType type, Collation collation, Shape shape) {

  enum Shape {
    COLUMN,
    CONSTANT,
    NULL,
    /** Has an aggregate or a subquery in it. */
    SUBQUERY,
    AGGREGATE,
    OTHER
  }

  /** Who says how a text is compared: nobody, a column, COLLATE, or two columns each its own. */
  enum Rank {
    NONE,
    COLUMN,
    STATED,
    CONFLICT
  }

  record Collation(Rank rank, String name) {
    static final Collation NONE = new Collation(Rank.NONE, "");

    /** The database's own, as SQL Server is installed. */
    static final String DEFAULT = "SQL_Latin1_General_CP1_CI_AS";

    boolean isBinary() {
      return name.toUpperCase(Locale.ROOT).contains("_BIN");
    }

    boolean isConflict() {
      return rank == Rank.CONFLICT;
    }

    Collation with(Collation other) {
      if (rank != other.rank) {
        return rank.compareTo(other.rank) > 0
            ? (rank == Rank.CONFLICT && other.rank == Rank.STATED ? other : this)
            : (other.rank == Rank.CONFLICT && rank == Rank.STATED ? this : other);
      }
      if (name.equalsIgnoreCase(other.name)) {
        return this;
      }
      if (rank == Rank.STATED) {
        throw conflict();
      }
      return new Collation(Rank.CONFLICT, "");
    }

    static TSqlRefusal conflict() {
      return new TSqlRefusal(468, "Cannot resolve the collation conflict.");
    }
  }

  static TSqlValue of(String h2, @Nullable TSqlType type) {
    return new TSqlValue(h2, type, Collation.NONE, Shape.OTHER);
  }

  static TSqlValue constant(String h2, TSqlType type) {
    return new TSqlValue(h2, type, Collation.NONE, Shape.CONSTANT);
  }

  TSqlValue as(Shape other) {
    return new TSqlValue(h2, type, collation, other);
  }

  TSqlValue collated(Collation other) {
    return new TSqlValue(h2, type, other, shape);
  }

  boolean isText() {
    return type != null && type.isText();
  }

  /** Whether it is compared as H2's type without regard to case. */
  private boolean ignoresCaseInH2() {
    return shape == Shape.COLUMN && isText() && !collation.isBinary();
  }

  /** The expression for a comparison in a collation. */
  String compared(Collation common) {
    if (common.isBinary()) {
      return ignoresCaseInH2() ? "CAST(" + h2 + " AS VARCHAR)" : h2;
    }
    return isText() && shape != Shape.COLUMN ? "CAST(" + h2 + " AS VARCHAR_IGNORECASE)" : h2;
  }

  /** The shape of an expression made of others. */
  static Shape shapeOf(List<TSqlValue> parts) {
    for (Shape telling : List.of(Shape.AGGREGATE, Shape.SUBQUERY)) {
      if (parts.stream().anyMatch(p -> p.shape == telling)) {
        return telling;
      }
    }
    return Shape.OTHER;
  }

  private static final List<String> PRECEDENCE =
      List.of(
          "xml",
          "datetimeoffset",
          "datetime2",
          "datetime",
          "smalldatetime",
          "date",
          "time",
          "float",
          "real",
          "decimal",
          "numeric",
          "money",
          "smallmoney",
          "bigint",
          "int",
          "smallint",
          "tinyint",
          "bit",
          "ntext",
          "text",
          "uniqueidentifier",
          "nvarchar",
          "sysname",
          "nchar",
          "varchar",
          "char",
          "varbinary",
          "binary",
          "timestamp");

  /** The type of a value that is one of these. */
  static @Nullable TSqlType typeOf(List<TSqlValue> values) {
    TSqlType common = null;
    for (TSqlValue value : values) {
      TSqlType type = value.type;
      if (value.shape == Shape.NULL) {
        continue;
      }
      if (type == null) {
        return null;
      }
      if (common == null) {
        common = type;
        continue;
      }
      int length =
          common.isMax() || type.isMax() ? TSqlType.MAX : Math.max(common.length(), type.length());
      boolean first = PRECEDENCE.indexOf(common.name()) <= PRECEDENCE.indexOf(type.name());
      TSqlType higher = first ? common : type;
      higher.requireTakes(first ? type : common, true);
      common =
          higher.isText()
              ? new TSqlType(higher.name(), length, 0)
              : new TSqlType(
                  higher.name(),
                  Math.max(higher.length(), 0),
                  Math.max(common.scale(), type.scale()));
    }
    return common;
  }

  /** The collation of a text made of these. */
  static Collation collationOf(List<TSqlValue> values) {
    return values.stream()
        .filter(v -> v.type == null || v.isText())
        .map(TSqlValue::collation)
        .reduce(Collation.NONE, Collation::with);
  }

  /** How these are compared with each other. */
  static Collation comparison(List<TSqlValue> values) {
    Collation common = collationOf(values);
    if (common.isConflict()) {
      throw Collation.conflict();
    }
    return common;
  }
}
