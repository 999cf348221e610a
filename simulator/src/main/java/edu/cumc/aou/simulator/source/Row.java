package edu.cumc.aou.simulator.source;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row on its way into a table; what is not set is NULL. Mutable, for one thread. */
final class Row {
  private final Table table;
  private final @Nullable Object[] values;

  Row(Table table) {
    this(table, new @Nullable Object[table.columns().size()]);
  }

  private Row(Table table, @Nullable Object[] values) {
    this.table = table;
    this.values = values;
  }

  Row set(String column, @Nullable Object value) {
    values[table.position(column)] = value;
    return this;
  }

  @Nullable Object get(String column) {
    return values[table.position(column)];
  }

  Row copy() {
    return new Row(table, Arrays.copyOf(values, values.length));
  }

  void bind(PreparedStatement statement) throws SQLException {
    List<Column> columns = table.columns();
    for (int i = 0; i < values.length; i++) {
      columns.get(i).bind(statement, i + 1, values[i]);
    }
  }
}
