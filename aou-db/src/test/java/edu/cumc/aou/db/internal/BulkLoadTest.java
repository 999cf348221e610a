package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.db.testing.TdsColumn;
import edu.cumc.aou.db.testing.TdsLoad;
import edu.cumc.aou.db.testing.TdsServer;
import edu.cumc.aou.db.testing.TdsType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQL Server's own driver makes of our rows, byte by byte, and how H2 gets the same. */
class BulkLoadTest {

  private static final List<Column> COLUMNS =
      List.of(
          Column.number("seq"),
          Column.text("contact_id", 18),
          Column.longText("fields"),
          Column.time("modstamp"),
          Column.smallNumber("is_gone"));

  /** The table has its columns in another order, as a migration leaves them. */
  private static final List<TdsColumn> TABLE =
      List.of(
          new TdsColumn("contact_id", TdsType.nvarchar(18), true),
          new TdsColumn("fields", TdsType.nvarchar(-1), false),
          new TdsColumn("modstamp", TdsType.datetime2(6), true),
          new TdsColumn("is_gone", TdsType.integer(2), false),
          new TdsColumn("seq", TdsType.integer(8), false));

  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void restoreZone() {
    TimeZone.setDefault(zone);
  }

  private static TdsServer server(ToIntFunction<String> errors) {
    return TdsServer.loading(
        errors,
        sql -> {
          if (sql.contains("FMTONLY")) {
            return TABLE;
          }
          return sql.contains("collation_name")
              ? List.of(
                  new TdsColumn("collation_name", TdsType.nvarchar(128), true),
                  new TdsColumn("is_computed", TdsType.integer(2), false))
              : null;
        });
  }

  private static Database database(TdsServer tds) {
    return Database.open(
        DatabaseSettings.of(
                "jdbc:sqlserver://localhost:" + tds.port() + ";connectRetryCount=0;encrypt=false")
            .withLogin("writer", DatabaseSecret.of("invented"))
            .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5)),
        next -> {});
  }

  private static void load(Database database, Iterator<List<@Nullable Object>> rows) {
    boolean unused =
        database.write(
            "staging",
            handle -> {
              database.load(handle, new Load("[dbo].[contact_staging]", COLUMNS, rows));
              return true;
            });
  }

  private static List<@Nullable Object> row(
      long seq, @Nullable String id, String fields, @Nullable LocalDateTime time, int gone) {
    return Arrays.asList(seq, id, fields, time, gone);
  }

  @Test
  void rows_keepTypesOrderAndWhatIsMissing() {
    String fields = "{\"LastName\":\"Žižek 李 😀 O'Neil\",\"Email\":\"\"}";
    try (TdsServer tds = server(sql -> 0);
        Database database = database(tds)) {
      load(
          database,
          List.of(
                  row(1, "003000000000001AAA", fields, LocalDateTime.parse("2026-01-05T10:00"), 0),
                  row(2, null, "{}", null, 1),
                  row(Long.MAX_VALUE, "", "", LocalDateTime.parse("9999-12-31T23:59:59"), 0))
              .iterator());

      assertThat(tds.loads()).hasSize(1);
      TdsLoad load = TdsLoad.of(tds.loads().get(0));
      assertThat(load.columnWords())
          .containsExactly(
              "seq int64",
              "contact_id nvarchar(18)",
              "fields nvarchar(max)",
              "modstamp datetimeoffset(6)",
              "is_gone int16");
      assertThat(load.rows())
          .containsExactly(
              Arrays.asList(
                  1L,
                  "003000000000001AAA",
                  fields,
                  LocalDateTime.parse("2026-01-05T10:00").atOffset(ZoneOffset.UTC),
                  0L),
              Arrays.asList(2L, null, "{}", null, 1L),
              Arrays.asList(
                  Long.MAX_VALUE,
                  "",
                  "",
                  LocalDateTime.parse("9999-12-31T23:59:59").atOffset(ZoneOffset.UTC),
                  0L));
      assertThat(tds.statements())
          .anySatisfy(
              sql ->
                  assertThat(sql)
                      .contains("insert bulk [dbo].[contact_staging]")
                      .contains("[fields] nvarchar(max)")
                      .contains("check_constraints")
                      .contains("keep_nulls"));
    }
  }

  /** The hour that New York leaves out, the one it has twice, and times before there were zones. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-08T02:30:00.123456",
        "2026-11-01T01:30:00.000001",
        "2026-11-01T05:59:59.999999",
        "2026-12-31T23:59:59.999",
        "1883-11-18T12:03:57",
        "1900-01-01T00:00",
        "1700-01-01T00:00"
      })
  void times_comeRound_inWhateverZoneThisProcessIs(String text) {
    LocalDateTime time = LocalDateTime.parse(text);
    for (String id : List.of("America/New_York", "Australia/Lord_Howe", "UTC")) {
      TimeZone.setDefault(TimeZone.getTimeZone(id));
      try (TdsServer tds = server(sql -> 0);
          Database database = database(tds)) {
        load(database, List.of(row(1, "a", "{}", time, 0)).iterator());

        assertThat(TdsLoad.of(tds.loads().get(0)).rows().get(0).get(3))
            .as(id)
            .isEqualTo(time.atOffset(ZoneOffset.UTC));
      }
    }
  }

  @Test
  void texts_longerThanAPacket_comeWhole() {
    String fields = "{\"Note\":\"" + "0123456789".repeat(3_000) + "\"}";
    try (TdsServer tds = server(sql -> 0);
        Database database = database(tds)) {
      load(
          database, Stream.of(row(1, "a", fields, null, 0), row(2, "b", "{}", null, 0)).iterator());

      assertThat(TdsLoad.of(tds.loads().get(0)).rows())
          .extracting(row -> row.get(2))
          .containsExactly(fields, "{}");
    }
  }

  @Test
  void rows_areTakenOneByOne() {
    AtomicInteger taken = new AtomicInteger();
    BulkCopyRows rows =
        new BulkCopyRows(
            new Load(
                "t",
                COLUMNS,
                IntStream.range(0, 3)
                    .peek(n -> taken.incrementAndGet())
                    .mapToObj(n -> row(n, "a", "{}", null, 0))
                    .iterator()));
    for (int n = 0; n < 3; n++) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getRowData()[0]).isEqualTo((long) n);
      assertThat(taken).hasValue(n + 1);
    }
    assertThat(rows.next()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1205, 3960, 1222})
  void load_thatMetAPassingFailure_isRepeatedWhole(int number) {
    AtomicInteger count = new AtomicInteger();
    List<List<@Nullable Object>> rows =
        List.of(row(1, "a", "{}", null, 0), row(2, "b", "{}", null, 1));
    try (TdsServer tds =
            server(
                sql -> sql.contains("INSERT BULK") && count.incrementAndGet() == 1 ? number : 0);
        Database database = database(tds)) {
      boolean unused =
          database.write(
              "staging",
              handle -> {
                database.load(handle, new Load("[dbo].[s]", COLUMNS, rows.iterator()));
                return true;
              });

      assertThat(tds.loads()).hasSize(1);
      assertThat(TdsLoad.of(tds.loads().get(0)).rows()).hasSize(2);
      assertThat(tds.statements()).filteredOn(s -> s.contains("rollback")).hasSize(1);
    }
  }

  @Test
  void load_refused_saysTheNumberAndNoKey() {
    try (TdsServer tds = server(sql -> sql.contains("INSERT BULK") ? 2627 : 0);
        Database database = database(tds)) {
      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () -> load(database, List.of(row(1, "a", "{}", null, 0)).iterator()));

      assertThat(thrown.kind()).isEqualTo(Kind.DUPLICATE);
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text, true));
      assertThat(text.toString()).contains("2627").doesNotContain("P012345678");
    }
  }

  @Test
  void h2_getsTheSameByBatches() {
    DatabaseSettings settings = DatabaseSettings.of("jdbc:h2:mem:bulk_load");
    List<List<@Nullable Object>> rows =
        IntStream.range(0, 1_234)
            .mapToObj(
                n ->
                    row(
                        n,
                        n % 3 == 0 ? null : "id" + n,
                        "{}",
                        n % 5 == 0 ? null : LocalDateTime.parse("2026-03-08T02:30:00.123456"),
                        n % 2))
            .toList();
    try (Database database = Database.open(settings)) {
      List<List<@Nullable Object>> read =
          database.write(
              "loading",
              handle -> {
                handle.execute(
                    "CREATE TABLE t (contact_id NVARCHAR(18), fields NVARCHAR(MAX) NOT NULL, modstamp TIMESTAMP(6),"
                        + " is_gone SMALLINT NOT NULL, seq BIGINT NOT NULL)");
                database.load(handle, new Load("t", COLUMNS, rows.iterator()));
                return handle
                    .createQuery(
                        "SELECT seq, contact_id, fields, modstamp, is_gone FROM t ORDER BY seq")
                    .map(
                        (row, context) ->
                            row(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, LocalDateTime.class),
                                row.getInt(5)))
                    .list();
              });
      assertThat(read).isEqualTo(rows);
    }
  }
}
