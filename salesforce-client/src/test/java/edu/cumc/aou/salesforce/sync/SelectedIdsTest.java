package edu.cumc.aou.salesforce.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.sync.SyncException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectedIdsTest {

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

  @Test
  void fittingOnes_areMetInOrder() {
    try (SelectedIds selected = new SelectedIds(cursor("b", "d"))) {
      assertThat(selected.contains("a")).isFalse();
      assertThat(selected.contains("b")).isTrue();
      assertThat(selected.contains("c")).isFalse();
      assertThat(selected.contains("d")).isTrue();
      selected.checkAllMet();
    }
  }

  @Test
  void fittingOneThatVanished_stopsTheReading() {
    try (SelectedIds selected = new SelectedIds(cursor("b", "d"))) {
      assertThat(selected.contains("d")).isFalse();
      assertThatThrownBy(selected::checkAllMet).isInstanceOf(SyncException.class);
    }
  }
}
