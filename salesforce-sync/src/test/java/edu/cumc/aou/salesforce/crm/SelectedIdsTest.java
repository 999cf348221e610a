package edu.cumc.aou.salesforce.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.sync.model.SyncException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectedIdsTest {

  private static final Instant READ_AT = Instant.parse("2026-01-05T11:00:00Z");

  /** {@code records}: each as its id and the second in which it changed, as {@code b1}. */
  private static RecordCursor cursor(String... records) {
    Iterator<String> iterator = List.of(records).iterator();
    return new RecordCursor() {
      @Override
      public long totalSize() {
        return records.length;
      }

      @Override
      public void close() {}

      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public SalesforceRecord next() {
        return record(iterator.next());
      }
    };
  }

  private static SalesforceRecord record(String text) {
    Instant at = READ_AT.minusSeconds(100).plusSeconds(Long.parseLong(text.substring(1)));
    return new SalesforceRecord(
        "Contact", Map.of("Id", text.substring(0, 1), "SystemModstamp", at.toString()));
  }

  private static SelectedIds selected(String... records) {
    return new SelectedIds(
        cursor(records), READ_AT, since -> since.equals(READ_AT) ? cursor("e100") : cursor());
  }

  @Test
  void recordThatChangedAfterTheyWereRead_isAskedAboutOnceMore() {
    try (SelectedIds selected = selected("b1")) {
      assertThat(selected.wasReadBefore(record("e99"))).isFalse();
      assertThat(selected.wasReadBefore(record("e100"))).isTrue();
      assertThat(selected.readSince()).containsExactly("e");
    }
  }

  @Test
  void fittingOnes_areMetInTheOrderOfTheirTimes() {
    try (SelectedIds selected = selected("d1", "b2")) {
      assertThat(selected.contains(record("a1"))).isFalse();
      assertThat(selected.contains(record("d1"))).isTrue();
      assertThat(selected.contains(record("c2"))).isFalse();
      assertThat(selected.contains(record("b2"))).isTrue();
      assertThat(selected.contains(record("e3"))).isFalse();
      selected.checkAllMet();
    }
  }

  @Test
  void fittingOnesOfOneTime_areMetInAnyOrder() {
    try (SelectedIds selected = selected("d1", "b1", "a1")) {
      assertThat(selected.contains(record("a1"))).isTrue();
      assertThat(selected.contains(record("c1"))).isFalse();
      assertThat(selected.contains(record("d1"))).isTrue();
      assertThat(selected.contains(record("b1"))).isTrue();
      selected.checkAllMet();
    }
  }

  @Test
  void fittingOneThatChangedMeanwhile_isMetLater_andTheOthersFit() {
    try (SelectedIds selected = selected("b1", "d1", "f3")) {
      assertThat(selected.contains(record("d1"))).isTrue();
      assertThat(selected.contains(record("a2"))).isFalse();
      assertThat(selected.contains(record("f3"))).isTrue();
      assertThat(selected.contains(record("b101"))).isFalse();
      selected.met(record("b101"));
      selected.checkAllMet();
    }
  }

  @Test
  void fittingOneThatVanished_stopsTheReading() {
    try (SelectedIds selected = selected("b1", "d2")) {
      assertThat(selected.contains(record("d2"))).isTrue();
      assertThatThrownBy(selected::checkAllMet).isInstanceOf(SyncException.class);
    }
  }

  @Test
  void fittingOneAtTheEndThatVanished_stopsTheReading() {
    try (SelectedIds selected = selected("b1", "d2")) {
      assertThat(selected.contains(record("b1"))).isTrue();
      assertThatThrownBy(selected::checkAllMet).isInstanceOf(SyncException.class);
    }
  }
}
