package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.port.UnreadableStoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;

/** What something else has written into the sync's own tables is told by the table's name. */
final class ForeignCells {

  private ForeignCells() {}

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Reads rows of a table; whatever fails there says that nobody of ours wrote the row. */
  static <T> RowMapper<T> rows(String table, Reading<T> reading) {
    return (row, context) -> {
      try {
        return reading.of(row);
      } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
        throw new UnreadableStoreException(table);
      }
    };
  }
}
