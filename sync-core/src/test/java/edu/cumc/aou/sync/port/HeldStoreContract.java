package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.LeaseTable.Busy;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link SyncStore#under} must do. */
public interface HeldStoreContract extends StoreContractPart {

  /** Long enough that it never runs out by itself during a test. */
  Duration HOLD = Duration.ofMinutes(10);

  /** When it is. */
  Instant NOW = Instant.parse("2026-01-05T11:00:00Z");

  private Granted taken(String holder) {
    return (Granted) store().lease().acquire(holder, HOLD);
  }

  private SyncStore under(Granted lease) {
    return store().under(lease.token(), HOLD);
  }

  /** A holder that gave no sign of life until another took over. */
  private SyncStore lost() {
    SyncStore first = under(taken("first"));
    passTime(HOLD.plusSeconds(1));
    Granted unused = taken("second");
    return first;
  }

  @Test
  default void under_heldLease_writesAsAnybody() {
    SyncStore held = under(taken("first"));
    RunId run = run(held);
    held.changes().append(run, List.of(insert(1, 1)));
    held.changes().markSent(run, List.of(1L));
    held.changes()
        .settle(run, List.of(new Settlement(1, State.DONE, contactId(1), null, null, List.of())));

    assertThat(rows(run))
        .singleElement()
        .satisfies(c -> assertThat(c.state()).isEqualTo(State.DONE))
        .satisfies(c -> assertThat(c.contactId()).isEqualTo(contactId(1)));
  }

  @Test
  default void under_everyWriteRenews() {
    SyncStore held = under(taken("first"));
    RunId run = run(held);
    for (int i = 0; i < 3; i++) {
      passTime(HOLD.minusSeconds(60));
      held.changes().append(run, List.of(insert(1 + i, 1 + i)));
    }

    assertThat(store().lease().acquire("second", HOLD)).isInstanceOf(Busy.class);
  }

  @Test
  default void under_leaseTakenOver_refusesEveryWrite_andReadsOn() {
    RunId run = run(store());
    store().changes().append(run, List.of(insert(1, 1)));
    SyncStore lost = lost();

    assertLost(() -> lost.changes().append(run, List.of(insert(2, 2))));
    assertLost(() -> lost.changes().markSent(run, List.of(1L)));
    assertLost(() -> lost.changes().markSent(run, List.of(1L), new JobId("750000000000001AAA")));
    assertLost(
        () ->
            lost.changes()
                .settle(run, List.of(new Settlement(1, State.FAILED, null, null, "X", List.of()))));
    assertLost(() -> lost.changes().discard(run));
    assertLost(() -> lost.changes().resolveAwaiting(run));
    assertLost(() -> lost.runs().setState(run, RunState.APPLYING));
    assertLost(() -> lost.runs().addTallies(run, Tallies.of(Map.of("rows", 1L))));
    assertLost(() -> lost.runs().finish(run, RunState.DONE, NOW));
    assertLost(
        () ->
            lost.mirror()
                .recordContacts(
                    List.of(
                        new WrittenContact(
                            contactId(1), pmiId(1), values("A", "1"), SentValues.none()))));
    assertLost(
        () -> lost.holds().put(List.of(new Hold(pmiId(1), HoldTable.Kind.REVIEW, "r", NOW, null))));
    assertLost(() -> lost.ids().writeBack());

    assertThat(lost.runs().find(run).orElseThrow().state()).isEqualTo(RunState.PLANNING);
    assertThat(rows(run))
        .singleElement()
        .satisfies(c -> assertThat(c.state()).isEqualTo(State.PLANNED))
        .satisfies(c -> assertThat(c.attempts()).isZero());
    assertThat(store().holds().find(pmiId(1))).isEmpty();
    assertThat(store().mirror().find(pmiId(1))).isEmpty();
  }

  @Test
  default void refresh_leaseTakenOverMeanwhile_isNeverMerged() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of());
    SyncStore first = under(taken("first"));
    MirrorState state = new MirrorState(NOW, NOW, "fingerprint");
    try (Refresh old = first.mirror().begin(RefreshKind.FULL)) {
      old.add(contact(1, 1));
      passTime(HOLD.plusSeconds(1));
      SyncStore second = under(taken("second"));
      try (Refresh anew = second.mirror().begin(RefreshKind.FULL)) {
        anew.add(contact(1, 1));
        assertLost(() -> old.commit(state));
        anew.add(contact(2, 2));
        anew.commit(state);
      }
    }

    assertThat(store().mirror().counts().contacts()).isEqualTo(2);
  }

  @Test
  default void refresh_rowsOfAnother_areNotSeen() {
    SyncStore first = under(taken("first"));
    MirrorState state = new MirrorState(NOW, NOW, "fingerprint");
    try (Refresh unended = first.mirror().begin(RefreshKind.FULL)) {
      for (int n = 1; n <= 2_500; n++) {
        unended.add(contact(n, n));
      }
      passTime(HOLD.plusSeconds(1));
      SyncStore second = under(taken("second"));
      try (Refresh anew = second.mirror().begin(RefreshKind.FULL)) {
        anew.add(contact(3_000, 3_000));
        anew.commit(state);
      }
    }

    assertThat(store().mirror().counts().contacts()).isEqualTo(1);
  }

  @Test
  default void close_leavesTheStoreOpen() {
    under(taken("first")).close();

    assertThat(store().runs().latest(1)).isEmpty();
  }

  private List<Change> rows(RunId run) {
    return store()
        .changes()
        .page(
            run,
            CrmObject.CONTACT,
            EnumSet.allOf(Change.Action.class),
            EnumSet.allOf(State.class),
            0,
            10);
  }

  private static void assertLost(Runnable write) {
    assertThatThrownBy(write::run)
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_RUNNING));
  }
}
