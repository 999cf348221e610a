package edu.cumc.aou.simulator.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables and the view of the source in one database. For one thread; does not own the
 * connection.
 */
final class SourceDatabase {
  private static final List<String> OURS =
      List.of(SourceTable.HEALTHPRO.name(), SourceTable.REDCAP.name(), Sql.VIEW);

  private final Connection connection;
  private final boolean h2;

  SourceDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    this.h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
  }

  /**
   * Makes sure that everything exists with its columns.
   *
   * @throws SourceSimulatorException if a name is taken by a table that is not ours: it may hold
   *     real participants
   */
  void create() throws SQLException {
    if (columnsOf(Sql.MARKER).isEmpty()) {
      for (String name : OURS) {
        if (!columnsOf(name).isEmpty()) {
          throw new SourceSimulatorException(
              "The database already has dbo."
                  + name
                  + ", and the simulator did not make it. Nothing was changed. Invented people go"
                  + " into a database of their own: name another one in the JDBC URL");
        }
      }
      if (h2) {
        execute("CREATE SCHEMA IF NOT EXISTS dbo");
      }
      execute(Sql.CREATE_MARKER);
    }
    if (!isComplete()) {
      dropView();
      dropTable(SourceTable.HEALTHPRO);
      dropTable(SourceTable.REDCAP);
      execute(Sql.create(SourceTable.HEALTHPRO));
      execute(Sql.create(SourceTable.REDCAP));
      execute(Sql.INDEX_HEALTHPRO);
      execute(Sql.INDEX_REDCAP);
      execute(Sql.createView(SourceTable.HEALTHPRO.columns()));
    }
  }

  boolean isOurs() throws SQLException {
    return !columnsOf(Sql.MARKER).isEmpty();
  }

  boolean isComplete() throws SQLException {
    return columnsOf(SourceTable.HEALTHPRO.name()).equals(names(SourceTable.HEALTHPRO))
        && columnsOf(SourceTable.REDCAP.name()).equals(names(SourceTable.REDCAP))
        && columnsOf(Sql.VIEW).equals(Sql.viewColumns());
  }

  void dropView() throws SQLException {
    if (!columnsOf(Sql.VIEW).isEmpty()) {
      execute(Sql.DROP_VIEW);
    }
  }

  void dropTable(SourceTable table) throws SQLException {
    if (!columnsOf(table.name()).isEmpty()) {
      execute(Sql.drop(table));
    }
  }

  /** Drops a column of the journeys, and the view's column that shows it. */
  void dropHealthProColumn(String name) throws SQLException {
    SourceColumn column = SourceTable.HEALTHPRO.columns().get(SourceTable.HEALTHPRO.position(name));
    dropView();
    execute(Sql.dropColumn(SourceTable.HEALTHPRO, column));
    List<String> left = columnsOf(SourceTable.HEALTHPRO.name());
    execute(
        Sql.createView(
            SourceTable.HEALTHPRO.columns().stream()
                .filter(c -> left.contains(c.name()))
                .toList()));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  private List<String> columnsOf(String table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Sql.COLUMNS_OF)) {
      statement.setString(1, table);
      try (ResultSet result = statement.executeQuery()) {
        List<String> names = new ArrayList<>();
        while (result.next()) {
          names.add(result.getString(1));
        }
        return names;
      }
    }
  }

  private static List<String> names(SourceTable table) {
    return table.columns().stream().map(SourceColumn::name).toList();
  }
}
