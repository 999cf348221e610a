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

  private static RecordCursor cursor(String... ids) {
    Iterator<String> iterator = List.of(ids).iterator();
    return new RecordCursor() {
      @Override
      public long totalSize() {
        return ids.length;
      }

      @Override
      public void close() {}

      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public SalesforceRecord next() {
        return new SalesforceRecord("Contact", Map.of("Id", iterator.next()));
      }
    };
  }

  private static SelectedIds selected(String... ids) {
    return new SelectedIds(cursor(ids), READ_AT, since -> cursor(since.equals(READ_AT) ? "e" : ""));
  }

  private static SalesforceRecord changedAt(Instant at) {
    return new SalesforceRecord("Contact", Map.of("Id", "e", "SystemModstamp", at.toString()));
  }

  @Test
  void recordThatChangedAfterTheyWereRead_isAskedAboutOnceMore() {
    try (SelectedIds selected = selected("b")) {
      assertThat(selected.wasReadBefore(changedAt(READ_AT.minusSeconds(1)))).isFalse();
      assertThat(selected.wasReadBefore(changedAt(READ_AT))).isTrue();
      assertThat(selected.readSince()).containsExactly("e");
    }
  }

  @Test
  void fittingOnes_areMetInOrder() {
    try (SelectedIds selected = selected("b", "d")) {
      assertThat(selected.contains("a")).isFalse();
      assertThat(selected.contains("b")).isTrue();
      assertThat(selected.contains("c")).isFalse();
      assertThat(selected.contains("d")).isTrue();
      selected.checkAllMet();
    }
  }

  @Test
  void fittingOneThatVanished_stopsTheReading() {
    try (SelectedIds selected = selected("b", "d")) {
      assertThat(selected.contains("d")).isFalse();
      assertThatThrownBy(selected::checkAllMet).isInstanceOf(SyncException.class);
    }
  }
}
