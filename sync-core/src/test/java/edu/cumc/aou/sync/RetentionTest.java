package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.run.Retention;
import edu.cumc.aou.sync.run.Retention.Purged;
import edu.cumc.aou.sync.settings.KeepSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final Instant LONG_AGO = Instant.parse("2026-01-05T11:00:00Z");
  private static final KeepSettings KEEP =
      new KeepSettings(Duration.ofDays(90), Duration.ofDays(730));
  private static final int ROWS = 4500;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final InMemorySyncStore store =
      new InMemorySyncStore(Clock.fixed(LONG_AGO, ZoneOffset.UTC));

  /** A large run, a small one, and as many newer ones as stay. */
  private void runs(InMemorySyncStore in) {
    run(in, ROWS);
    run(in, 1);
    for (int i = 0; i < Retention.LATEST_RUNS; i++) {
      run(in, 0);
    }
  }

  private static RunId run(InMemorySyncStore in, int rows) {
    RunId run = in.runs().create(RunMode.PLAN, "00DTEST00000001EAA", "f", LONG_AGO);
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i <= rows; i++) {
      changes.add(
          Change.builder(i, CrmObject.CONTACT, pmiId(i), Change.Action.INSERT)
              .state(Change.State.DONE)
              .newValues(FieldValues.of(Map.of(new FieldName("A"), new FieldValue("x"))))
              .attempts(1)
              .build());
    }
    in.changes().append(run, changes);
    in.runs().finish(run, RunState.PLANNED, LONG_AGO);
    return run;
  }

  private static Purged purge(InMemorySyncStore in, int days, int most) {
    return new Retention(in, KEEP, () -> {}).purge(LONG_AGO.plus(Duration.ofDays(days)), most);
  }

  @Test
  void purge_byAge_leavesAll_thenBlanks_thenRemoves() {
    runs(store);

    assertThat(purge(store, 90, 1000)).isEqualTo(new Purged(0, 0, 0));
    assertThat(purge(store, 91, 1000)).isEqualTo(new Purged(102, 0, 0));
    assertThat(store.changes().history(pmiId(ROWS), 1))
        .singleElement()
        .satisfies(h -> assertThat(h.change().newValues().isEmpty()).isTrue());
    assertThat(purge(store, 730, 1000)).isEqualTo(new Purged(0, 0, 0));
    assertThat(purge(store, 731, 1000)).isEqualTo(new Purged(0, 2, ROWS + 1));
    assertThat(store.changes().history(pmiId(1), 9)).isEmpty();
    assertThat(store.runs().latest(1000)).hasSize(Retention.LATEST_RUNS);
    assertThat(purge(store, 9999, 1000)).isEqualTo(new Purged(0, 0, 0));
  }

  @Test
  void purge_ofSome_takesTheOldest() {
    runs(store);

    assertThat(purge(store, 731, 1)).isEqualTo(new Purged(1, 1, ROWS));
    assertThat(store.runs().find(new RunId(1))).isEmpty();
    assertThat(store.runs().find(new RunId(2))).isPresent();
  }

  @Test
  void purge_showsBeforeEachSliceThatItIsAtWork() {
    runs(store);
    AtomicInteger slices = new AtomicInteger();

    new Retention(store, KEEP, slices::incrementAndGet)
        .purge(LONG_AGO.plus(Duration.ofDays(731)), 1000);

    // three slices and one, blanked and removed
    assertThat(slices).hasValue(8);
  }

  @Test
  void purge_killedAtAnyMoment_isGoneOnWith_andNoReportShowsHalfARun() {
    runs(store);
    long setUp = store.mutations();
    purge(store, 731, 1000);
    long mutations = store.mutations() - setUp;
    assertThat(mutations).isGreaterThan(100);
    long tried = 0;
    for (long nth = 1; nth <= mutations; nth++) {
      // the marks of the hundred small runs in between are alike
      if (nth > 8 && nth < mutations - 10) {
        continue;
      }
      for (boolean after : new boolean[] {false, true}) {
        InMemorySyncStore killed = new InMemorySyncStore(Clock.fixed(LONG_AGO, ZoneOffset.UTC));
        runs(killed);
        if (after) {
          killed.failAfter(nth, Killed::new);
        } else {
          killed.failBefore(nth, Killed::new);
        }
        assertThatThrownBy(() -> purge(killed, 731, 1000)).isInstanceOf(Killed.class);

        boolean whole = killed.changes().lastSeq(new RunId(1)) == ROWS;
        long rows = killed.changes().count(new RunId(1)).stream().mapToLong(c -> c.count()).sum();
        if (killed.runs().find(new RunId(1)).isPresent()) {
          assertThat(whole && rows == ROWS).as("shown, so whole, at %s", nth).isTrue();
        }
        purge(killed, 731, 1000);
        assertThat(killed.runs().latest(1000)).hasSize(Retention.LATEST_RUNS);
        assertThat(killed.runs().removable(LONG_AGO, 1, 9)).isEmpty();
        assertThat(killed.changes().lastSeq(new RunId(1))).isZero();
        assertThat(killed.changes().lastSeq(new RunId(2))).isZero();
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(30);
  }
}
