package edu.cumc.aou.db.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What H2 can show of the types and names that a view of a real site may have. */
class SourceTypesTest {

  private final DatabaseSettings settings = TestDatabases.h2();
  private Database beside;
  private SqlParticipantSource source;

  @BeforeEach
  void open() {
    beside = Database.open(settings);
    execute("CREATE SCHEMA dbo", "CREATE TABLE dbo.healthpro (\"PMI ID\" NVARCHAR(20))");
    source =
        SqlParticipantSource.open(
            new SourceConfig(
                settings, relation("dm_aou.dbo.base"), relation("dm_aou.dbo.healthpro"), null),
            "PMI ID_HP");
  }

  @AfterEach
  void close() {
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

  private Cursor<SourceEntry> read(String... columns) {
    return source.read(
        new SourceQuery(
            "PMI ID_HP",
            List.of(columns),
            "PMI ID",
            List.of(),
            (contact, journey) -> ParticipantStatus.ACTIVE));
  }

  private SourceRow only(String... columns) {
    try (Cursor<SourceEntry> entries = read(columns)) {
      SourceEntry entry = entries.next();
      assertThat(entries.hasNext()).isFalse();
      return ((SourceEntry.Found) entry).participant().contact();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHAR(6)                  | ab | ab    ",
        "NTEXT                    | long | long",
      })
  void read_textTypes_giveText(String type, String literal, String expected) {
    assertThat(valueOf(type, "'" + literal + "'").toString().strip()).isEqualTo(expected.strip());
  }

  @Test
  void read_uniqueIdentifier_isText_asSqlServerWritesIt() {
    assertThat(valueOf("UUID", "'0e984725-c51c-4bf4-9960-e1c80e27aba0'"))
        .isEqualTo("0E984725-C51C-4BF4-9960-E1C80E27ABA0");
  }

  @Test
  void read_numberTypes_giveNumbers() {
    assertThat(valueOf("TINYINT", "7")).isEqualTo(7L);
    assertThat(valueOf("SMALLINT", "7")).isEqualTo(7L);
    assertThat(valueOf("INT", "-2147483648")).isEqualTo(-2147483648L);
    assertThat(valueOf("DECIMAL(38, 10)", "-0.0000000001"))
        .isEqualTo(new BigDecimal("-0.0000000001"));
    assertThat(valueOf("BIGINT", "9007199254740993")).isEqualTo(9007199254740993L);
    assertThat(valueOf("REAL", "0.1")).isEqualTo(new BigDecimal("0.1"));
    assertThat(valueOf("FLOAT", "0.1")).isEqualTo(new BigDecimal("0.1"));
    assertThat(valueOf("DECIMAL(5, 2)", "1.50")).isEqualTo(new BigDecimal("1.50"));
  }

  @Test
  void read_bits_giveTrueAndFalse() {
    assertThat(valueOf("BIT", "1")).isEqualTo(true);
    assertThat(valueOf("BIT", "0")).isEqualTo(false);
  }

  @Test
  void read_textOfAnyAlphabet_isWhole() {
    assertThat(valueOf("NVARCHAR(40)", "'Ærøskøbing 東京 \uD83D\uDE00 e\u0301'"))
        .isEqualTo("Ærøskøbing 東京 \uD83D\uDE00 e\u0301");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VARBINARY(10)", "TIME", "JSON", "INTEGER ARRAY"})
  void read_everyOtherType_isAnError(String type) {
    execute("CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20), v " + type + ")");

    assertThatThrownBy(() -> read("v"))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("column v");
  }

  @Test
  void read_timeTypes_giveDaysAndTimes() {
    assertThat(valueOf("DATE", "'1900-01-01'")).isEqualTo(LocalDate.of(1900, 1, 1));
    assertThat(valueOf("DATETIME", "'2026-03-08 02:30:00'"))
        .isEqualTo(LocalDateTime.of(2026, 3, 8, 2, 30));
    assertThat(valueOf("DATETIME2", "'2026-03-08 02:30:00.1234567'"))
        .isEqualTo(LocalDateTime.of(2026, 3, 8, 2, 30, 0, 123_456_700));
    assertThat(valueOf("DATETIMEOFFSET", "'2026-01-01 20:00:00-05:00'"))
        .isEqualTo(OffsetDateTime.parse("2026-01-01T20:00:00-05:00"));
    assertThat(valueOf("TIMESTAMP WITH TIME ZONE", "'2026-01-01 20:00:00+09:00'"))
        .isEqualTo(OffsetDateTime.parse("2026-01-01T20:00:00+09:00"));
  }

  private Object valueOf(String type, String literal) {
    execute(
        "DROP TABLE IF EXISTS dbo.base",
        "CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20), v "
            + type
            + " NULL, n "
            + type
            + " NULL)",
        "INSERT INTO dbo.base VALUES ('P000000001', " + literal + ", NULL)");
    SourceRow row = only("v", "n");
    assertThat(row.value("n")).isEmpty();
    return row.value("v").orElseThrow();
  }

  @Test
  void read_typeThatIsNotUnderstood_namesTheColumn() {
    execute("CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20), \"Photo_HP\" VARBINARY(10))");

    assertThatThrownBy(() -> read("Photo_HP"))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("source.contacts")
        .hasMessageContaining("Photo_HP");
  }

  @Test
  void read_numberThatIsNone_namesTheColumn() {
    execute(
        "CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20), f FLOAT)",
        "INSERT INTO dbo.base VALUES ('P000000001', CAST('NaN' AS FLOAT))");

    assertThatThrownBy(() -> only("f"))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("column f");
  }

  @Test
  void read_missingColumns_namesAllOfThem() {
    execute("CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20), there INT)");

    assertThatThrownBy(() -> read("gone one", "there", "gone two"))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("source.contacts")
        .hasMessageContaining("gone one, gone two");
  }

  @Test
  void read_missingRelation_namesTheSetting() {
    assertThatThrownBy(() -> read())
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("source.contacts");
  }

  @Test
  void read_namesThatJdbcWouldTakeForMore_areOnlyNames() {
    execute(
        "CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20), \"Moved?\" INT, \"a:b {fn x}\" INT)",
        "INSERT INTO dbo.base VALUES ('P000000001', 1, 2)");

    assertThat(source.columns(SourceRelation.CONTACTS).names())
        .containsExactly("PMI ID_HP", "Moved?", "a:b {fn x}");
    SourceRow row = only("Moved?", "a:b {fn x}");
    assertThat(row.value("Moved?")).contains(1L);
    assertThat(row.value("a:b {fn x}")).contains(2L);
  }

  @Test
  void read_longTextThatBeginsLikeAKey_isRejectedAsAWhole() {
    execute(
        "CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(1000))",
        "INSERT INTO dbo.base VALUES ('P000000001' || SPACE(400) || 'X')");

    try (Cursor<SourceEntry> entries = read()) {
      assertThat(entries.next()).isInstanceOf(SourceEntry.Rejected.class);
    }
  }

  @Test
  void read_keyThatIsANumber_isReadAsText() {
    execute("CREATE TABLE dbo.base (\"PMI ID_HP\" INT)", "INSERT INTO dbo.base VALUES (7), (NULL)");

    try (Cursor<SourceEntry> entries = read()) {
      assertThat(entries.next()).isInstanceOf(SourceEntry.Rejected.class);
      assertThat(entries.hasNext()).isFalse();
    }
  }

  @Test
  void find_keyThatIsStoredWithBlanks_isFound() {
    execute(
        "CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20))",
        "INSERT INTO dbo.base VALUES (' p000000001'), ('P000000002')");

    SourceQuery query =
        new SourceQuery(
            "PMI ID_HP", List.of(), "PMI ID", List.of(), (c, j) -> ParticipantStatus.ACTIVE);
    assertThat(source.find(query, TestParticipants.pmiId(1))).isPresent();
    assertThat(source.find(query, TestParticipants.pmiId(3))).isEmpty();
  }
}
