package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceRecordTest {

  private static SalesforceRecord record(String field, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(field, value);
    return new SalesforceRecord("Contact", fields);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-02T06:00:00.000+0000",
        "2026-03-02T06:00:00Z",
        "2026-03-02T01:00:00.000-05:00",
        "2026-03-02T01:00:00-0500"
      })
  void pointInTime_isReadInEachForm(String text) {
    assertThat(record("SystemModstamp", text).instant("systemmodstamp"))
        .contains(Instant.parse("2026-03-02T06:00:00Z"));
  }

  @Test
  void numbers_areExact() {
    assertThat(record("Amount", new BigDecimal("10000.10")).number("Amount"))
        .contains(new BigDecimal("10000.10"));
    assertThat(record("Year__c", 2026L).number("year__c")).contains(BigDecimal.valueOf(2026));
    assertThat(record("Amount", "9.12260031E8").number("Amount").orElseThrow())
        .isEqualByComparingTo("912260031");
  }

  @Test
  void date_isADay() {
    assertThat(record("Birthdate", "1950-02-28").date("Birthdate"))
        .contains(LocalDate.of(1950, 2, 28));
  }

  @Test
  void blankOrUnread_isEmpty() {
    SalesforceRecord record = record("Birthdate", null);

    assertThat(record.date("Birthdate")).isEmpty();
    assertThat(record.number("Birthdate")).isEmpty();
    assertThat(record.instant("NotRead")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Invented, number", "2026-02-30, date", "2026-03-02T06:00:00, point in time"})
  void otherValue_isRefusedByTheNameOfItsField(String value, String sort) {
    SalesforceRecord record = record("Some__c", value);

    assertThatThrownBy(
            () -> {
              switch (sort) {
                case "number" -> record.number("Some__c");
                case "date" -> record.date("Some__c");
                default -> record.instant("Some__c");
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Some__c holds no " + sort)
        .hasMessageNotContaining(value)
        .hasNoCause();
  }
}
