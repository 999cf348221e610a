package edu.cumc.aou.cli.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What any program must do that reads both relations of the source in the order of the PMI ID: a
 * process of its own for {@link LargeDayBenchmark}. Prints the milliseconds.
 */
final class BareRead {

  private BareRead() {}

  public static void main(String[] args) throws IOException, SQLException {
    System.out.println(millis(args[0]));
  }

  static long millis(String url) throws IOException, SQLException {
    String mapping;
    try (InputStream in = BareRead.class.getResourceAsStream("/edu/cumc/aou/sync/default.conf")) {
      mapping = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      long begin = System.nanoTime();
      read(connection, "vw_reporting_base", "PMI ID_HP", mapping);
      read(connection, "healthpro", "PMI ID", mapping);
      return (System.nanoTime() - begin) / 1_000_000;
    }
  }

  private static void read(Connection connection, String relation, String key, String mapping)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery("SELECT * FROM \"dbo\".\"" + relation + "\" WHERE 1 = 0")) {
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        String column = none.getMetaData().getColumnName(i);
        if (mapping.contains('"' + column + '"')) {
          columns.add('"' + column + '"');
        }
      }
    }
    String sql =
        "SELECT "
            + String.join(", ", columns)
            + " FROM \"dbo\".\""
            + relation
            + "\" ORDER BY \""
            + key
            + '"';
    long length = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1000);
      try (ResultSet rows = statement.executeQuery(sql)) {
        int[] types = new int[columns.size()];
        for (int i = 0; i < types.length; i++) {
          types[i] = rows.getMetaData().getColumnType(i + 1);
        }
        while (rows.next()) {
          for (int i = 0; i < types.length; i++) {
            Object value =
                types[i] == Types.DATE
                    ? rows.getObject(i + 1, LocalDate.class)
                    : types[i] == Types.TIMESTAMP
                        ? rows.getObject(i + 1, LocalDateTime.class)
                        : rows.getString(i + 1);
            length += value == null ? 0 : 1;
          }
        }
      }
    }
    if (length == 0) {
      throw new IllegalStateException("Nothing was read from " + relation);
    }
  }
}
