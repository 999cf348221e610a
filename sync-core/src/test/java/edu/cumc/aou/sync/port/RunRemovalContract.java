package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which runs may go, and how they go. */
public interface RunRemovalContract extends StoreContractPart {

  /** Later than all runs of these tests. */
  Instant LATER = STAMP.plus(Duration.ofDays(1000));

  @Test
  default void removable_areOldRuns_oldestFirst_andNoneOfTheNewest() {
    List<RunId> runs =
        List.of(ended(RunMode.SYNC, 0), ended(RunMode.PLAN, 1), ended(RunMode.RETRY, 2));
    ended(RunMode.PLAN, 3);
    ended(RunMode.PLAN, 4);

    assertThat(store().runs().removable(LATER, 2, 10)).containsExactly(runs.get(1), runs.get(2));
    assertThat(store().runs().removable(LATER, 2, 1)).containsExactly(runs.get(1));
    assertThat(store().runs().removable(LATER, 4, 10)).isEmpty();
    assertThat(store().runs().removable(at(2), 2, 10)).containsExactly(runs.get(1));
    assertThat(store().runs().removable(at(1), 2, 10)).isEmpty();
  }

  @Test
  default void removable_unfinishedRuns_areNone() {
    RunId suspended = create(RunMode.SYNC, 0);
    store().runs().setState(suspended, RunState.SUSPENDED);
    ended(RunMode.PLAN, 1);
    ended(RunMode.PLAN, 2);

    assertThat(store().runs().removable(LATER, 1, 10)).doesNotContain(suspended).hasSize(1);
  }

  @Test
  default void removable_newestGoodSyncs_areNone_howeverManyRunsCameAfter() {
    RunId older = ended(RunMode.SYNC, 0);
    RunId newer = ended(RunMode.SYNC, 1);
    ended(RunMode.PLAN, 2);

    assertThat(store().runs().removable(LATER, 1, 10)).containsExactly(older);
    assertThat(newer).isGreaterThan(older);
  }

  @Test
  default void removable_runThatPutSomebodyOnHold_isNone_untilTheHoldGoes() {
    RunId run = ended(RunMode.PLAN, 0);
    ended(RunMode.PLAN, 1);
    hold(HoldTable.Kind.QUARANTINE, at(0).minusSeconds(1));
    assertThat(store().runs().removable(LATER, 1, 10)).isEmpty();

    hold(HoldTable.Kind.FORGOTTEN, at(0).minusSeconds(1));
    assertThat(store().runs().removable(LATER, 1, 10)).containsExactly(run);

    hold(HoldTable.Kind.UNDO, at(0).plusSeconds(1));
    assertThat(store().runs().removable(LATER, 1, 10)).containsExactly(run);
  }

  @Test
  default void removable_runThatWasUndone_staysAsLongAsTheUndo() {
    RunId undone = ended(RunMode.PLAN, 0);
    RunId undo = ended(RunMode.UNDO, 1);
    store().runs().noteUndone(undo, undone);
    ended(RunMode.PLAN, 2);

    assertThat(store().runs().removable(LATER, 1, 10)).containsExactly(undo);
    store().runs().beginRemoval(undo);
    assertThat(store().runs().removable(LATER, 1, 10)).containsExactly(undone, undo);
  }

  @Test
  default void beginRemoval_hidesTheRun_andItStaysToBeRemoved() {
    RunId run = ended(RunMode.SYNC, 0);
    RunId newest = ended(RunMode.SYNC, 1);

    store().runs().beginRemoval(run);

    assertThat(store().runs().find(run)).isEmpty();
    assertThat(store().runs().latest(10)).extracting(Run::id).containsExactly(newest);
    assertThat(store().runs().lastDone(10)).extracting(Run::id).containsExactly(newest);
    assertThat(store().runs().withValues(LATER, 10)).containsExactly(newest);
    assertThat(store().runs().removable(STAMP, 10, 10)).containsExactly(run);
    assertThat(create(RunMode.SYNC, 2)).isGreaterThan(newest);
  }

  @Test
  default void remove_takesTheRunAndItsJobs_andNothingOfAnother() {
    RunId run = ended(RunMode.SYNC, 0);
    RunId other = ended(RunMode.SYNC, 1);
    job(run, "750000000000001AAA");
    job(other, "750000000000002AAA");
    store().changes().append(run, List.of(insert(1, 1, "A", "x"), insert(2, 2, "A", "x")));
    store().changes().append(other, List.of(insert(1, 1, "A", "x")));

    store().runs().beginRemoval(run);
    assertThat(store().changes().remove(run, 0, 1)).isOne();
    assertThat(store().changes().lastSeq(run)).isEqualTo(2);
    assertThat(store().changes().remove(run, 0, 1)).isZero();
    assertThat(store().changes().remove(run, 1, 3)).isOne();
    store().runs().remove(run);

    assertThat(store().changes().lastSeq(run)).isZero();
    assertThat(store().changes().history(pmiId(2), 10)).isEmpty();
    assertThat(store().changes().history(pmiId(1), 10))
        .extracting(ChangeTable.ParticipantChange::run)
        .containsExactly(other);
    assertThat(store().jobs().count(run)).isZero();
    assertThat(store().jobs().count(other)).isOne();
    assertThat(store().runs().removable(LATER, 10, 10)).isEmpty();
  }

  private static Instant at(int day) {
    return STAMP.plus(Duration.ofDays(day));
  }

  private RunId create(RunMode mode, int day) {
    return store().runs().create(mode, "00DTEST00000001EAA", "f", at(day).minusSeconds(60));
  }

  private RunId ended(RunMode mode, int day) {
    RunId run = create(mode, day);
    RunState state = mode == RunMode.PLAN ? RunState.PLANNED : RunState.DONE;
    store().runs().finish(run, state, at(day));
    return run;
  }

  private void hold(HoldTable.Kind kind, Instant since) {
    store().holds().put(List.of(new Hold(pmiId(1), kind, "code", since, null)));
  }

  private void job(RunId run, String id) {
    store()
        .jobs()
        .open(
            run,
            new JobTable.Job(
                new JobId(id),
                CrmObject.CONTACT,
                WriteOrder.Operation.CREATE,
                1,
                JobTable.State.OPEN));
  }
}
