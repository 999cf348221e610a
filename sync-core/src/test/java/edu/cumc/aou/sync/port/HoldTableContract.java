package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.all;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link HoldTable} must do. */
public interface HoldTableContract extends StoreContractPart {

  @Test
  default void holds_newStore_hasNone() {
    assertThat(all(store().holds().read())).isEmpty();
    assertThat(store().holds().release(List.of(pmiId(1)))).isZero();
  }

  @Test
  default void put_holdsAreReadInOrder() {
    Hold second = hold(20, Kind.QUARANTINE, "FAILED_OFTEN", "hash-b");
    Hold first = hold(3, Kind.UNDO, "UNDONE", null);
    Hold third = hold(100, Kind.REVIEW, "SEVERAL_CANDIDATES", null);

    store().holds().put(List.of(second, third));
    store().holds().put(List.of(first));

    assertThat(all(store().holds().read())).containsExactly(first, second, third);
  }

  @Test
  default void put_sameParticipantAgain_replacesTheHold() {
    store()
        .holds()
        .put(List.of(hold(1, Kind.QUARANTINE, "OLD", "hash-a"), hold(2, Kind.UNDO, "X", null)));
    Hold replaced = new Hold(pmiId(1), Kind.REVIEW, "NEW", STAMP.plusSeconds(3600), null);

    store().holds().put(List.of(replaced));

    assertThat(all(store().holds().read()))
        .containsExactly(replaced, hold(2, Kind.UNDO, "X", null));
  }

  @Test
  default void find_givesTheHoldOfThatParticipantOnly() {
    Hold hold = hold(7, Kind.QUARANTINE, "REFUSED", "hash-a");
    store().holds().put(List.of(hold, hold(8, Kind.UNDO, "X", null)));

    assertThat(store().holds().find(pmiId(7))).contains(hold);
    assertThat(store().holds().find(pmiId(9))).isEmpty();
  }

  @Test
  default void release_liftsThoseNamedAndSaysHowManyThereWere() {
    store()
        .holds()
        .put(
            List.of(
                hold(1, Kind.UNDO, "X", null),
                hold(2, Kind.UNDO, "X", null),
                hold(3, Kind.UNDO, "X", null)));

    assertThat(store().holds().release(List.of(pmiId(1), pmiId(3), pmiId(4)))).isEqualTo(2);
    assertThat(store().holds().release(List.of(pmiId(1)))).isZero();
    assertThat(store().holds().release(List.of())).isZero();

    assertThat(all(store().holds().read())).extracting(Hold::pmiId).containsExactly(pmiId(2));
  }

  @Test
  default void putAndRelease_moreThanAThousandAtOnce_work() {
    List<Hold> holds =
        IntStream.range(0, 2_300)
            .mapToObj(n -> hold(n, Kind.QUARANTINE, "FAILED_OFTEN", "h" + n))
            .toList();
    store().holds().put(holds);

    assertThat(all(store().holds().read())).isEqualTo(holds);
    assertThat(store().holds().release(holds.stream().map(Hold::pmiId).toList())).isEqualTo(2_300);
    assertThat(all(store().holds().read())).isEmpty();
  }

  private static Hold hold(int pmiNumber, Kind kind, String reason, @Nullable String hash) {
    return new Hold(pmiId(pmiNumber), kind, reason, STAMP, hash);
  }
}
