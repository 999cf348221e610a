package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.SqlServerStandIn;
import edu.cumc.aou.db.testing.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Tables on a stand-in that are made once, and emptied for each test after the first. */
final class StandInStore implements AutoCloseable {

  /** A word of T-SQL's own, so that every statement has to quote it. */
  static final String SCHEMA = "plan";

  private final SqlServerStandIn server;
  private boolean made;

  StandInStore(SqlServerStandIn server) {
    this.server = server;
  }

  DatabaseSettings settings() {
    return TestDatabases.of(server);
  }

  void prepare(SqlSyncStore store) {
    if (!made) {
      store.installer().install(false);
      made = true;
      return;
    }
    try (Connection connection = DriverManager.getConnection(server.h2Url());
        Statement statement = connection.createStatement()) {
      String schema = "\"" + SCHEMA + "\".";
      for (String table : tables(statement)) {
        if (table.equals("sync_lease")) {
          statement.execute(
              "UPDATE " + schema + "sync_lease SET state = 'FREE', holder = '', token = 0");
        } else if (!table.equals("sync_schema_history")) {
          statement.execute("DELETE FROM " + schema + "\"" + table + "\"");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = '"
                + SCHEMA.replace("'", "''")
                + "'")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  @Override
  public void close() {
    server.close();
  }
}
