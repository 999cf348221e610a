package edu.cumc.aou.db.benchmark;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Invented people: a row in each relation, a Contact and a journey, of ten columns each. */
final class BenchmarkPeople {

  static final String KEY = "PMI ID";

  private static final int COLUMNS = 10;
  private static final int FETCH_SIZE = 1000;
  private static final Instant STAMP = Instant.parse("2026-01-05T10:00:00Z");

  private final String url;
  private final int number;

  BenchmarkPeople(String url, int number) {
    this.url = url + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The columns beside the key. */
  List<String> columns() {
    return IntStream.range(0, COLUMNS).mapToObj(n -> "Column " + n).toList();
  }

  private static String quoted(String column) {
    return '"' + column + '"';
  }

  /** Makes the rows where the database is, in no order. */
  void create() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS dbo");
      // H2 would sort more rows than this on disk, at a hundredth of the speed of a real server
      statement.execute("SET MAX_MEMORY_ROWS " + 4L * number);
      for (String table : List.of("contacts", "journeys")) {
        statement.execute(
            "CREATE TABLE dbo."
                + table
                + columns().stream()
                    .map(column -> quoted(column) + " NVARCHAR(100)")
                    .collect(
                        Collectors.joining(", ", " (" + quoted(KEY) + " NVARCHAR(20), ", ")")));
        statement.execute(
            "INSERT INTO dbo."
                + table
                + " SELECT 'P' || LPAD(X, 9, '0')"
                + ", 'value ' || X".repeat(COLUMNS)
                + " FROM (SELECT MOD(X * 7919, "
                + number
                + ") + 1 AS X FROM SYSTEM_RANGE(1, "
                + number
                + "))");
      }
    }
  }

  long readBare() throws SQLException {
    return readBare("");
  }

  long readBareOrdered() throws SQLException {
    return readBare(" ORDER BY " + quoted(KEY));
  }

  private long readBare(String order) throws SQLException {
    long rows = 0;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      for (String table : List.of("contacts", "journeys")) {
        String columns =
            columns().stream().map(c -> ", " + quoted(c)).collect(Collectors.joining());
        try (ResultSet row =
            statement.executeQuery(
                "SELECT " + quoted(KEY) + columns + " FROM dbo." + table + order)) {
          while (row.next()) {
            for (int column = 1; column <= 1 + COLUMNS; column++) {
              if (row.getString(column) == null) {
                throw new IllegalStateException("no column is empty");
              }
            }
            rows++;
          }
        }
      }
    }
    return rows;
  }

  /** Everybody as Salesforce shows them; gives the number of records. */
  long stage(Refresh refresh) {
    for (int n = 1; n <= number; n++) {
      refresh.add(
          new Contact(
              TestParticipants.contactId(n),
              TestParticipants.pmiId(n),
              true,
              fields(n),
              STAMP,
              "",
              true,
              false,
              null));
    }
    for (int n = 1; n <= number; n++) {
      refresh.add(
          new Journey(
              TestParticipants.journeyId(n),
              TestParticipants.contactId(n),
              fields(n),
              STAMP,
              "",
              true,
              false));
    }
    return 2L * number;
  }

  private static FieldValues fields(int n) {
    Map<FieldName, FieldValue> fields = new TreeMap<>();
    for (int column = 0; column < COLUMNS; column++) {
      fields.put(new FieldName("Column_" + column + "__c"), new FieldValue("value " + n));
    }
    return FieldValues.of(fields);
  }
}
