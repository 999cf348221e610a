package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.awaiting;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.deleted;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshChanges;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Awaiting;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link ChangeTable#resolveAwaiting} must do. */
public interface AwaitingJourneyContract extends StoreContractPart {

  @Test
  default void resolveAwaiting_nothingWaits_givesZeros() {
    assertThat(store().changes().resolveAwaiting(run(store()))).isEqualTo(new Awaiting(0, 0, 0));
  }

  @Test
  default void awaitingNew_countsThoseWhoseContactTheRunCreated() {
    RunId run = run(store());
    store()
        .changes()
        .append(run, List.of(insert(1, 1), awaiting(2, 1), insert(3, 2), awaiting(4, 3)));
    assertThat(store().changes().awaitingNew(run)).isZero();

    store()
        .changes()
        .settle(
            run,
            List.of(
                new Settlement(1, State.DONE, contactId(1), null, null, List.of()),
                new Settlement(3, State.DONE, contactId(2), null, null, List.of())));

    assertThat(store().changes().awaitingNew(run)).isEqualTo(1);
  }

  @Test
  default void resolveAwaiting_oneJourney_makesTheRowPlanned() {
    RunId run = run(store());
    store().changes().append(run, List.of(insert(1, 1), awaiting(2, 1, "A", "1", "B", "")));
    refreshFully(store(), List.of(contact(10, 1)), List.of(journey(20, 10)));

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(1, 0, 0));

    Change row = journeyRows(run).get(0);
    assertThat(row.state()).isEqualTo(State.PLANNED);
    assertThat(row.contactId()).isEqualTo(contactId(10));
    assertThat(row.journeyId()).isEqualTo(journeyId(20));
    assertThat(row.newValues()).isEqualTo(values("A", "1", "B", ""));
    assertThat(row.attempts()).isZero();
  }

  /** An adopted Contact's journey is known when its values are planned. */
  @Test
  default void resolveAwaiting_plannedForAnotherJourney_stays() {
    RunId run = run(store());
    Change same = awaiting(1, 1, "A", "1").toBuilder().journeyId(journeyId(1)).build();
    Change another = awaiting(2, 2, "A", "1").toBuilder().journeyId(journeyId(9)).build();
    Change several = awaiting(3, 3, "A", "1").toBuilder().journeyId(journeyId(3)).build();
    store().changes().append(run, List.of(same, another, several));
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 3)),
        List.of(journey(1, 1), journey(2, 2), journey(3, 3), journey(4, 3)));

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(1, 0, 1));

    List<Change> rows = journeyRows(run);
    assertThat(rows)
        .extracting(Change::state)
        .containsExactly(State.PLANNED, State.AWAITING_JOURNEY, State.AWAITING_JOURNEY);
    assertThat(rows.get(1).journeyId()).isEqualTo(journeyId(9));
  }

  @Test
  default void resolveAwaiting_again_countsWhatIsLeftOnly() {
    RunId run = run(store());
    store().changes().append(run, List.of(awaiting(1, 1), awaiting(2, 2)));
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1)));
    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(1, 1, 0));
    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(0, 1, 0));

    refreshChanges(store(), List.of(), List.of(journey(2, 2)));

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(1, 0, 0));
    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(0, 0, 0));
  }

  @Test
  default void resolveAwaiting_noJourneyYet_leavesTheRowWaiting() {
    RunId run = run(store());
    store().changes().append(run, List.of(awaiting(1, 1)));
    refreshFully(store(), List.of(contact(1, 1)), List.of());

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(0, 1, 0));
    assertThat(journeyRows(run)).containsExactly(awaiting(1, 1));
  }

  @Test
  default void resolveAwaiting_severalJourneys_areAmbiguous() {
    RunId run = run(store());
    store().changes().append(run, List.of(awaiting(1, 1)));
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1), journey(2, 1)));

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(0, 0, 1));
    assertThat(journeyRows(run)).containsExactly(awaiting(1, 1));
  }

  @Test
  default void resolveAwaiting_severalContacts_areAmbiguousWhateverTheirJourneys() {
    RunId run = run(store());
    store().changes().append(run, List.of(awaiting(1, 1), awaiting(2, 2), awaiting(3, 3)));
    refreshFully(
        store(),
        List.of(
            contact(1, 1),
            contact(2, 1),
            contact(3, 2),
            contact(4, 2),
            contact(5, 3),
            contact(6, 3)),
        List.of(journey(3, 3), journey(5, 5), journey(6, 6)));

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(0, 0, 3));
    assertThat(journeyRows(run)).extracting(Change::state).containsOnly(State.AWAITING_JOURNEY);
  }

  @Test
  default void resolveAwaiting_noLiveContact_isInNoneOfTheCounts() {
    RunId run = run(store());
    store().changes().append(run, List.of(awaiting(1, 1), awaiting(2, 2)));
    refreshFully(store(), List.of(contact(1, 1)), List.of());
    refreshChanges(store(), List.of(deleted(1, 1)), List.of());

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(0, 0, 0));
    assertThat(journeyRows(run)).containsExactly(awaiting(1, 1), awaiting(2, 2));
  }

  @Test
  default void resolveAwaiting_goneDouble_doesNotMakeItAmbiguous() {
    RunId run = run(store());
    store().changes().append(run, List.of(awaiting(1, 1)));
    refreshFully(store(), List.of(contact(1, 1), contact(2, 1)), List.of(journey(2, 2)));
    refreshChanges(store(), List.of(deleted(1, 1)), List.of());

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(1, 0, 0));
    assertThat(journeyRows(run).get(0).contactId()).isEqualTo(contactId(2));
  }

  @Test
  default void resolveAwaiting_otherRunsAndStates_areLeftAlone() {
    RunId run = run(store());
    RunId other = run(store());
    Change failed =
        StoreFixtures.change(
            2, CrmObject.JOURNEY, 2, null, null, Change.Action.UPDATE, State.FAILED);
    store().changes().append(run, List.of(awaiting(1, 1), failed));
    store().changes().append(other, List.of(awaiting(1, 1)));
    refreshFully(
        store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1), journey(2, 2)));

    assertThat(store().changes().resolveAwaiting(run)).isEqualTo(new Awaiting(1, 0, 0));
    assertThat(journeyRows(run).get(1)).isEqualTo(failed);
    assertThat(journeyRows(other)).containsExactly(awaiting(1, 1));
  }

  @Test
  default void resolveAwaiting_moreThanAThousandRows_work() {
    int people = 2_300;
    RunId run = run(store());
    store()
        .changes()
        .append(
            run, IntStream.rangeClosed(1, people).mapToObj(n -> awaiting(n, n, "A", "1")).toList());
    refreshFully(
        store(),
        IntStream.rangeClosed(1, people).mapToObj(n -> contact(n, n)).toList(),
        IntStream.rangeClosed(1, people - 100).mapToObj(n -> journey(n, n)).toList());

    assertThat(store().changes().resolveAwaiting(run))
        .isEqualTo(new Awaiting(people - 100, 100, 0));
  }

  private List<Change> journeyRows(RunId run) {
    return store()
        .changes()
        .page(
            run,
            CrmObject.JOURNEY,
            EnumSet.allOf(Change.Action.class),
            EnumSet.allOf(State.class),
            0,
            10_000);
  }
}
