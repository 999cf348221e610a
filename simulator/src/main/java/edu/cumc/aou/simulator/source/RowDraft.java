package edu.cumc.aou.simulator.source;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row to write into a table; what is not set is NULL. Mutable, for one thread. */
final class RowDraft {
  private final SourceTable table;
  private final @Nullable Object[] values;

  RowDraft(SourceTable table) {
    this(table, new @Nullable Object[table.columns().size()]);
  }

  private RowDraft(SourceTable table, @Nullable Object[] values) {
    this.table = table;
    this.values = values;
  }

  RowDraft set(String column, @Nullable Object value) {
    values[table.position(column)] = value;
    return this;
  }

  @Nullable Object get(String column) {
    return values[table.position(column)];
  }

  RowDraft copy() {
    return new RowDraft(table, Arrays.copyOf(values, values.length));
  }

  void bind(PreparedStatement statement) throws SQLException {
    List<SourceColumn> columns = table.columns();
    for (int i = 0; i < values.length; i++) {
      columns.get(i).bind(statement, i + 1, values[i]);
    }
  }
}
