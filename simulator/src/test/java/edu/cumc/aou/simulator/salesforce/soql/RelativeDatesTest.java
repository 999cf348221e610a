package edu.cumc.aou.simulator.salesforce.soql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeDatesTest {
  /** A Wednesday in a leap year. */
  private static final LocalDate TODAY = LocalDate.of(2024, 2, 28);

  @ParameterizedTest
  @CsvSource({
    "TODAY, 2024-02-28, 2024-02-29",
    "yesterday, 2024-02-27, 2024-02-28",
    "TOMORROW, 2024-02-29, 2024-03-01",
    "LAST_90_DAYS, 2023-11-30, 2024-02-29",
    "NEXT_90_DAYS, 2024-02-29, 2024-05-29",
    "LAST_N_DAYS:1, 2024-02-27, 2024-02-29",
    "NEXT_N_DAYS:2, 2024-02-29, 2024-03-02",
    "N_DAYS_AGO:3, 2024-02-25, 2024-02-26",
    "THIS_WEEK, 2024-02-25, 2024-03-03",
    "LAST_WEEK, 2024-02-18, 2024-02-25",
    "NEXT_WEEK, 2024-03-03, 2024-03-10",
    "LAST_N_WEEKS:2, 2024-02-11, 2024-02-25",
    "NEXT_N_WEEKS:2, 2024-03-03, 2024-03-17",
    "N_WEEKS_AGO:2, 2024-02-11, 2024-02-18",
    "THIS_MONTH, 2024-02-01, 2024-03-01",
    "LAST_MONTH, 2024-01-01, 2024-02-01",
    "NEXT_MONTH, 2024-03-01, 2024-04-01",
    "LAST_N_MONTHS:3, 2023-11-01, 2024-02-01",
    "NEXT_N_MONTHS:3, 2024-03-01, 2024-06-01",
    "N_MONTHS_AGO:3, 2023-11-01, 2023-12-01",
    "THIS_QUARTER, 2024-01-01, 2024-04-01",
    "LAST_QUARTER, 2023-10-01, 2024-01-01",
    "NEXT_QUARTER, 2024-04-01, 2024-07-01",
    "LAST_N_QUARTERS:2, 2023-07-01, 2024-01-01",
    "N_QUARTERS_AGO:1, 2023-10-01, 2024-01-01",
    "THIS_YEAR, 2024-01-01, 2025-01-01",
    "LAST_YEAR, 2023-01-01, 2024-01-01",
    "NEXT_N_YEARS:2, 2025-01-01, 2027-01-01",
    "N_YEARS_AGO:2, 2022-01-01, 2023-01-01",
    "THIS_FISCAL_QUARTER, 2024-01-01, 2024-04-01",
    "LAST_N_FISCAL_YEARS:1, 2023-01-01, 2024-01-01",
    "N_FISCAL_QUARTERS_AGO:2, 2023-07-01, 2023-10-01"
  })
  void span_isThatOfTheDocumentation(String literal, LocalDate start, LocalDate end) {
    assertThat(RelativeDates.isOne(literal.replaceAll(":.*", ""))).isTrue();
    assertThat(RelativeDates.needsNumber(literal.replaceAll(":.*", "")))
        .isEqualTo(literal.contains(":"));
    assertThat(RelativeDates.span(literal, TODAY)).isEqualTo(new RelativeDates.Span(start, end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOW", "LAST_CENTURY", "LAST_N_HOURS", "N_MINUTES_AGO", "THIS_DAY", ""})
  void otherWords_areNoDates(String word) {
    assertThat(RelativeDates.isOne(word)).isFalse();
  }
}
