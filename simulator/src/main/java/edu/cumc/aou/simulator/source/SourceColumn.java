package edu.cumc.aou.simulator.source;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A column of the source: any value may be NULL there, as at the real site. */
record SourceColumn(String name, Kind kind, int length) {
  enum Kind {
    TEXT("NVARCHAR", Types.NVARCHAR),
    DATE("DATE", Types.DATE),
    MOMENT("DATETIME2", Types.TIMESTAMP),
    NUMBER("INT", Types.INTEGER);

    private final String sql;
    private final int jdbcType;

    Kind(String sql, int jdbcType) {
      this.sql = sql;
      this.jdbcType = jdbcType;
    }
  }

  static SourceColumn text(String name, int length) {
    return new SourceColumn(name, Kind.TEXT, length);
  }

  /** Wider than the single digit it holds, as loaders create it: it may say true. */
  static SourceColumn flag(String name) {
    return text(name, 8);
  }

  static SourceColumn date(String name) {
    return new SourceColumn(name, Kind.DATE, 0);
  }

  static SourceColumn moment(String name) {
    return new SourceColumn(name, Kind.MOMENT, 0);
  }

  static SourceColumn number(String name) {
    return new SourceColumn(name, Kind.NUMBER, 0);
  }

  String quoted() {
    return "[" + name + "]";
  }

  String type() {
    return kind == Kind.TEXT ? kind.sql + "(" + length + ")" : kind.sql;
  }

  void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value == null) {
      statement.setNull(index, kind.jdbcType);
    } else {
      statement.setObject(index, value, kind.jdbcType);
    }
  }

  /** Reads a value as text that is the same on every database. */
  @Nullable String read(ResultSet row, int index) throws SQLException {
    Object value =
        switch (kind) {
          case TEXT -> row.getString(index);
          case DATE -> row.getObject(index, LocalDate.class);
          case MOMENT -> row.getObject(index, LocalDateTime.class);
          case NUMBER -> row.getObject(index);
        };
    return value == null ? null : value.toString();
  }
}
