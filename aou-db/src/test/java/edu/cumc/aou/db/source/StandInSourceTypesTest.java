package edu.cumc.aou.db.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.SqlServerStandIn;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.ParticipantSource.ValueCount;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of SQL Server as its own driver gives them, in a process of any time zone. */
class StandInSourceTypesTest {

  private static SqlServerStandIn server;

  private final TimeZone zone = TimeZone.getDefault();
  private Database beside;
  private SqlParticipantSource source;

  @BeforeAll
  static void start() {
    server = SqlServerStandIn.original();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    DatabaseSettings settings = TestDatabases.of(server);
    beside = Database.open(settings);
    execute(
        "DROP TABLE IF EXISTS healthpro",
        "DROP TABLE IF EXISTS base",
        "CREATE TABLE healthpro ([PMI ID] VARCHAR(20))");
    source =
        SqlParticipantSource.open(
            new SourceConfig(
                settings, relation("dm_aou.dbo.base"), relation("dm_aou.dbo.healthpro"), null),
            "PMI ID_HP");
  }

  @AfterEach
  void close() {
    TimeZone.setDefault(zone);
    assertThat(source.connectionsInUse()).as("connections that were not given back").isZero();
    source.close();
    beside.close();
  }

  private static RelationName relation(String name) {
    return RelationName.tryParse(name).orElseThrow();
  }

  private void execute(String... statements) {
    for (String statement : statements) {
      int unused = beside.write("preparing a test", h -> h.execute(statement));
    }
  }

  private void column(String type, String literal) {
    execute(
        "CREATE TABLE base ([PMI ID_HP] CHAR(12), v " + type + " NULL, n " + type + " NULL)",
        "INSERT INTO base VALUES ('p000000001', " + literal + ", NULL)");
  }

  private SourceRow only() {
    SourceQuery query =
        new SourceQuery(
            "PMI ID_HP",
            List.of("v", "n"),
            "PMI ID",
            List.of(),
            (contact, journey) -> ParticipantStatus.ACTIVE);
    try (Cursor<SourceEntry> entries = source.read(query)) {
      SourceEntry entry = entries.next();
      assertThat(entries.hasNext()).isFalse();
      return ((SourceEntry.Found) entry).participant().contact();
    }
  }

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of("CHAR(6)", "'ab'", "ab    "),
        Arguments.of("VARCHAR(10)", "'naïve'", "naïve"),
        Arguments.of("VARCHAR(MAX)", "'long'", "long"),
        Arguments.of("NCHAR(3)", "N'東京'", "東京 "),
        Arguments.of("NVARCHAR(10)", "N'東京 😀'", "東京 😀"),
        Arguments.of("NVARCHAR(MAX)", "N'long'", "long"),
        Arguments.of("TEXT", "'old'", "old"),
        Arguments.of("NTEXT", "N'old'", "old"),
        Arguments.of("XML", "'<a/>'", "<a/>"),
        Arguments.of("BIT", "1", true),
        Arguments.of("BIT", "0", false),
        Arguments.of("TINYINT", "255", 255L),
        Arguments.of("SMALLINT", "-32768", -32768L),
        Arguments.of("INT", "-2147483648", -2147483648L),
        Arguments.of("BIGINT", "9007199254740993", 9007199254740993L),
        Arguments.of("DECIMAL(38, 10)", "-0.0000000001", new BigDecimal("-0.0000000001")),
        Arguments.of("NUMERIC(5, 2)", "1.50", new BigDecimal("1.50")),
        Arguments.of("MONEY", "1.50", new BigDecimal("1.5000")),
        Arguments.of("SMALLMONEY", "-1.50", new BigDecimal("-1.5000")),
        Arguments.of("REAL", "0.1", new BigDecimal("0.1")),
        Arguments.of("FLOAT", "0.1", new BigDecimal("0.1")),
        Arguments.of("DATE", "'1900-01-01'", LocalDate.of(1900, 1, 1)),
        Arguments.of(
            "DATETIME",
            "'2026-03-08T02:30:00.123'",
            LocalDateTime.parse("2026-03-08T02:30:00.123")),
        Arguments.of(
            "SMALLDATETIME", "'2026-03-08T02:30:00'", LocalDateTime.parse("2026-03-08T02:30")),
        Arguments.of(
            "DATETIME2",
            "'2026-03-08T02:30:00.1234567'",
            LocalDateTime.parse("2026-03-08T02:30:00.123456700")),
        Arguments.of(
            "DATETIME2(0)", "'1883-11-18T12:03:57'", LocalDateTime.parse("1883-11-18T12:03:57")),
        Arguments.of(
            "DATETIMEOFFSET",
            "'2026-01-01T20:00:00-05:00'",
            OffsetDateTime.parse("2026-01-01T20:00:00-05:00")));
  }

  @ParameterizedTest
  @MethodSource("types")
  void read_type_givesItsValue_inWhateverZone(String type, String literal, Object expected) {
    column(type, literal);
    for (String id : List.of("America/New_York", "UTC")) {
      TimeZone.setDefault(TimeZone.getTimeZone(id));
      SourceRow row = only();
      assertThat(row.value("v")).as(id).contains(expected);
      assertThat(row.value("n")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void figures_ofType_areCounted(String type, String literal, Object expected) {
    column(type, literal);
    SourceColumns.Type known =
        source.columns(SourceRelation.CONTACTS).columns().stream()
            .filter(c -> c.name().equals("v"))
            .findFirst()
            .orElseThrow()
            .type();
    assertThat(known).isNotEqualTo(SourceColumns.Type.OTHER);
    assertThat(source.values(SourceRelation.CONTACTS, "v", 10))
        .singleElement()
        .extracting(ValueCount::rows)
        .isEqualTo(1L);
    if (known == SourceColumns.Type.TEXT) {
      assertThat(source.longest(SourceRelation.CONTACTS, List.of("v")))
          .containsEntry("v", (long) ((String) expected).stripTrailing().length());
    }
  }

  /** The stand-in's LEN counts code points, as SQL Server's does where a collation has _SC. */
  @Test
  void longest_countsAsAFieldOfSalesforceDoes() {
    column("NVARCHAR(20)", "N'a\uD83D\uDE00\uD83D\uDE00  '");

    assertThat(source.longest(SourceRelation.CONTACTS, List.of("v"))).containsEntry("v", 5L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VARBINARY(10)", "TIME"})
  void read_everyOtherType_isAnError(String type) {
    execute("CREATE TABLE base ([PMI ID_HP] NVARCHAR(20), v " + type + ", n INT)");

    assertThatThrownBy(this::only)
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("column v");
  }

  @Test
  void read_uniqueIdentifier_isText() {
    column("UNIQUEIDENTIFIER", "'0e984725-c51c-4bf4-9960-e1c80e27aba0'");
    assertThat(only().value("v")).contains("0E984725-C51C-4BF4-9960-E1C80E27ABA0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Moved?",
        "a:b {fn x}",
        "it's",
        "say \"so\"",
        "x]y",
        "-- no",
        "/* no",
        "Order",
        "Größe"
      })
  void names_thatTheDriverOrJdbcWouldTakeForMore_areOnlyNames(String name) {
    String quoted = "[" + name.replace("]", "]]") + "]";
    execute("CREATE TABLE base ([PMI ID_HP] NVARCHAR(20), n INT)");
    try (var connection = DriverManager.getConnection(server.jdbcUrl(), "dba", "invented");
        var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("ALTER TABLE base ADD " + quoted + " NVARCHAR(10)");
      statement.execute("INSERT INTO base VALUES (N'P000000001', 1, N'seen')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }

    assertThat(source.columns(SourceRelation.CONTACTS).names())
        .containsExactly("PMI ID_HP", "n", name);
    assertThat(source.values(SourceRelation.CONTACTS, name, 10))
        .singleElement()
        .extracting(ValueCount::text)
        .isEqualTo("seen");
    assertThat(source.longest(SourceRelation.CONTACTS, List.of(name))).containsEntry(name, 4L);
    SourceQuery query =
        new SourceQuery(
            "PMI ID_HP", List.of(name), "PMI ID", List.of(), (c, j) -> ParticipantStatus.ACTIVE);
    try (Cursor<SourceEntry> entries = source.read(query)) {
      SourceEntry.Found found = (SourceEntry.Found) entries.next();
      assertThat(found.participant().contact().value(name)).contains("seen");
    }
    assertThat(source.find(query, TestParticipants.pmiId(1))).isPresent();
    assertThat(source.find(query, TestParticipants.pmiId(2))).isEmpty();
  }

  @Test
  void read_manyRows_comeInTheirOrder_thoughTheClientIsSlow() {
    execute("CREATE TABLE base ([PMI ID_HP] NVARCHAR(20), v NVARCHAR(MAX), n INT)");
    int unused =
        beside.write(
            "filling",
            handle -> {
              var batch = handle.prepareBatch("INSERT INTO base VALUES (?, ?, ?)");
              for (int n = 3_000; n > 0; n--) {
                batch.add("P%09d".formatted(n), "x".repeat(500), n);
              }
              return batch.execute().length;
            });
    SourceQuery query =
        new SourceQuery(
            "PMI ID_HP",
            List.of("v", "n"),
            "PMI ID",
            List.of(),
            (c, j) -> ParticipantStatus.ACTIVE);
    try (Cursor<SourceEntry> entries = source.read(query)) {
      for (long n = 1; n <= 3_000; n++) {
        SourceEntry.Found found = (SourceEntry.Found) entries.next();
        assertThat(found.participant().contact().value("n")).contains(n);
      }
      assertThat(entries.hasNext()).isFalse();
    }
    assertThat(source.counts().contacts()).isEqualTo(3_000);
  }

  /** The driver reads all that is left before it closes, unless it is told to cancel. */
  @Test
  void cursor_closedEarly_doesNotReadTheRest_andItsConnectionIsGood() throws SQLException {
    execute("CREATE TABLE base ([PMI ID_HP] NVARCHAR(20), v NVARCHAR(200), n INT)");
    try (var connection = DriverManager.getConnection(server.h2Url());
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO dbo.base SELECT 'P0' || (10000000 + X), REPEAT('x', 200), X FROM"
              + " SYSTEM_RANGE(1, 100000)");
    }
    SourceQuery query =
        new SourceQuery(
            "PMI ID_HP",
            List.of("v", "n"),
            "PMI ID",
            List.of(),
            (c, j) -> ParticipantStatus.ACTIVE);
    long before = server.rowsSent();
    for (int i = 0; i < 3; i++) {
      try (Cursor<SourceEntry> entries = source.read(query)) {
        assertThat(entries.next()).isInstanceOf(SourceEntry.Found.class);
      }
    }
    assertThat(server.rowsSent() - before).isLessThan(150_000);
    assertThat(source.counts().contacts()).isEqualTo(100_000);
  }
}
