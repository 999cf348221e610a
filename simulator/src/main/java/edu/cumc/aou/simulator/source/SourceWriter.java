package edu.cumc.aou.simulator.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Puts rows into the two tables in batches. For one thread; does not own the connection. */
final class SourceWriter implements AutoCloseable {
  private static final int BATCH = 1000;

  private final Sink healthpro;
  private final Sink redcap;
  private int lastRowId;

  SourceWriter(Connection connection) throws SQLException {
    this.healthpro = new Sink(connection.prepareStatement(Sql.insert(SourceTable.HEALTHPRO)));
    try {
      this.redcap = new Sink(connection.prepareStatement(Sql.insert(SourceTable.REDCAP)));
    } catch (SQLException e) {
      try (healthpro) {
        throw e;
      }
    }
  }

  void healthpro(RowDraft row) throws SQLException {
    lastRowId++;
    healthpro.add(row.set(SourceTable.ROW_ID, lastRowId));
  }

  /** A REDCap row that belongs to the last HealthPro row. */
  void redcap(RowDraft row) throws SQLException {
    redcap.add(row.set(SourceTable.ROW_ID, lastRowId));
  }

  /** A REDCap row with a number of its own. */
  void redcapOnly(RowDraft row) throws SQLException {
    lastRowId++;
    redcap.add(row.set(SourceTable.ROW_ID, lastRowId));
  }

  int healthproRows() {
    return healthpro.rows;
  }

  void flush() throws SQLException {
    healthpro.flush();
    redcap.flush();
  }

  @Override
  public void close() throws SQLException {
    try (healthpro;
        redcap) {
      // Both are closed even if one of them fails.
    }
  }

  private static final class Sink implements AutoCloseable {
    private final PreparedStatement insert;
    private int waiting;
    private int rows;

    Sink(PreparedStatement insert) {
      this.insert = insert;
    }

    void add(RowDraft row) throws SQLException {
      row.bind(insert);
      insert.addBatch();
      rows++;
      if (++waiting == BATCH) {
        flush();
      }
    }

    void flush() throws SQLException {
      if (waiting > 0) {
        insert.executeBatch();
        waiting = 0;
      }
    }

    @Override
    public void close() throws SQLException {
      insert.close();
    }
  }
}
