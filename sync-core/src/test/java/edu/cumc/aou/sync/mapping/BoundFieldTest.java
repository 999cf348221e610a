package edu.cumc.aou.sync.mapping;

import static edu.cumc.aou.sync.mapping.MappingFixtures.bind;
import static edu.cumc.aou.sync.mapping.MappingFixtures.field;
import static edu.cumc.aou.sync.mapping.MappingFixtures.object;
import static edu.cumc.aou.sync.mapping.MappingFixtures.outcome;
import static edu.cumc.aou.sync.mapping.MappingFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SourceRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundFieldTest {

  private static final FieldInfo TEXT_40 = field("F", FieldKind.TEXT, 40);
  private static final FieldInfo DATE = field("F", FieldKind.DATE, 0);
  private static final FieldInfo EMAIL = field("F", FieldKind.EMAIL, 80);

  @ParameterizedTest
  @CsvSource({
    "0, BOOLEAN, false",
    "1, BOOLEAN, true",
    "2, BOOLEAN, refused:flag-not-sure",
    "0, NUMBER, 0",
    "1, NUMBER, 1",
    "2, NUMBER, 2",
    "0, TEXT, 0",
    "2, TEXT, 2",
    "1, PICKLIST, 1",
    "2, PICKLIST, refused:not-in-picklist",
    "' 1', TEXT, 1",
    "1.0, TEXT, 1",
    "Y, TEXT, refused:not-a-flag",
    "true, BOOLEAN, true",
    "FALSE, BOOLEAN, false",
    "true, TEXT, 1",
    "False, NUMBER, 0",
    "-1, NUMBER, refused:not-a-flag",
    "3, PICKLIST, refused:not-a-flag",
    "'', BOOLEAN, ''",
    "'', NUMBER, ''",
  })
  void read_flag_isWrittenAsTheKindNeedsIt(String source, FieldKind kind, String expected) {
    FieldInfo info =
        kind == FieldKind.PICKLIST ? field("F", kind, 255, "0", "1") : field("F", kind, 10);
    assertThat(outcome(read("transform = flag", info, source))).isEqualTo(expected);
  }

  @Test
  void read_flagOfABitColumn_isZeroOrOne() {
    assertThat(outcome(read("transform = flag", TEXT_40, true))).isEqualTo("1");
    assertThat(outcome(read("transform = flag", field("F", FieldKind.BOOLEAN, 0), false)))
        .isEqualTo("false");
    assertThat(outcome(read("transform = flag", TEXT_40, new BigDecimal("2.00")))).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({
    "NY, NEW YORK",
    "ny, NEW YORK",
    "New York, NEW YORK",
    "New  York, NEW YORK",
    "AK, ALASKA",
    "PW, PALAU",
    "PR, PUERTO RICO",
    "AE, ARMED FORCES EUROPE",
    "VI, VIRGIN ISLANDS",
    "'', ''",
    "XX, refused:unknown-state",
    "UNSET, refused:unknown-state",
  })
  void read_state_isItsUpperCaseName(String source, String expected) {
    assertThat(outcome(read("transform = us-state", TEXT_40, source))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-02-29, 2020-02-29",
    "7/23/2019, 2019-07-23",
    "07/03/1961, 1961-07-03",
    "7/23/2019 5:04 pm, 2019-07-23",
    "2020-01-01T03:30:00, 2019-12-31",
    "2020-01-01 03:30:00.0000000, 2019-12-31",
    "2020-01-01T03:30:00Z, 2019-12-31",
    "1900-01-01, ''",
    "'', ''",
    "2019-02-29, refused:not-a-date",
    "soon, refused:not-a-date",
    "0001-01-01, refused:implausible-date",
    "9999-12-31, refused:implausible-date",
  })
  void read_dateFromText(String source, String expected) {
    assertThat(outcome(read("transform = date", DATE, source))).isEqualTo(expected);
  }

  @Test
  void read_pointInTime_isItsDayInTheLocalZone() {
    assertThat(outcome(read("transform = date", DATE, LocalDateTime.of(2020, 1, 1, 3, 30))))
        .isEqualTo("2019-12-31");
    assertThat(outcome(read("transform = date", DATE, LocalDateTime.of(2020, 7, 1, 3, 59))))
        .isEqualTo("2020-06-30");
    assertThat(outcome(read("transform = date", DATE, LocalDateTime.of(2020, 7, 1, 4, 0))))
        .isEqualTo("2020-07-01");
    assertThat(outcome(read("transform = date", DATE, LocalDateTime.of(1900, 1, 1, 0, 0))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-15T00:00:00, 2025-06-14, 2025-06-15T00:00:00Z",
    "2025-06-15T23:59:00, 2025-06-15, 2025-06-15T23:59:00Z",
    "2025-03-09T02:30:00, 2025-03-08, 2025-03-09T02:30:00Z",
    "2025-11-02T05:30:00, 2025-11-02, 2025-11-02T05:30:00Z",
    "2025-06-15, 2025-06-15, 2025-06-15T04:00:00Z",
    "2025-12-15, 2025-12-15, 2025-12-15T05:00:00Z",
    "2025-06-15T12:00:00.123456, 2025-06-15, 2025-06-15T12:00:00Z",
    "7/23/2019 5:04 pm, 2019-07-23, 2019-07-23T17:04:00Z",
    "1900-01-01, '', ''",
    "1900-01-01T00:00:00, '', ''",
    "0001-01-01, refused:implausible-date, refused:implausible-date",
    "soon, refused:not-a-date, refused:not-a-date",
  })
  void read_date_isADayOrAPointInTime_asTheFieldNeedsIt(
      String source, String day, String pointInTime) {
    FieldInfo time = field("F", FieldKind.DATETIME, 0);
    assertThat(outcome(read("transform = date", DATE, source))).isEqualTo(day);
    assertThat(outcome(read("transform = date", time, source))).isEqualTo(pointInTime);
  }

  @Test
  void read_timeInAGapOfTheSourceZone_isTakenAnHourLater() {
    BoundField local =
        MappingFixtures.bindIn(
            MappingFixtures.NEW_YORK, "transform = date", field("F", FieldKind.DATETIME, 0));
    LocalDateTime gap = LocalDateTime.of(2025, 3, 9, 2, 30);
    assertThat(outcome(local.read(MappingFixtures.row(gap), MappingFixtures.TODAY)))
        .isEqualTo("2025-03-09T07:30:00Z");
  }

  @Test
  void read_textForATimeField_isRefusedUnlessItIsOne() {
    FieldInfo time = field("F", FieldKind.DATETIME, 0);
    assertThat(outcome(read("transform = text", time, "soon"))).isEqualTo("refused:not-a-datetime");
    assertThat(outcome(read("transform = text", time, "2022-03-17T12:21:26-04:00")))
        .isEqualTo("2022-03-17T16:21:26Z");
  }

  @Property(tries = 3000, seed = "1")
  void read_ofWhatWasSent_isTheSame(
      @ForAll Transform transform, @ForAll FieldKind kind, @ForAll("raw") String raw) {
    // an id in lower case is another id: nobody maps one so
    Assume.that(transform != Transform.LOWER_CASE || kind != FieldKind.REFERENCE);
    FieldInfo info = field("F", kind, 255);
    String rule = "transform = " + ConfigSection.word(transform);
    if (read(rule, info, raw) instanceof Reading.Value sent) {
      FieldValue shown = Normaliser.canonical(kind, sent.value().text());
      assertThat(shown).as("as Salesforce shows it").isEqualTo(sent.value());
      assertThat(outcome(read(rule, info, sent.value().text()))).isEqualTo(sent.value().text());
    }
  }

  @Provide
  Arbitrary<String> raw() {
    Arbitrary<String> dirty =
        Arbitraries.of(
            "0",
            "1",
            "2",
            " 1",
            "1.0",
            "true",
            "FALSE",
            "Y",
            "NY",
            "New  York",
            "XX",
            "1900-01-01",
            "2020-02-29",
            "2020-01-01T03:30:00",
            "7/23/2019 5:04 pm",
            "a@b.co",
            "A@B.CO ",
            "b;a;b",
            "001000000000001",
            "\u00A0x\u200B",
            "Jose\u0301",
            "a\r\nb",
            "\uD83D",
            "1E400",
            "-0.00");
    return Arbitraries.oneOf(dirty, Arbitraries.strings().ofMaxLength(12));
  }

  @Test
  void read_dayAfterToday_isRefusedOnlyWhereItCannotBe() {
    LocalDate tomorrow = MappingFixtures.TODAY.plusDays(1);
    assertThat(outcome(read("transform = date, not-future = true", DATE, tomorrow)))
        .isEqualTo("refused:future-date");
    assertThat(outcome(read("transform = date, not-future = true", DATE, MappingFixtures.TODAY)))
        .isEqualTo("2026-01-05");
    assertThat(outcome(read("transform = date", DATE, tomorrow))).isEqualTo("2026-01-06");
  }

  @ParameterizedTest
  @CsvSource({
    "Jane.DOE@Example.org, jane.doe@example.org",
    "'', ''",
    "a@b.co, a@b.co",
    "o'brien+tag@example.org, o'brien+tag@example.org",
    "a@x.org;b@x.org, refused:invalid-email",
    "nobody, refused:invalid-email",
    "a@localhost, refused:invalid-email",
    "a@example.org., refused:invalid-email",
    "a..b@example.org, refused:invalid-email",
    "m\u00FCller@example.org, refused:invalid-email",
  })
  void read_email(String source, String expected) {
    assertThat(outcome(read("transform = lower-case", EMAIL, source))).isEqualTo(expected);
  }

  @Test
  void read_textLongerThanTheField_isRefused() {
    assertThat(outcome(read("transform = text", TEXT_40, "x".repeat(40)))).hasSize(40);
    assertThat(outcome(read("transform = text", TEXT_40, "x".repeat(41))))
        .isEqualTo("refused:too-long");
    assertThat(outcome(read("transform = text", TEXT_40, " " + "x".repeat(40) + "  "))).hasSize(40);
  }

  @Test
  void read_restrictedPicklist_takesItsOwnSpelling() {
    FieldInfo picklist = field("F", FieldKind.PICKLIST, 255, "Skip", "H/L/S and White");
    assertThat(outcome(read("transform = text", picklist, "H/L/S and White ")))
        .isEqualTo("H/L/S and White");
    assertThat(outcome(read("transform = text", picklist, "skip"))).isEqualTo("Skip");
    assertThat(outcome(read("transform = text", picklist, "Other")))
        .isEqualTo("refused:not-in-picklist");
  }

  @Test
  void read_twoLines_areJoinedByALineBreak() {
    BoundField street =
        bind(
                "F { columns = [a], second-line = [b] }",
                List.of("a", "b"),
                object(field("F", FieldKind.LONG_TEXT, 255)))
            .get(0);
    SourceRow.Header header = new SourceRow.Header(List.of("a", "b"));
    assertThat(
            outcome(
                street.read(new SourceRow(header, "1 Main St ", " Apt #3"), MappingFixtures.TODAY)))
        .isEqualTo("1 Main St\nApt #3");
    assertThat(outcome(street.read(new SourceRow(header, null, "Apt #3"), MappingFixtures.TODAY)))
        .isEqualTo("Apt #3");
    assertThat(outcome(street.read(new SourceRow(header, "1 Main St", ""), MappingFixtures.TODAY)))
        .isEqualTo("1 Main St");
  }

  @Test
  void read_zipOfANumberColumn_isPlainText() {
    assertThat(outcome(read("transform = text", TEXT_40, new BigDecimal("7030.00"))))
        .isEqualTo("7030");
    assertThat(outcome(read("transform = text", TEXT_40, 7030L))).isEqualTo("7030");
    assertThat(outcome(read("transform = text", TEXT_40, "07030"))).isEqualTo("07030");
  }

  @Test
  void seen_flagThatAnOlderProgramStoredWithADecimal_isTheFlag() {
    BoundField flag =
        bind("F { columns = [c], transform = flag }", List.of("c"), object(TEXT_40)).get(0);
    assertThat(flag.seen(new FieldValue("1.0"))).isEqualTo(new FieldValue("1"));
  }
}
