package edu.cumc.aou.db.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the stand-in takes what SQL Server takes, and refuses what it refuses. */
class SqlServerStandInTest {

  /** Of the columns of a table with one of each. */
  private static final List<Integer> TYPES =
      List.of(
          Types.INTEGER,
          Types.BIGINT,
          Types.SMALLINT,
          Types.BIT,
          Types.NVARCHAR,
          Types.VARCHAR,
          Types.DATE,
          Types.TIMESTAMP,
          Types.TIMESTAMP,
          microsoft.sql.Types.DATETIMEOFFSET,
          Types.DECIMAL,
          Types.DECIMAL,
          Types.REAL,
          Types.DOUBLE,
          Types.VARBINARY);

  private static SqlServerStandIn server;
  private static Connection connection;

  @BeforeAll
  static void open() throws SQLException {
    server = SqlServerStandIn.original();
    connection = DriverManager.getConnection(server.jdbcUrl(), "reader", "invented");
    execute(
        "CREATE TABLE t (id INT NOT NULL PRIMARY KEY, flag BIT NULL, name NVARCHAR(5) NULL,"
            + " code NVARCHAR(18) COLLATE Latin1_General_BIN2 NULL, note NTEXT NULL, at DATETIME2(6) NULL)");
    execute(
        "INSERT INTO t (id, flag, name, code) VALUES (1, 1, N'Ann', N'Ann'), (2, 0, N'ann', N'ann')");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    server.close();
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "102 # SELECT id FROM t ORDER BY id LIMIT 1",
        "102 # SELECT name || code FROM t",
        "102 # SELECT id FROM t WHERE (id, name) IN (SELECT id, name FROM t)",
        "102 # SELECT id FROM t OFFSET 0 ROWS",
        "102 # SELECT MAX(id) FROM (SELECT id FROM t)",
        "102 # DELETE FROM t x WHERE x.id = 1",
        "102 # ALTER TABLE t ADD more INT; SELECT id = 1 FROM t",
        "156 # SELECT id FROM t FOR UPDATE",
        "156 # SELECT user FROM t WHERE plan = 1",
        "156 # MERGE INTO t USING t s ON s.id = t.id WHEN MATCHED THEN DELETE",
        "156 # ALTER TABLE t ADD COLUMN more INT",
        "4145 # SELECT id FROM t WHERE flag",
        "4145 # SELECT id FROM t WHERE NOT flag",
        "207 # SELECT id FROM t WHERE flag = TRUE",
        "207 # SELECT missing FROM t",
        "207 # UPDATE t SET missing = 1",
        "208 # SELECT id FROM missing",
        "208 # SELECT id FROM another.dbo.t",
        "208 # SELECT id FROM [dbo.t]",
        "4104 # SELECT x.id FROM t",
        "209 # SELECT id FROM t a CROSS JOIN t b",
        "1013 # SELECT 1 FROM t CROSS JOIN t",
        "1033 # SELECT MAX(p.id) FROM (SELECT id FROM t ORDER BY id) p",
        "8155 # SELECT 1 FROM (SELECT COUNT(*) FROM t) p",
        "8156 # SELECT 1 FROM (SELECT id, id FROM t) p",
        "116 # SELECT id FROM t WHERE id IN (SELECT id, name FROM t)",
        "468 # SELECT id FROM t WHERE name = code",
        "468 # SELECT CONCAT(name, code) FROM t",
        "195 # SELECT LENGTH(name) FROM t",
        "195 # SELECT GREATER(id, 1) FROM t",
        "174 # SELECT REPLACE(name, N'a') FROM t",
        "137 # SELECT id FROM t WHERE id = @missing",
        "2715 # SELECT CAST(id AS TEXTUAL) FROM t",
        "155 # SELECT DATEADD(FORTNIGHT, 1, at) FROM t",
        "206 # SELECT id FROM t WHERE at = 1",
        "206 # UPDATE t SET id = at",
        "306 # SELECT note, COUNT(*) FROM t GROUP BY note",
        "402 # SELECT id FROM t WHERE note = N'x'",
        "8117 # SELECT MAX(flag) FROM t",
        "8120 # SELECT name, COUNT(*) FROM t GROUP BY code",
        "147 # SELECT id FROM t WHERE COUNT(*) = 1",
        "130 # SELECT SUM((SELECT id FROM t)) FROM t",
        "144 # SELECT 1 FROM t GROUP BY (SELECT 1)",
        "145 # SELECT DISTINCT name FROM t ORDER BY id",
        "169 # SELECT id FROM t ORDER BY id, id",
        "8133 # SELECT CASE WHEN id = 1 THEN NULL END FROM t",
        "4127 # SELECT COALESCE(NULL, NULL)",
        "321 # SELECT id FROM t WITH (FASTLY)",
        "2627 # INSERT INTO t (id) VALUES (1)",
        "515 # INSERT INTO t (name) VALUES (N'x')",
        "2628 # INSERT INTO t (id, name) VALUES (9, N'longer')",
        "8114 # UPDATE t SET id = name",
        "8115 # SELECT SUM(id + 2147483646) FROM t",
        "109 # INSERT INTO t (id, name) VALUES (9)",
        "264 # UPDATE t SET name = N'a', name = N'b'",
        "2714 # CREATE TABLE t (id INT)",
        "1919 # CREATE INDEX i ON t (note)",
        "111 # SELECT 1 CREATE SCHEMA other",
        "2812 # EXEC sp_missing N'x'",
        "911 # USE elsewhere",
        "3902 # COMMIT TRAN",
        "105 # SELECT N'open"
      })
  void statement_thatSqlServerRefuses_isRefusedWithItsNumber(int number, String sql) {
    SQLException thrown = catchThrowableOfType(SQLException.class, () -> execute(sql));

    assertThat((Throwable) thrown).isNotNull();
    assertThat(thrown.getErrorCode()).as(thrown.getMessage()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT [id] FROM dm_aou.dbo.[t] WHERE flag = 1 AND name LIKE N'A%'",
        "SELECT id FROM t WHERE name LIKE N'[A-C]%' AND name NOT LIKE N'[D-Z]%' AND id = 1",
        "SELECT TOP (1) x.id FROM t AS x WITH (NOLOCK) WHERE x.id = 1 OR (x.id + 1) * 2 = 1",
        "SELECT p.id FROM (SELECT id FROM t ORDER BY id OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY) p",
        "SELECT id FROM t WHERE name COLLATE Latin1_General_BIN2 = code AND id = 1",
        "SELECT MIN(id) FROM t GROUP BY name HAVING COUNT(*) > 1",
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM t) THEN 1 ELSE 0 END",
        "SELECT 1 -- end\n/* of /* it */ all */",
        "IF OBJECT_ID(N'[dbo].[t]', N'U') IS NULL BEGIN SELECT 2 END ELSE SELECT 1",
        "EXEC(N'SELECT 1')"
      })
  void statement_thatSqlServerTakes_isTaken(String sql) throws SQLException {
    assertThat(rows(sql)).containsExactly("1");
  }

  @Test
  void texts_compareAsTheirCollationSays() throws SQLException {
    assertThat(rows("SELECT id FROM t WHERE name = N'ANN' ORDER BY id")).containsExactly("1", "2");
    assertThat(rows("SELECT id FROM t WHERE code = N'Ann'")).containsExactly("1");
    assertThat(rows("SELECT COUNT(DISTINCT name) FROM t")).containsExactly("1");
    assertThat(rows("SELECT id FROM t WHERE UPPER(name) = N'ann' ORDER BY id"))
        .containsExactly("1", "2");
    // a literal without N is in a code page that has no such letter
    assertThat(rows("SELECT '李'")).containsExactly("?");
  }

  @Test
  void parameters_ofEveryType_comeRound() throws SQLException {
    execute(
        "CREATE TABLE p (i INT, b BIGINT, s SMALLINT, f BIT, t NVARCHAR(MAX), c VARCHAR(10), d DATE, d2 DATETIME2(6),"
            + " dt DATETIME, o DATETIMEOFFSET(3), n DECIMAL(10, 2), m MONEY, r REAL, g FLOAT, v VARBINARY(4))");
    String text = "李 😀".repeat(4_000);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO p VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setInt(1, -7);
      insert.setLong(2, Long.MIN_VALUE);
      insert.setShort(3, (short) -3);
      insert.setBoolean(4, true);
      insert.setString(5, text);
      insert.setString(6, "plain");
      insert.setObject(7, LocalDate.of(1900, 1, 1));
      insert.setObject(8, LocalDateTime.parse("2026-03-08T02:30:00.123456"));
      insert.setObject(9, LocalDateTime.parse("2026-03-08T02:30:00.12"));
      insert.setObject(10, OffsetDateTime.parse("2026-01-01T20:00:00.5-05:00"));
      insert.setBigDecimal(11, new BigDecimal("-12.50"));
      insert.setBigDecimal(12, new BigDecimal("-1.2345"));
      insert.setFloat(13, 0.1f);
      insert.setDouble(14, 0.1);
      insert.setBytes(15, new byte[] {1, 2});
      assertThat(insert.executeUpdate()).isEqualTo(1);
      for (int i = 0; i < TYPES.size(); i++) {
        insert.setNull(i + 1, TYPES.get(i));
      }
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM p ORDER BY i DESC")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(-7);
      assertThat(row.getLong(2)).isEqualTo(Long.MIN_VALUE);
      assertThat(row.getShort(3)).isEqualTo((short) -3);
      assertThat(row.getBoolean(4)).isTrue();
      assertThat(row.getString(5)).isEqualTo(text);
      assertThat(row.getString(6)).isEqualTo("plain");
      assertThat(row.getObject(7, LocalDate.class)).isEqualTo(LocalDate.of(1900, 1, 1));
      assertThat(row.getObject(8, LocalDateTime.class))
          .isEqualTo(LocalDateTime.parse("2026-03-08T02:30:00.123456"));
      assertThat(row.getObject(9, LocalDateTime.class))
          .isEqualTo(LocalDateTime.parse("2026-03-08T02:30:00.12"));
      assertThat(row.getObject(10, OffsetDateTime.class))
          .isEqualTo(OffsetDateTime.parse("2026-01-01T20:00:00.5-05:00"));
      assertThat(row.getBigDecimal(11)).isEqualTo("-12.50");
      assertThat(row.getBigDecimal(12)).isEqualTo("-1.2345");
      assertThat(row.getFloat(13)).isEqualTo(0.1f);
      assertThat(row.getDouble(14)).isEqualTo(0.1);
      assertThat(row.getBytes(15)).containsExactly(1, 2);
      assertThat(row.next()).isTrue();
      for (int i = 1; i <= 15; i++) {
        assertThat(row.getObject(i)).as("column %s", i).isNull();
      }
    }
  }

  @Test
  void batch_ofAPreparedStatement_isAFewMessages_andCountsEachRow() throws SQLException {
    execute("CREATE TABLE b (n INT NOT NULL PRIMARY KEY)");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO b VALUES (?)")) {
      for (int n = 0; n < 1_000; n++) {
        insert.setInt(1, n);
        insert.addBatch();
      }
      server.forget();
      assertThat(insert.executeBatch()).hasSize(1_000).containsOnly(1);
    }
    // the first two make the server know the statement
    assertThat(server.statements()).hasSize(3);
    assertThat(rows("SELECT COUNT(*) FROM b")).containsExactly("1000");
  }

  @Test
  void transaction_isWhatItsConnectionSees_untilItIsCommitted() throws SQLException {
    execute("CREATE TABLE x (n INT)");
    try (Connection other = DriverManager.getConnection(server.jdbcUrl(), "reader", "invented");
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO x VALUES (1)");
      assertThat(rows("SELECT COUNT(*) FROM x")).containsExactly("0");
      other.rollback();
      statement.executeUpdate("INSERT INTO x VALUES (2)");
      other.commit();
      assertThat(rows("SELECT n FROM x")).containsExactly("2");
      other.setTransactionIsolation(4096);
      assertThat(statement.executeQuery("SELECT n FROM x").next()).isTrue();
      execute("INSERT INTO x VALUES (3)");
      try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM x")) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(1);
      }
    }
  }

  @Test
  void statement_thatIsCancelled_ends_andItsConnectionGoesOn() throws SQLException {
    execute("CREATE TABLE big (n INT)");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO big VALUES (?)")) {
      for (int n = 0; n < 2_000; n++) {
        insert.setInt(1, n);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(2_000);
    }
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(
              () ->
                  statement.executeQuery(
                      "SELECT COUNT(*) FROM big a CROSS JOIN big b CROSS JOIN big c WHERE a.n + b.n + c.n = -1"))
          .isInstanceOf(SQLTimeoutException.class);
    }
    assertThat(rows("SELECT 1")).containsExactly("1");
  }

  @Test
  void parameters_moreThanSqlServerTakes_areRefused() throws SQLException {
    String marks = "?" + ", ?".repeat(2_100);
    try (PreparedStatement many =
        connection.prepareStatement("SELECT id FROM t WHERE id IN (" + marks + ")")) {
      for (int i = 1; i <= 2_101; i++) {
        many.setInt(i, i);
      }
      SQLException thrown = catchThrowableOfType(SQLException.class, many::executeQuery);
      assertThat(thrown.getErrorCode()).as(thrown.getMessage()).isEqualTo(8003);
    }
  }

  @Test
  void compatibleServer_hasItsOwnNumber_andOneLevelOfIsolation() throws SQLException {
    try (SqlServerStandIn compatible = SqlServerStandIn.compatible();
        Connection other = DriverManager.getConnection(compatible.jdbcUrl(), "reader", "invented");
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE Mixed (n INT)");
      try (ResultSet row = statement.executeQuery("SELECT name FROM sys.tables")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("mixed");
      }
      assertThat(
              catchThrowableOfType(
                      SQLException.class, () -> statement.execute("SELECT n FROM missing"))
                  .getErrorCode())
          .isEqualTo(33_557_097);
      assertThat(
              catchThrowableOfType(SQLException.class, () -> other.setTransactionIsolation(4096))
                  .getErrorCode())
          .isEqualTo(33_557_097);
      assertThat(
              catchThrowableOfType(
                      SQLException.class,
                      () -> statement.execute("SELECT snapshot_isolation_state FROM sys.databases"))
                  .getErrorCode())
          .isEqualTo(207);
    }
  }
}
