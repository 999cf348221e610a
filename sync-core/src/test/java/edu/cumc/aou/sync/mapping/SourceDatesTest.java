package edu.cumc.aou.sync.mapping;

import static edu.cumc.aou.sync.mapping.MappingFixtures.field;
import static edu.cumc.aou.sync.mapping.MappingFixtures.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The local zone is New York throughout; points in time are of UTC unless a test says another. */
class SourceDatesTest {

  private static final FieldInfo DATE = field("F", FieldKind.DATE, 0);
  private static final FieldInfo TIME = field("F", FieldKind.DATETIME, 0);

  private static String read(ZoneId zone, String kind, FieldInfo info, Object cell) {
    BoundField bound =
        MappingFixtures.bindIn(zone, "transform = date, source-kind = " + kind, info);
    return outcome(bound.read(MappingFixtures.row(cell), MappingFixtures.TODAY));
  }

  private static String read(String kind, Object cell) {
    return read(ZoneOffset.UTC, kind, DATE, cell);
  }

  /** As ISO 8601, SQL Server's styles and HealthPro write one day, or one time of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-05",
        "2024-1-5",
        "2024/01/05",
        "2024.01.05",
        "20240105",
        "1/5/2024",
        "01/05/2024",
        "Jan  5 2024",
        "Jan 05, 2024",
        "January 5, 2024",
        "05 Jan 2024",
        "5-JAN-2024",
        "2024-01-05T21:14:05",
        "2024-01-05 21:14",
        "2024-01-05 21:14:05.1234567",
        "20240105 21:14:05",
        "Jan  5 2024 12:00AM",
        "Jan  5 2024  9:14PM",
        "Jan  5 2024  9:14:05:123PM",
        "05 Jan 2024 21:14:05:123",
        "1/5/2024 1:05 am",
        "01/05/2024 21:14",
        "1/5/2024 9:14:05 PM",
        "1/5/2024 9:14\u202FPM",
        "1/5/2024, 9:14:05 PM",
        "1/5/2024 12:00 am",
        "\u00A01/5/2024 12:59 a.m.\u200B",
      })
  void day_thatIsWritten_isTheDay(String text) {
    assertThat(read("local", text)).isEqualTo("2024-01-05");
    assertThat(read("day", text)).isEqualTo("2024-01-05");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-05T23:30:00-05:00, 2024-01-05",
    "2024-01-05 23:30 -05:00, 2024-01-05",
    "2024-01-05 23:30:00.0000000 -05:00, 2024-01-05",
    "2024-01-05T23:30:00-0500, 2024-01-05",
    "2024-01-05T23:30:00-05, 2024-01-05",
    "2024-01-06T04:30:00Z, 2024-01-05",
    "2024-01-06T04:30:00+00:00, 2024-01-05",
    "2024-01-06T04:30:00.000+0000, 2024-01-05",
    "2024-01-06 04:30:00 UTC, 2024-01-05",
    "Jan  6 2024  4:30AM +00:00, 2024-01-05",
    "2024-01-06T05:00:00Z, 2024-01-06",
    "2024-01-06T00:00:00Z, 2024-01-05",
  })
  void textWithAZoneOfItsOwn_isAPointInTime_unlessTheFieldHoldsDays(String text, String day) {
    assertThat(read("local", text)).isEqualTo(day);
    assertThat(read("instant", text)).isEqualTo(day);
    assertThat(read(ZoneId.of("Asia/Tokyo"), "instant", DATE, text)).isEqualTo(day);
    String written = text.startsWith("Jan") ? "2024-01-06" : text.substring(0, 10);
    assertThat(read("day", text)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1/5/24",
        "05.01.2024",
        "05-01-2024",
        "2024-02-30",
        "2024-13-01",
        "240105",
        "202401051",
        "45296",
        "2024-01-05 24:00",
        "2024-01-05 21:60",
        "2024-01-05 9:14:61",
        "1/5/2024 13:05 pm",
        "1/5/2024 0:05 am",
        "2024-01-05T21:14:05 CST",
        "2024-01-05T21:14+99:00",
        "2024-01-05T21:14:05.1234567890",
        "2024-01-0521:14",
        "2024-01-05 and more",
        "Janet 5 2024",
        "Jan 5",
        "5 Jan",
        "soon",
        "2024",
        "-",
      })
  void whatIsNoDay_orMayBeReadInTwoWays_isRefused(String text) {
    assertThat(read("local", text)).isEqualTo("refused:not-a-date");
    assertThat(read("instant", text)).isEqualTo("refused:not-a-date");
    assertThat(read("day", text)).isEqualTo("refused:not-a-date");
  }

  @ParameterizedTest
  @CsvSource({
    "13/01/2024, day-before-month",
    "31/12/2024 21:14, day-before-month",
    "13/1/2024, day-before-month",
    "32/01/2024, not-a-date",
    "13/13/2024, not-a-date",
    "13/0/2024, not-a-date",
    "13/01/24, not-a-date",
    "12/32/2024, not-a-date",
  })
  void dayInFiguresWhoseFirstIsNoMonth_isRefusedByItsOwnRule(String text, String rule) {
    assertThat(read("local", text)).isEqualTo("refused:" + rule);
    assertThat(read("instant", text)).isEqualTo("refused:" + rule);
  }

  @ParameterizedTest
  @CsvSource({
    "1960-07-04T00:00, 1960-07-04, 1960-07-04, 1960-07-04",
    "2025-06-15T03:59:59, 2025-06-14, 2025-06-15, 2025-06-15",
    "2025-06-15T04:00, 2025-06-15, 2025-06-15, 2025-06-15",
    "2025-12-15T04:59, 2025-12-14, 2025-12-15, 2025-12-15",
    "2025-01-01T03:30, 2024-12-31, 2025-01-01, 2025-01-01",
    "2025-03-09T02:30, 2025-03-08, 2025-03-09, 2025-03-09",
    "2025-11-02T05:30, 2025-11-02, 2025-11-02, 2025-11-02",
    "1900-01-01T00:00, '', '', ''",
    "1900-01-01T17:00, '', '', ''",
    "0001-01-01T00:00, refused:implausible-date, refused:implausible-date, refused:implausible-date",
  })
  void timeWithoutAZone_isWhatTheFieldSays(
      LocalDateTime time, String instant, String local, String day) {
    assertThat(read("instant", time)).isEqualTo(instant);
    assertThat(read("local", time)).isEqualTo(local);
    assertThat(read("day", time)).isEqualTo(day);
    assertThat(read("instant", time.toString())).as("as text").isEqualTo(instant);
    assertThat(read("local", time.toString())).as("as text").isEqualTo(local);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-05T23:30-05:00, 2024-01-05, 2024-01-05",
    "2024-01-06T04:30Z, 2024-01-05, 2024-01-06",
    "2024-01-06T13:30+09:00, 2024-01-05, 2024-01-06",
    "1960-07-04T00:00Z, 1960-07-03, 1960-07-04",
    "1900-01-01T00:00Z, '', ''",
  })
  void timeWithAZone_keepsIt(OffsetDateTime time, String elsewhere, String day) {
    for (ZoneId zone : List.of(ZoneOffset.UTC, ZoneId.of("Asia/Tokyo"))) {
      assertThat(read(zone, "local", DATE, time)).isEqualTo(elsewhere);
      assertThat(read(zone, "instant", DATE, time)).isEqualTo(elsewhere);
      assertThat(read(zone, "day", DATE, time)).isEqualTo(day);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-15T23:59, instant, 2025-06-15T23:59:00Z",
    "2025-06-15T23:59, local, 2025-06-16T03:59:00Z",
    "2025-06-15T23:59, day, 2025-06-15T04:00:00Z",
    "2025-06-15T00:00, instant, 2025-06-15T04:00:00Z",
    "2025-06-15T00:00, local, 2025-06-15T04:00:00Z",
    "2025-03-09T02:30, local, 2025-03-09T07:30:00Z",
    "2025-06-15T12:00:00.123456, instant, 2025-06-15T12:00:00Z",
    "1900-01-01T00:00, local, ''",
  })
  void fieldOfPointsInTime_getsThePointInTime(LocalDateTime time, String kind, String expected) {
    assertThat(read(ZoneOffset.UTC, kind, TIME, time)).isEqualTo(expected);
    assertThat(read(ZoneOffset.UTC, kind, TIME, time.toString())).isEqualTo(expected);
  }

  @Test
  void fieldOfPointsInTime_getsADayAsItsMidnight_andAZoneAsItIs() {
    assertThat(read(ZoneOffset.UTC, "instant", TIME, LocalDate.of(2025, 12, 15)))
        .isEqualTo("2025-12-15T05:00:00Z");
    assertThat(read(ZoneOffset.UTC, "local", TIME, OffsetDateTime.parse("2024-01-05T23:30-05:00")))
        .isEqualTo("2024-01-06T04:30:00Z");
  }

  @Test
  void timeInAGapOfTheSourceZone_isTakenAnHourLater() {
    assertThat(read(MappingFixtures.NEW_YORK, "instant", TIME, LocalDateTime.of(2025, 3, 9, 2, 30)))
        .isEqualTo("2025-03-09T07:30:00Z");
  }

  @Property(tries = 500, seed = "1")
  void day_neverMoves(@ForAll int offset) {
    LocalDate day = LocalDate.of(1990, 1, 1).plusDays(Math.floorMod(offset, 12_000));
    for (ZoneId zone :
        List.of(ZoneOffset.UTC, ZoneId.of("Pacific/Honolulu"), ZoneId.of("Asia/Tokyo"))) {
      for (String kind : List.of("instant", "local", "day")) {
        assertThat(read(zone, kind, DATE, day)).isEqualTo(day.toString());
        assertThat(read(zone, kind, DATE, day.atStartOfDay())).isEqualTo(day.toString());
        assertThat(read(zone, kind, DATE, day + " 00:00:00")).isEqualTo(day.toString());
      }
    }
  }

  @Property(tries = 3000, seed = "1")
  void anyText_isReadOrRefused(@ForAll String text) {
    assertThat(read("local", text)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Birthdate, c, DAY",
    "HP_Date_of_Birth__c, c, DAY",
    "HP_DOB__c, c, DAY",
    "F, Date of Birth_HP, DAY",
    "F, DOB, DAY",
    "HP_EHR_Consent_Date__c, EHR Consent Date, LOCAL",
    "Adobe_Date__c, Adobe Date, LOCAL",
  })
  void kind_unlessItIsSaid(String field, String column, SourceKind expected) {
    assertThat(SourceKind.usual(field, List.of(column))).isEqualTo(expected);
  }
}
