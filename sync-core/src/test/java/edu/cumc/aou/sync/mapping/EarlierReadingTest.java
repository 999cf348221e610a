package edu.cumc.aou.sync.mapping;

import static edu.cumc.aou.sync.mapping.MappingFixtures.bind;
import static edu.cumc.aou.sync.mapping.MappingFixtures.field;
import static edu.cumc.aou.sync.mapping.MappingFixtures.object;
import static edu.cumc.aou.sync.mapping.MappingFixtures.row;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SourceRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change is a correction when the version before would have left the field as it is. */
class EarlierReadingTest {

  private static final FieldInfo TEXT = field("F", FieldKind.TEXT, 40);
  private static final FieldInfo DAY = field("F", FieldKind.DATE, 0);
  private static final FieldInfo TIME = field("F", FieldKind.DATETIME, 0);

  private static BoundField bound(String rule, FieldInfo info) {
    return bind("F { columns = [c], " + rule + " }", List.of("c"), object(info)).get(0);
  }

  private static boolean couldRead(String transform, FieldInfo info, Object cell) {
    return EarlierReading.couldRead(bound("transform = " + transform, info), row(cell));
  }

  private static boolean leaves(
      String transform, FieldInfo info, Object cell, String wanted, String shown) {
    return EarlierReading.leaves(
        bound("transform = " + transform, info),
        row(cell),
        new FieldValue(wanted),
        shown.isEmpty() ? FieldValue.BLANK : new FieldValue(shown));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05, true",
    "1/5/2026, true",
    "1/5/2026 5:04 pm, true",
    "2026-01-05T10:00:00, true",
    "2026-01-05T10:00:00Z, true",
    "2026-01-05 10:00:00, true",
    "'', true",
    "2026-01-05T10:00:00-05:00, false",
    "Jan 5 2026, false",
    "2/30/2026, false",
    "20260105, false"
  })
  void couldRead_daysInItsOwnForms(String text, boolean could) {
    assertThat(couldRead("date", DAY, text)).isEqualTo(could);
  }

  @Test
  void couldRead_daysAndTimesOfTheDatabase() {
    assertThat(couldRead("date", DAY, LocalDate.of(2026, 1, 5))).isTrue();
    assertThat(couldRead("date", DAY, OffsetDateTime.parse("2026-01-05T10:00:00-05:00"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "FALSE, true",
    "0, true",
    "1.0, true",
    "2, true",
    "3, false",
    "yes, false"
  })
  void couldRead_flagsByDigitOrWord(String text, boolean could) {
    assertThat(couldRead("flag", TEXT, text)).isEqualTo(could);
  }

  @ParameterizedTest
  @CsvSource({
    "NY, true",
    "new  york, true",
    "Virgin Islands, true",
    "US Virgin Islands, false",
    "State of New York, false",
    "Ontario, false"
  })
  void couldRead_statesByCodeOrPlainName(String text, boolean could) {
    assertThat(couldRead("us-state", TEXT, text)).isEqualTo(could);
  }

  @Test
  void couldRead_state_onlyIfThePicklistOffersIt() {
    FieldInfo codes = field("F", FieldKind.PICKLIST, 255, "NY");
    FieldInfo names = field("F", FieldKind.PICKLIST, 255, "New York");

    assertThat(couldRead("us-state", names, "NY")).isTrue();
    assertThat(couldRead("us-state", codes, "NY")).isFalse();
  }

  @Test
  void couldRead_country_never() {
    assertThat(couldRead("us-country", TEXT, "NY")).isFalse();
    assertThat(couldRead("us-country", TEXT, "")).isTrue();
  }

  @Test
  void couldRead_textThatFits_andNoOther() {
    FieldInfo picklist = field("F", FieldKind.PICKLIST, 255, "Skip", "one", "ONE");

    assertThat(couldRead("text", TEXT, "x".repeat(40))).isTrue();
    assertThat(couldRead("text", TEXT, "x".repeat(41))).isFalse();
    assertThat(couldRead("lower-case", field("F", FieldKind.EMAIL, 80), "none")).isFalse();
    assertThat(couldRead("text", picklist, "SKIP")).isTrue();
    assertThat(couldRead("text", picklist, "Other")).isFalse();
    assertThat(couldRead("text", picklist, "One")).as("two values fit").isFalse();
    assertThat(couldRead("text", TIME, "soon")).isFalse();
    assertThat(couldRead("text", TIME, "2026-01-05T10:00:00Z")).isTrue();
  }

  /** Earlier versions had no constants in the row, and no steps. */
  @Test
  void fieldWithoutAColumn_orWithSteps_isNoCorrection() {
    BoundField constant = bind("F { constant = x }", List.of("c"), object(TEXT)).get(0);
    BoundField stepped = bound("steps = [ { suffix = x } ]", field("F", FieldKind.TEXT, 2));

    for (BoundField field : List.of(constant, stepped)) {
      assertThat(EarlierReading.couldRead(field, row("abc"))).isTrue();
      assertThat(
              EarlierReading.leaves(field, row("abc"), new FieldValue("a"), new FieldValue("abc")))
          .isFalse();
    }
  }

  @Test
  void leaves_valueThatItCouldNotRead() {
    assertThat(leaves("date", DAY, "Jan 5 2026", "2026-01-05", "2020-01-01")).isTrue();
    assertThat(leaves("date", DAY, "1/5/2026", "2026-01-05", "2020-01-01")).isFalse();
  }

  @Test
  void leaves_valueThatItSentInAnotherWay() {
    assertThat(leaves("flag", TEXT, "2", "X", "2")).isTrue();
    assertThat(leaves("flag", TEXT, "2", "X", "1")).isFalse();
    assertThat(leaves("us-state", TEXT, "VI", "US VIRGIN ISLANDS", "VIRGIN ISLANDS")).isTrue();
    assertThat(leaves("text", TEXT, new BigDecimal("7030.00"), "07030", "7030")).isTrue();
    assertThat(leaves("text", TEXT, " a ", "b", "a")).isTrue();
    assertThat(leaves("text", TEXT, "", "b", "")).as("shows nothing at all").isFalse();
  }

  @Test
  void leaves_secondLine_asItJoinedThem() {
    BoundField street =
        bind(
                "F { columns = [a], second-line = [b] }",
                List.of("a", "b"),
                object(field("F", FieldKind.LONG_TEXT, 255)))
            .get(0);
    SourceRow row =
        new SourceRow(new SourceRow.Header(List.of("a", "b")), " 1 Main St ", " Apt 3 ");

    assertThat(
            EarlierReading.leaves(
                street, row, new FieldValue("other"), new FieldValue("1 Main St\nApt 3")))
        .isTrue();
    assertThat(
            EarlierReading.leaves(
                street, row, new FieldValue("other"), new FieldValue("1 Main St")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05, 2026-01-04, true",
    "2026-01-05, 2026-01-06, true",
    "2026-01-05, 2026-01-03, false",
    "2026-01-05, 2026-01-05, false",
    "2026-01-05, '', false",
    "2026-01-05, soon, false"
  })
  void leaves_dayThatAZoneMovedByOne(String wanted, String shown, boolean leaves) {
    assertThat(leaves("date", DAY, LocalDateTime.of(2026, 1, 5, 22, 0), wanted, shown))
        .isEqualTo(leaves);
    assertThat(leaves("date", DAY, "1/5/2026 10:00 PM", wanted, shown)).isEqualTo(leaves);
    assertThat(leaves("date", DAY, LocalDate.of(2026, 1, 5), wanted, shown))
        .as("a day has no time to move")
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-06T03:00:00Z, true",
    "2026-01-04T22:00:00Z, true",
    "2026-01-06T22:00:00Z, true",
    "2026-01-06T22:00:01Z, false",
    "2025-01-05T22:00:00Z, false"
  })
  void leaves_pointInTimeThatAZoneMovedByADayAtMost(String shown, boolean leaves) {
    assertThat(
            leaves(
                "date",
                TIME,
                OffsetDateTime.of(2026, 1, 5, 22, 0, 0, 0, ZoneOffset.UTC),
                "2026-01-05T22:00:00Z",
                shown))
        .isEqualTo(leaves);
  }
}
