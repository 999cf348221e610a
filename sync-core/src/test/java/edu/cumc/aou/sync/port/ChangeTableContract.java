package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.AWKWARD;
import static edu.cumc.aou.sync.port.StoreFixtures.awaiting;
import static edu.cumc.aou.sync.port.StoreFixtures.change;
import static edu.cumc.aou.sync.port.StoreFixtures.contactUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.journeyUpdate;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link ChangeTable} must do. */
public interface ChangeTableContract extends StoreContractPart {

  @Test
  default void changes_newRun_hasNone() {
    RunId run = run(store());

    assertThat(page(run, CrmObject.CONTACT)).isEmpty();
    assertThat(store().changes().count(run)).isEmpty();
    assertThat(store().changes().plannedClears(run)).isZero();
    assertThat(store().changes().history(pmiId(1), 10)).isEmpty();
  }

  @Test
  default void append_everyComponent_comesBack() {
    RunId run = run(store());
    Change full =
        Change.builder(1, CrmObject.JOURNEY, pmiId(1), Action.UPDATE)
            .contactId(contactId(1))
            .journeyId(journeyId(1))
            .state(State.FAILED)
            .oldValues(values("A", "", "B", AWKWARD))
            .newValues(values("A", AWKWARD, "B", ""))
            .refusedFields(List.of("Email:shape", "Phone:length"))
            .attempts(3)
            .error("UNABLE_TO_LOCK_ROW", List.of("A", "B"))
            .build();
    Change bare = insert(2, 2);

    store().changes().append(run, List.of(full, bare));

    assertThat(page(run, CrmObject.JOURNEY)).containsExactly(full);
    assertThat(page(run, CrmObject.CONTACT)).containsExactly(bare);
  }

  @Test
  default void append_again_goesOnFromTheRowsThatAreThere() {
    RunId run = run(store());
    Change first = insert(1, 1);
    Change second = insert(2, 2);
    Change third = insert(3, 3);

    store().changes().append(run, List.of(first, second));
    store().changes().append(run, List.of());
    store().changes().append(run, List.of(third));

    assertThat(page(run, CrmObject.CONTACT)).containsExactly(first, second, third);
  }

  @Test
  default void append_everyActionAndState_comesBack() {
    RunId run = run(store());
    List<Change> all =
        IntStream.range(0, Action.values().length * State.values().length)
            .mapToObj(
                n ->
                    change(
                        n + 1L,
                        CrmObject.CONTACT,
                        n,
                        n,
                        null,
                        Action.values()[n / State.values().length],
                        State.values()[n % State.values().length]))
            .toList();
    store().changes().append(run, all);

    assertThat(page(run, CrmObject.CONTACT)).isEqualTo(all);
    for (Change one : all) {
      assertThat(
              store()
                  .changes()
                  .page(run, CrmObject.CONTACT, Set.of(one.action()), Set.of(one.state()), 0, 10))
          .containsExactly(one);
    }
  }

  @Test
  default void page_goesOnAfterASeqUntilThereAreNoMore() {
    RunId run = run(store());
    RunId other = run(store());
    store()
        .changes()
        .append(
            run,
            List.of(
                insert(1, 1),
                journeyUpdate(2, 1),
                insert(3, 2),
                insert(4, 3),
                journeyUpdate(5, 3),
                insert(6, 4)));
    store().changes().append(other, List.of(insert(1, 9)));

    assertThat(seqs(page(run, CrmObject.CONTACT, 0, 2))).containsExactly(1L, 3L);
    assertThat(seqs(page(run, CrmObject.CONTACT, 3, 2))).containsExactly(4L, 6L);
    assertThat(page(run, CrmObject.CONTACT, 6, 2)).isEmpty();
    assertThat(seqs(page(run, CrmObject.JOURNEY, 0, 10))).containsExactly(2L, 5L);
  }

  @Test
  default void markSent_setsStateAndCountsTheAttempt() {
    RunId run = run(store());
    store().changes().append(run, List.of(insert(1, 1), insert(2, 2), insert(3, 3)));

    store().changes().markSent(run, List.of(1L, 3L));
    store().changes().markSent(run, List.of(3L));

    List<Change> rows = page(run, CrmObject.CONTACT);
    assertThat(rows)
        .extracting(Change::state)
        .containsExactly(State.SENT, State.PLANNED, State.SENT);
    assertThat(rows).extracting(Change::attempts).containsExactly(1, 0, 2);
  }

  @Test
  default void markSent_leavesOtherRunsAlone() {
    RunId run = run(store());
    RunId other = run(store());
    store().changes().append(run, List.of(insert(1, 1)));
    store().changes().append(other, List.of(insert(1, 1)));

    store().changes().markSent(run, List.of(1L));

    assertThat(page(other, CrmObject.CONTACT)).containsExactly(insert(1, 1));
  }

  @Test
  default void settle_done_storesTheIds() {
    RunId run = run(store());
    store().changes().append(run, List.of(insert(1, 1, "LastName", "Doe"), journeyUpdate(2, 5)));

    store()
        .changes()
        .settle(
            run,
            List.of(
                new Settlement(1, State.DONE, contactId(7), null, null, List.of()),
                new Settlement(2, State.DONE, null, null, null, List.of())));

    Change contact = page(run, CrmObject.CONTACT).get(0);
    assertThat(contact.state()).isEqualTo(State.DONE);
    assertThat(contact.contactId()).isEqualTo(contactId(7));
    assertThat(contact.journeyId()).isNull();
    assertThat(contact.newValues()).isEqualTo(values("LastName", "Doe"));
    Change journey = page(run, CrmObject.JOURNEY).get(0);
    assertThat(journey.state()).isEqualTo(State.DONE);
    assertThat(journey.contactId()).isEqualTo(contactId(5));
    assertThat(journey.journeyId()).isEqualTo(journeyId(5));
  }

  @Test
  default void settle_refused_storesCodeAndFields() {
    RunId run = run(store());
    store().changes().append(run, List.of(contactUpdate(1, 1), contactUpdate(2, 2)));

    settle(run, 1, State.REFUSED, "STRING_TOO_LONG", "LastName", "FirstName");

    Change refused = page(run, CrmObject.CONTACT).get(0);
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.errorCode()).isEqualTo("STRING_TOO_LONG");
    assertThat(refused.errorFields()).containsExactly("LastName", "FirstName");
    assertThat(page(run, CrmObject.CONTACT).get(1)).isEqualTo(contactUpdate(2, 2));
  }

  @Test
  default void settle_doneAfterAFailure_forgetsTheError() {
    RunId run = run(store());
    store().changes().append(run, List.of(contactUpdate(1, 1)));
    settle(run, 1, State.PLANNED, "UNABLE_TO_LOCK_ROW", "LastName");

    settle(run, 1, State.DONE, null);

    Change done = page(run, CrmObject.CONTACT).get(0);
    assertThat(done.errorCode()).isNull();
    assertThat(done.errorFields()).isEmpty();
    assertThat(done.state()).isEqualTo(State.DONE);
  }

  @Test
  default void settle_twice_changesNothingTheSecondTime() {
    RunId run = run(store());
    store().changes().append(run, List.of(insert(1, 1)));
    Settlement settlement = new Settlement(1, State.DONE, contactId(7), null, null, List.of());
    store().changes().settle(run, List.of(settlement));
    List<Change> before = page(run, CrmObject.CONTACT);

    store().changes().settle(run, List.of(settlement));

    assertThat(page(run, CrmObject.CONTACT)).isEqualTo(before);
  }

  @Test
  default void count_groupsRows() {
    RunId run = run(store());
    store()
        .changes()
        .append(run, List.of(insert(1, 1), insert(2, 2), contactUpdate(3, 3), journeyUpdate(4, 3)));
    settle(run, 1, State.REFUSED, "STRING_TOO_LONG", "LastName");

    assertThat(store().changes().count(run))
        .containsExactlyInAnyOrder(
            new ChangeCount(CrmObject.CONTACT, Action.INSERT, State.REFUSED, "STRING_TOO_LONG", 1),
            new ChangeCount(CrmObject.CONTACT, Action.INSERT, State.PLANNED, "", 1),
            new ChangeCount(CrmObject.CONTACT, Action.UPDATE, State.PLANNED, "", 1),
            new ChangeCount(CrmObject.JOURNEY, Action.UPDATE, State.PLANNED, "", 1));
  }

  @Test
  default void plannedClears_countsBlankFieldsOfPlannedUpdates_andOfThoseThatWait() {
    RunId run = run(store());
    RunId other = run(store());
    store()
        .changes()
        .append(
            run,
            List.of(
                contactUpdate(1, 1, "Email", "", "Phone", "", "LastName", "Doe"),
                journeyUpdate(2, 1, "A", "", "B", "1"),
                contactUpdate(3, 2, "Email", "a@example.org"),
                change(4, CrmObject.CONTACT, 3, 3, null, Action.NOTE, State.PLANNED, "Email", ""),
                change(
                    5, CrmObject.CONTACT, 4, null, null, Action.REJECT, State.REFUSED, "Email", ""),
                awaiting(6, 5, "A", "")));
    store().changes().append(other, List.of(contactUpdate(1, 1, "Email", "")));

    assertThat(store().changes().plannedClears(run)).isEqualTo(4);
  }

  @Test
  default void plannedFlags_countsJourneyUpdatesThatSetTheFlag() {
    RunId run = run(store());
    String flag = "HP_Withdrawal_Status__c";
    store()
        .changes()
        .append(
            run,
            List.of(
                journeyUpdate(1, 1, flag, "1"),
                journeyUpdate(2, 2, flag, "true", "Other__c", ""),
                journeyUpdate(3, 3, flag, "0"),
                journeyUpdate(4, 4, flag, "false"),
                journeyUpdate(5, 5, flag, ""),
                journeyUpdate(6, 6, flag, "10"),
                journeyUpdate(7, 7, "HP_Withdrawal_Status2__c", "1"),
                journeyUpdate(8, 8, "Other__c", flag + "\":\"1"),
                contactUpdate(9, 9, flag, "1")));

    assertThat(store().changes().plannedFlags(run, flag)).isEqualTo(2);
    assertThat(store().changes().plannedFlags(run, "Absent__c")).isZero();
  }

  @Test
  default void history_givesTheNewestRowsOfOneParticipantFirst() {
    RunId first = run(store());
    RunId second = run(store());
    store().changes().append(first, List.of(insert(1, 1), insert(2, 2)));
    store()
        .changes()
        .append(second, List.of(contactUpdate(1, 1), contactUpdate(2, 2), journeyUpdate(3, 1)));

    assertThat(store().changes().history(pmiId(1), 10))
        .containsExactly(
            new ParticipantChange(second, journeyUpdate(3, 1)),
            new ParticipantChange(second, contactUpdate(1, 1)),
            new ParticipantChange(first, insert(1, 1)));
    assertThat(store().changes().history(pmiId(1), 1))
        .containsExactly(new ParticipantChange(second, journeyUpdate(3, 1)));
  }

  @Test
  default void discard_removesTheRowsOfOneRun() {
    RunId run = run(store());
    RunId other = run(store());
    store().changes().append(run, List.of(insert(1, 1), insert(2, 2)));
    store().changes().append(other, List.of(insert(1, 1)));

    store().changes().discard(run);

    assertThat(store().changes().count(run)).isEmpty();
    assertThat(page(other, CrmObject.CONTACT)).containsExactly(insert(1, 1));
    store().changes().append(run, List.of(insert(1, 3)));
    assertThat(page(run, CrmObject.CONTACT)).containsExactly(insert(1, 3));
  }

  @Test
  default void appendMarkAndSettle_moreThanAThousandAtOnce_work() {
    int rows = 2_300;
    RunId run = run(store());
    store()
        .changes()
        .append(
            run,
            IntStream.rangeClosed(1, rows)
                .mapToObj(n -> insert(n, n, "LastName", "N" + n))
                .toList());

    store().changes().markSent(run, LongStream.rangeClosed(1, rows).boxed().toList());
    store()
        .changes()
        .settle(
            run,
            IntStream.rangeClosed(1, rows)
                .mapToObj(n -> new Settlement(n, State.DONE, contactId(n), null, null, List.of()))
                .toList());

    assertThat(store().changes().count(run))
        .containsExactly(new ChangeCount(CrmObject.CONTACT, Action.INSERT, State.DONE, "", rows));
    Change last = page(run, CrmObject.CONTACT, rows - 1L, 10).get(0);
    assertThat(last.contactId()).isEqualTo(contactId(rows));
    assertThat(last.attempts()).isEqualTo(1);
  }

  private void settle(RunId run, long seq, State state, @Nullable String code, String... fields) {
    store()
        .changes()
        .settle(run, List.of(new Settlement(seq, state, null, null, code, List.of(fields))));
  }

  private List<Change> page(RunId run, CrmObject object) {
    return page(run, object, 0, 10_000);
  }

  private List<Change> page(RunId run, CrmObject object, long afterSeq, int limit) {
    return store()
        .changes()
        .page(
            run, object, EnumSet.allOf(Action.class), EnumSet.allOf(State.class), afterSeq, limit);
  }

  private static List<Long> seqs(List<Change> changes) {
    return changes.stream().map(Change::seq).toList();
  }
}
