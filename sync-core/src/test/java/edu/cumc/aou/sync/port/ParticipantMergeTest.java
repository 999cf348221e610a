package edu.cumc.aou.sync.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParticipantMergeTest {

  private static final SourceRow.Header HEADER = new SourceRow.Header(List.of("c"));

  private final AtomicInteger closed = new AtomicInteger();

  private Cursor<KeyedRow> rows(String... keys) {
    return Cursor.of(
        Arrays.stream(keys).map(k -> new KeyedRow(k, new SourceRow(HEADER, "x"))).iterator(),
        closed::incrementAndGet);
  }

  private ParticipantMerge merge(Cursor<KeyedRow> contacts, Cursor<KeyedRow> journeys) {
    return new ParticipantMerge(contacts, journeys, (c, j) -> ParticipantStatus.ACTIVE);
  }

  @Test
  void next_keysGoBackwards_stopsTheRun() {
    try (ParticipantMerge merge = merge(rows("P000000002", "P000000001"), rows())) {
      assertThatThrownBy(merge::next)
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
          .hasMessageContaining("contact rows out of order")
          .hasMessageNotContaining("000000001");
    }
    try (ParticipantMerge merge = merge(rows(), rows("P000000002", "P000000001"))) {
      assertThatThrownBy(merge::next).hasMessageContaining("journey rows out of order");
    }
  }

  @Test
  void next_malformedKeysBetweenGoodOnes_areRejectedAlone() {
    try (ParticipantMerge merge =
        merge(rows("", "P000000001", "P0X", "P999"), rows("P000000001", "PMI"))) {
      int found = 0;
      int rejected = 0;
      while (merge.hasNext()) {
        if (merge.next() instanceof SourceEntry.Found) {
          found++;
        } else {
          rejected++;
        }
      }
      assertThat(found).isEqualTo(1);
      assertThat(rejected).isEqualTo(4);
    }
  }

  @Test
  void close_closesBothSides() {
    merge(rows(), rows()).close();
    assertThat(closed).hasValue(2);
  }
}
