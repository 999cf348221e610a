package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.PlanDigest;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UndoTest {

  private static final String BEFORE = "(212) 555-0111";
  private static final String WRONG = "(212) 555-0199";

  private final SyncWorld world = new SyncWorld(true);
  private SyncReport wrong;

  /** Three people; the second run writes a wrong phone number to two of them, and a fourth. */
  @BeforeEach
  void aRunThatWentWrong() {
    world.people(1, 3);
    phones(BEFORE);
    world.firstSync();
    phones(WRONG);
    world.person(4);
    wrong = world.nextSync();
    assertThat(wrong.contacts().updated()).isEqualTo(2);
    assertThat(wrong.contacts().inserted()).isEqualTo(1);
  }

  private void phones(String phone) {
    world.contact(1, "Phone_HP", phone);
    world.contact(2, "Phone_HP", phone);
  }

  private String phone(int number) {
    return contact(number).fields().get(new FieldName("Phone")).text();
  }

  private MirroredContact contact(int number) {
    return world.store.mirror().find(pmiId(number)).orElseThrow().contacts().get(0);
  }

  private SyncReport undo(RunId run) {
    world.clock.advance(Duration.ofHours(1));
    return world.sync().run(SyncRequest.undo("test", run, null));
  }

  @Test
  void undo_putsBackWhatWasThere_andNoSyncOverwritesIt() {
    String written = phone(1);

    SyncReport undo = undo(wrong.run());

    assertThat(undo.state()).isEqualTo(RunState.DONE);
    assertThat(undo.undone()).isEqualTo(wrong.run());
    assertThat(undo.contacts().updated()).isEqualTo(2);
    assertThat(undo.contacts().skipped()).as("the Contact that was created").isEqualTo(1);
    assertThat(undo.contacts().holds()).isTrue();
    assertThat(undo.needsSomebody(false)).isFalse();
    assertThat(phone(1)).isNotEqualTo(written).contains("0111");
    assertThat(world.crm.contactsWith(pmiId(4))).isEqualTo(1);

    SyncReport next = world.nextSync();
    assertThat(next.plannedTotal()).isZero();
    assertThat(next.held()).containsEntry("contact.undo", 2L);
    assertThat(phone(2)).contains("0111");
  }

  @Test
  void undo_sourceMovesOn_endsTheHold() {
    undo(wrong.run());
    world.contact(1, "Phone_HP", "(212) 555-0122");

    assertThat(world.nextSync().contacts().updated()).isEqualTo(1);

    assertThat(phone(1)).contains("0122");
    assertThat(phone(2)).contains("0111");
  }

  @Test
  void undo_released_isSentAgain() {
    undo(wrong.run());
    world.store.holds().release(List.of(pmiId(1)));

    assertThat(world.nextSync().contacts().updated()).isEqualTo(1);
    assertThat(phone(1)).contains("0199");
  }

  @Test
  void undo_recordThatSomebodyChangedSince_isLeftAlone() {
    world.clock.advance(Duration.ofHours(1));
    world.crm.editContact(contact(1).id(), TestParticipants.values("Phone", "(212) 555-0133"));

    SyncReport undo = undo(wrong.run());

    assertThat(undo.contacts().updated()).isEqualTo(1);
    assertThat(undo.contacts().rejected()).isEqualTo(1);
    assertThat(undo.errors()).extracting(SyncReport.ErrorCount::code).contains("changed-since");
    assertThat(phone(1)).contains("0133");
    assertThat(world.store.holds().find(pmiId(1))).isEmpty();
    assertThat(world.store.holds().find(pmiId(2)))
        .hasValueSatisfying(h -> assertThat(h.kind()).isEqualTo(Kind.UNDO));
    assertThat(world.store.changes().failureCauses(undo.run()).get(0).fields())
        .containsExactly("Phone");
  }

  @Test
  void undo_again_findsEverythingBack() {
    undo(wrong.run());

    SyncReport again = undo(wrong.run());

    assertThat(again.contacts().updated()).isZero();
    assertThat(again.contacts().unchanged()).isEqualTo(2);
  }

  @Test
  void undo_ofTheUndo_writesWhatItTookBack() {
    SyncReport undo = undo(wrong.run());

    undo(undo.run());

    assertThat(phone(1)).contains("0199");
  }

  @Test
  void undo_whoHasWithdrawn_orIsGone_isLeftAlone() {
    world.journey(1, "Withdrawal Status", "1");
    world.clock.advance(Duration.ofHours(1));
    world.crm.deleteContact(contact(2).id());

    SyncReport undo = undo(wrong.run());

    assertThat(undo.contacts().updated()).isZero();
    assertThat(undo.errors())
        .extracting(SyncReport.ErrorCount::code)
        .contains("withdrawn-since", "gone-since");
  }

  @Test
  void undo_valuesBlanked_isLeftAlone() {
    world.store.changes().blankValues(wrong.run(), 0, Long.MAX_VALUE);

    assertThat(undo(wrong.run()).errors())
        .extracting(SyncReport.ErrorCount::code)
        .contains("values-blanked");
    assertThat(phone(1)).contains("0199");
  }

  @Test
  void undo_holdForAPersonsDecision_stays() {
    Hold review = new Hold(pmiId(1), Kind.REVIEW, "code", Instant.EPOCH, null);
    world.store.holds().put(List.of(review));

    undo(wrong.run());

    assertThat(world.store.holds().find(pmiId(1))).contains(review);
  }

  @Test
  void planUndo_writesNothing_andItsPlanMayBeApproved() {
    SyncReport plan = world.sync().run(SyncRequest.planUndo("test", wrong.run()));
    assertThat(plan.state()).isEqualTo(RunState.PLANNED);
    assertThat(plan.plannedTotal()).isEqualTo(2);
    assertThat(phone(1)).contains("0199");
    world.clock.advance(Duration.ofHours(1));
    world.crm.editContact(contact(1).id(), TestParticipants.values("Phone", "(212) 555-0133"));

    SyncReport undo =
        world
            .sync()
            .run(
                SyncRequest.undo(
                    "test",
                    wrong.run(),
                    new SyncRequest.ApprovedPlan(
                        plan.run(), PlanDigest.of(world.store.changes(), plan.run()))));

    assertThat(undo.contacts().updated()).isEqualTo(1);
    assertThat(phone(2)).contains("0111");
  }

  @Test
  void undo_planOfSomethingElse_isNoApproval() {
    SyncReport plan = world.sync().run(SyncRequest.plan("test"));

    assertThatThrownBy(
            () ->
                world
                    .sync()
                    .run(
                        SyncRequest.undo(
                            "test",
                            wrong.run(),
                            new SyncRequest.ApprovedPlan(
                                plan.run(), PlanDigest.of(world.store.changes(), plan.run())))))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("made for something else")
        .hasMessageContaining("undo " + wrong.run() + " --dry-run");
  }

  @Test
  void undo_runThatSentNothing_isRefused() {
    SyncReport plan = world.sync().run(SyncRequest.plan("test"));

    for (RunId run : List.of(plan.run(), new RunId(99))) {
      assertThatThrownBy(() -> undo(run))
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("Nothing was changed");
    }
  }

  @Test
  void undo_halfLoadedSource_isNoObstacle() {
    for (int number = 1; number <= 4; number++) {
      world.remove(number);
    }
    world.person(9);

    SyncReport undo = undo(wrong.run());

    assertThat(undo.contacts().updated()).isEqualTo(2);
    assertThat(world.store.holds().find(pmiId(1)))
        .hasValueSatisfying(h -> assertThat(h.valuesHash()).isNull());
  }

  @Test
  void undo_killedAtAnyMoment_isFinishedByTheNextSync() {
    int nth = 1;
    while (isKilledBefore(nth)) {
      nth++;
    }
    assertThat(nth).as("moments that were tried").isGreaterThan(20);
  }

  /** Says whether the undo came so far; whatever came, the next runs must end as without a kill. */
  private static boolean isKilledBefore(int nth) {
    UndoTest test = new UndoTest();
    test.aRunThatWentWrong();
    test.world.store.failBefore(nth, Killed::new);
    boolean killed = false;
    try {
      test.undo(test.wrong.run());
    } catch (Killed e) {
      killed = true;
      test.world.clock.advance(Duration.ofHours(1));
      SyncReport finished = test.world.nextSync();
      if (finished.undone() == null) {
        // it died before its first write: that sync was one of its own, and this is the first undo
        test.undo(test.wrong.run());
      }
    }
    // nothing dies from here on
    test.world.store.failBefore(Long.MAX_VALUE / 2, Killed::new);
    assertThat(test.phone(1)).as("killed before %d", nth).contains("0111");
    assertThat(test.phone(2)).as("killed before %d", nth).contains("0111");
    assertThat(test.world.nextSync().held())
        .as("killed before %d", nth)
        .containsEntry("contact.undo", 2L);
    return killed;
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
