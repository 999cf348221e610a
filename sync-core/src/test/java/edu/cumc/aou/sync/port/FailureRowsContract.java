package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.contactUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.journeyUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link ChangeTable} must say of the rows that could not be sent. */
public interface FailureRowsContract extends StoreContractPart {

  @Test
  default void failureCauses_groupByCodeAndFields_theMostFrequentFirst() {
    RunId run = run(store());
    store()
        .changes()
        .append(
            run,
            List.of(
                insert(1, 1, "A", "x"),
                insert(2, 2, "A", "x"),
                contactUpdate(3, 3, "A", "x"),
                journeyUpdate(4, 3, "B", "x"),
                rejected(5, 4)));
    refuse(run, 1, "STRING_TOO_LONG", "A");
    refuse(run, 2, "STRING_TOO_LONG", "A");
    refuse(run, 3, "STRING_TOO_LONG", "A", "B");
    settle(run, 4, State.DONE, null);

    assertThat(store().changes().failureCauses(run))
        .hasSize(3)
        .startsWith(
            new FailureCause(
                CrmObject.CONTACT,
                Action.INSERT,
                State.REFUSED,
                "STRING_TOO_LONG",
                List.of("A"),
                2))
        .contains(
            new FailureCause(
                CrmObject.CONTACT, Action.REJECT, State.REFUSED, "our-rule", List.of(), 1));
    assertThat(store().changes().failureCauses(run(store()))).isEmpty();
  }

  @Test
  default void repeatedFailures_areThoseThatFailedTheSameWayInEveryRun() {
    RunId first = threeRows();
    RunId second = threeRows();
    RunId third = threeRows();
    for (RunId run : List.of(first, second, third)) {
      refuse(run, 1, "REQUIRED_FIELD_MISSING", "A");
      refuse(run, 2, "STRING_TOO_LONG", run.equals(second) ? "B" : "A");
      settle(run, 3, run.equals(first) ? State.DONE : State.FAILED, "LOCKED");
    }

    assertThat(repeated(third, List.of(second, first))).containsExactly(1L);
    assertThat(repeated(third, List.of(first))).containsExactly(1L, 2L);
    assertThat(repeated(third, List.of(second))).containsExactly(1L, 3L);
    assertThat(repeated(third, List.of())).containsExactly(1L, 2L, 3L);
    assertThat(store().changes().repeatedFailures(third, List.of(), 1, 1))
        .extracting(Change::seq)
        .containsExactly(2L);
  }

  @Test
  default void repeatedFailures_rowsThatOurRulesReject_areNone() {
    RunId run = run(store());
    store().changes().append(run, List.of(rejected(1, 1)));

    assertThat(repeated(run, List.of())).isEmpty();
  }

  @Test
  default void blankValues_takesTheValues_andLeavesWhatCameOfThem() {
    RunId run = threeRows();
    RunId other = threeRows();
    refuse(run, 1, "STRING_TOO_LONG", "A");
    store().runs().finish(run, RunState.DONE, StoreFixtures.STAMP);
    store().runs().finish(other, RunState.DONE, StoreFixtures.STAMP.plusSeconds(60));
    assertThat(store().runs().withValues(StoreFixtures.STAMP, 10)).isEmpty();
    assertThat(store().runs().withValues(StoreFixtures.STAMP.plusSeconds(1), 10))
        .containsExactly(run);
    assertThat(store().runs().withValues(StoreFixtures.STAMP.plusSeconds(99), 1))
        .containsExactly(run);

    assertThat(store().changes().lastSeq(run)).isEqualTo(3);
    store().changes().blankValues(run, 1, 3);
    assertThat(store().changes().history(pmiId(1), 10))
        .extracting(h -> h.change().newValues().isEmpty())
        .containsOnly(false);
    store().changes().blankValues(run, 0, 1);
    store().runs().markBlanked(run);

    assertThat(store().changes().repeatedFailures(run, List.of(), 0, 10))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.newValues().isEmpty()).isTrue();
              assertThat(c.errorCode()).isEqualTo("STRING_TOO_LONG");
            });
    assertThat(store().changes().history(pmiId(1), 10))
        .extracting(h -> h.change().newValues().isEmpty())
        .containsExactly(false, true);
    assertThat(store().runs().withValues(StoreFixtures.STAMP.plusSeconds(99), 10))
        .containsExactly(other);
  }

  private RunId threeRows() {
    RunId run = run(store());
    store()
        .changes()
        .append(
            run,
            List.of(insert(1, 1, "A", "x"), insert(2, 2, "A", "x"), journeyUpdate(3, 3, "A", "x")));
    return run;
  }

  private List<Long> repeated(RunId run, List<RunId> others) {
    return store().changes().repeatedFailures(run, others, 0, 100).stream()
        .map(Change::seq)
        .toList();
  }

  private void refuse(RunId run, long seq, String code, String... fields) {
    store()
        .changes()
        .settle(
            run, List.of(new Settlement(seq, State.REFUSED, null, null, code, List.of(fields))));
  }

  private void settle(RunId run, long seq, State state, @Nullable String code) {
    store().changes().settle(run, List.of(new Settlement(seq, state, null, null, code, List.of())));
  }

  private static Change rejected(long seq, int pmiNumber) {
    return Change.builder(seq, CrmObject.CONTACT, pmiId(pmiNumber), Action.REJECT)
        .state(State.REFUSED)
        .error("our-rule")
        .build();
  }
}
