package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.InMemoryDesk.Stored;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Abandonment;
import edu.cumc.aou.sync.run.PlanDigest;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An undo that also deletes the Contacts that a run created. */
class DeleteCreatedTest {

  private SyncWorld world = new SyncWorld(true);
  private SyncReport wrong;

  @BeforeEach
  void aRunThatCreatedThree() {
    world.people(1, 3);
    world.firstSync();
    world.people(4, 6);
    world.contact(1, "Phone_HP", "(212) 555-0199");
    wrong = world.nextSync();
    assertThat(wrong.contacts().inserted()).isEqualTo(3);
  }

  private void again(String hocon) {
    world = new SyncWorld(true, hocon);
    aRunThatCreatedThree();
  }

  private MirroredContact contact(int number) {
    return world.store.mirror().find(pmiId(number)).orElseThrow().contacts().get(0);
  }

  private SyncReport delete(RunId run) {
    world.clock.advance(Duration.ofHours(1));
    return world.sync().run(SyncRequest.undo("test", run, null).deletingCreated());
  }

  private SyncReport undo(RunId run) {
    world.clock.advance(Duration.ofHours(1));
    return world.sync().run(SyncRequest.undo("test", run, null));
  }

  private long there(CrmObject object) {
    return world.crm.desk().records(object).stream().filter(r -> !r.deleted()).count();
  }

  private static List<String> codes(SyncReport report) {
    return report.errors().stream().map(SyncReport.ErrorCount::code).sorted().toList();
  }

  @Test
  void deleteCreated_takesContactsAndTheirJourneys_andNobodyIsCreatedAnew() {
    SyncReport undo = delete(wrong.run());

    assertThat(undo.state()).isEqualTo(RunState.DONE);
    assertThat(undo.contacts().deleted()).isEqualTo(3);
    assertThat(undo.journeys().deleted()).isEqualTo(3);
    assertThat(undo.contacts().updated()).as("the phone number").isEqualTo(1);
    assertThat(undo.contacts().holds()).isTrue();
    assertThat(undo.journeys().holds()).isTrue();
    assertThat(undo.needsSomebody(false)).isFalse();
    assertThat(there(CrmObject.CONTACT)).isEqualTo(3);
    assertThat(there(CrmObject.JOURNEY)).isEqualTo(3);
    assertThat(undo.ids().contactPmi()).isEqualTo(3);
    assertThat(undo.ids().relationship()).isEqualTo(3);
    assertThat(world.notes).anyMatch(n -> n.contains("3 participants are not created anew"));

    SyncReport next = world.nextSync();

    assertThat(next.plannedTotal()).isZero();
    assertThat(next.held()).containsEntry("contact.undo", 4L);
    assertThat(next.needsSomebody(false)).as("held, and not acknowledged").isTrue();
    assertThat(next.anomalies()).noneMatch(a -> a.open() > 0);
    assertThat(world.store.mirror().counts().contacts()).isEqualTo(3);
  }

  /** The Contact is deleted already, by a person or an earlier undo, so nobody is needed. */
  @Test
  void deleteCreated_again_findsThemGone() {
    delete(wrong.run());

    SyncReport again = delete(wrong.run());

    assertThat(again.contacts().deleted()).isZero();
    assertThat(codes(again)).isEmpty();
    assertThat(again.skipped()).isEmpty();
    assertThat(again.contacts().holds()).isTrue();
    assertThat(again.journeys().holds()).isTrue();
    assertThat(again.needsSomebody(false)).isFalse();
  }

  @Test
  void deleteCreated_keepsTheBeforeImage() {
    SyncReport undo = delete(wrong.run());

    Change row =
        world.store.changes().history(pmiId(4), 10).stream()
            .filter(c -> c.run().equals(undo.run()))
            .map(c -> c.change())
            .filter(c -> c.object() == CrmObject.CONTACT)
            .findFirst()
            .orElseThrow();
    assertThat(row.action()).isEqualTo(Change.Action.DELETE);
    assertThat(row.state()).isEqualTo(Change.State.DONE);
    assertThat(row.oldValues().asMap().values())
        .anyMatch(v -> v.text().equals("Muster4"))
        .anyMatch(v -> v.text().equals(pmiId(4).value()));
  }

  @Test
  void undo_withoutTheOption_deletesNobody() {
    assertThat(undo(wrong.run()).contacts().skipped()).isEqualTo(3);
    assertThat(there(CrmObject.CONTACT)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "recreate"})
  void released_isCreatedAnew(String whenDeleted) {
    again("contact.when-deleted = " + whenDeleted);
    delete(wrong.run());
    assertThat(world.nextSync().contacts().inserted()).isZero();

    world.store.holds().release(List.of(pmiId(4)));

    assertThat(world.nextSync().contacts().inserted()).isEqualTo(1);
    assertThat(world.crm.contactsWith(pmiId(4))).isEqualTo(1);
    assertThat(world.crm.contactsWith(pmiId(5))).isZero();
    assertThat(world.nextSync().plannedTotal()).isZero();
  }

  @Test
  void undoOfTheDeletion_bringsEverybodyBack() {
    ContactId before = contact(4).id();
    SyncReport undo = delete(wrong.run());

    SyncReport back = undo(undo.run());

    assertThat(back.contacts().restored()).isEqualTo(3);
    assertThat(back.journeys().restored()).isEqualTo(3);
    assertThat(back.contacts().holds()).isTrue();
    assertThat(back.journeys().holds()).isTrue();
    assertThat(there(CrmObject.CONTACT)).isEqualTo(6);
    assertThat(there(CrmObject.JOURNEY)).isEqualTo(6);
    assertThat(contact(4).id()).isEqualTo(before);
    assertThat(contact(4).journeys()).hasSize(1);
    assertThat(back.ids().contactPmi()).isEqualTo(6);
    SyncReport next = world.nextSync();
    assertThat(next.contacts().inserted()).isZero();
    assertThat(next.anomalies()).noneMatch(a -> a.open() > 0);
  }

  @Test
  void undoOfTheDeletion_whoIsErased_orThereAlready_isTold() {
    ContactId erased = contact(4).id();
    ContactId back = contact(5).id();
    SyncReport undo = delete(wrong.run());
    world.crm.desk().erase(erased.value());
    world.crm.desk().undelete(back.value());

    SyncReport restored = undo(undo.run());

    assertThat(restored.contacts().restored()).isEqualTo(1);
    assertThat(restored.contacts().unchanged()).isEqualTo(1);
    assertThat(codes(restored)).containsExactly("erased-since");
    assertThat(restored.contacts().holds()).isTrue();
    assertThat(restored.journeys().holds()).isTrue();
  }

  @Test
  void whoWasTouched_stays() {
    world.clock.advance(Duration.ofHours(1));
    world.crm.editContact(contact(4).id(), TestParticipants.values("Phone", "(212) 555-0133"));
    world.crm.editJourney(
        contact(5).journeys().get(0).id(),
        TestParticipants.values("HP_Withdrawal_Status__c", "true"));
    world.crm.deleteContact(contact(6).id());

    SyncReport undo = delete(wrong.run());

    assertThat(undo.contacts().deleted()).isZero();
    assertThat(codes(undo)).containsExactly("journey-touched-since", "touched-since");
    assertThat(there(CrmObject.CONTACT)).isEqualTo(5);
    assertThat(world.store.holds().find(pmiId(4))).isEmpty();
    assertThat(undo.contacts().holds()).isTrue();
    assertThat(undo.journeys().holds()).isTrue();
  }

  @Test
  void whoWasMerged_hasASecondJourney_orHasWithdrawn_stays() {
    world.clock.advance(Duration.ofHours(1));
    world.crm.mergeContacts(contact(1).id(), contact(4).id());
    world.crm.createJourney(contact(5).id());
    world.journey(6, "Withdrawal Status", "1");

    SyncReport undo = delete(wrong.run());

    assertThat(undo.contacts().deleted()).isZero();
    assertThat(codes(undo)).contains("merged-since", "has-several-journeys", "withdrawn-since");
    assertThat(there(CrmObject.CONTACT)).isEqualTo(5);
  }

  @Test
  void whatALaterSyncWrote_isNobodysTouch() {
    world.contact(4, "Phone_HP", "(212) 555-0144");
    assertThat(world.nextSync().contacts().updated()).isEqualTo(1);

    assertThat(delete(wrong.run()).contacts().deleted()).isEqualTo(3);
  }

  @Test
  void whatOurUserDidBesideTheSync_isATouch() {
    world.clock.advance(Duration.ofHours(1));
    world.crm.desk().changedAt(contact(4).id().value(), world.clock.instant());

    assertThat(codes(delete(wrong.run()))).containsExactly("touched-since");
  }

  @Test
  void contactThatWasThereBefore_isNotTheRunsToDelete() {
    world.person(7);
    world.crm.createContact(pmiId(7).value(), TestParticipants.values("LastName", "Muster7"));
    SyncReport adopted = world.nextSync();

    SyncReport undo = delete(adopted.run());

    assertThat(undo.contacts().deleted()).isZero();
    assertThat(world.crm.contactsWith(pmiId(7))).isEqualTo(1);
  }

  @Test
  void guard_stopsMoreThanAllowed_untilThatDeletionIsApproved() {
    again("guards.max-deletes.number = 2");

    SyncReport stopped = delete(wrong.run());

    assertThat(stopped.state()).isEqualTo(RunState.GUARDED);
    assertThat(stopped.trips()).extracting(t -> t.guard()).containsExactly("guards.max-deletes");
    assertThat(there(CrmObject.CONTACT)).isEqualTo(6);

    SyncReport plan = world.sync().run(SyncRequest.planUndo("test", wrong.run()).deletingCreated());
    assertThat(plan.planned())
        .anyMatch(
            p -> p.object() == CrmObject.CONTACT && p.action().equals("delete") && p.count() == 3);
    world.clock.advance(Duration.ofHours(1));
    world.crm.editContact(contact(5).id(), TestParticipants.values("Phone", "(212) 555-0133"));
    SyncReport approved =
        world
            .sync()
            .run(
                SyncRequest.undo(
                        "test",
                        wrong.run(),
                        new SyncRequest.ApprovedPlan(
                            plan.run(), PlanDigest.of(world.store.changes(), plan.run())))
                    .deletingCreated());
    assertThat(approved.contacts().deleted()).isEqualTo(2);
    assertThat(world.crm.contactsWith(pmiId(5))).isEqualTo(1);
  }

  @Test
  void plainPlan_approvesNoDeletion() {
    SyncReport plan = world.sync().run(SyncRequest.planUndo("test", wrong.run()));

    SyncReport undo =
        world
            .sync()
            .run(
                SyncRequest.undo(
                        "test",
                        wrong.run(),
                        new SyncRequest.ApprovedPlan(
                            plan.run(), PlanDigest.of(world.store.changes(), plan.run())))
                    .deletingCreated());

    assertThat(undo.contacts().deleted()).isZero();
    assertThat(there(CrmObject.CONTACT)).isEqualTo(6);
  }

  @Test
  void contactThatSalesforceRefusesToDelete_keepsItsJourney() {
    world.crm.refuse(pmiId(4), "DELETE_FAILED");

    SyncReport undo = delete(wrong.run());

    assertThat(undo.contacts().deleted()).isEqualTo(2);
    assertThat(codes(undo)).containsExactly("DELETE_FAILED", "contact-not-deleted");
    assertThat(there(CrmObject.JOURNEY)).isEqualTo(4);
    assertThat(undo.needsSomebody(false)).isTrue();
  }

  @Test
  void lostAnswer_isNoHarm() {
    world.clock.advance(Duration.ofHours(1));
    world.crm.loseNextAnswer(true);

    assertThat(delete(wrong.run()).state()).isEqualTo(RunState.DONE);

    assertThat(there(CrmObject.CONTACT)).isEqualTo(3);
    assertThat(world.nextSync().held()).containsEntry("contact.undo", 4L);
  }

  @Test
  void killedAtAnyMoment_isFinishedByTheNextSync_orGivenUpWithHolds() {
    int nth = 1;
    while (isKilledBefore(nth)) {
      nth++;
    }
    assertThat(nth).as("moments that were tried").isGreaterThan(20);
  }

  private static boolean isKilledBefore(int nth) {
    for (boolean abandon : nth % 4 == 0 ? new boolean[] {false, true} : new boolean[] {false}) {
      DeleteCreatedTest test = new DeleteCreatedTest();
      test.again("contact.when-deleted = recreate");
      test.world.store.failBefore(nth, Killed::new);
      try {
        test.delete(test.wrong.run());
        return false;
      } catch (Killed e) {
        test.afterKill(abandon, nth);
      }
    }
    return true;
  }

  private void afterKill(boolean abandon, int nth) {
    world.store.failBefore(Long.MAX_VALUE / 2, Killed::new);
    world.clock.advance(Duration.ofHours(1));
    long left = there(CrmObject.CONTACT);
    if (abandon && world.store.runs().unfinished().isPresent()) {
      world.load();
      Abandonment.abandon(
          world.services(),
          world.store.runs().unfinished().orElseThrow().id(),
          "test",
          Duration.ofMinutes(5),
          Duration.ofHours(1));
    }
    SyncReport next = world.nextSync();
    if (!abandon && next.undone() == null) {
      delete(wrong.run());
    }
    long contacts = there(CrmObject.CONTACT);
    assertThat(contacts)
        .as("killed before %d%s", nth, abandon ? ", given up" : "")
        .isEqualTo(abandon ? left : 3);
    world.nextSync();
    assertThat(there(CrmObject.CONTACT)).as("the morning after, %d", nth).isEqualTo(contacts);
    assertThat(world.crm.desk().records(CrmObject.CONTACT).stream().map(Stored::id).count())
        .as("nobody was created anew")
        .isEqualTo(6);
    List<Hold> held = new ArrayList<>();
    try (Cursor<Hold> holds = world.store.holds().read()) {
      holds.forEachRemaining(held::add);
    }
    assertThat(held.stream().filter(Hold::isOfDeleted).count()).isEqualTo(6 - contacts);
    assertThat(held).allMatch(h -> h.kind() == HoldTable.Kind.UNDO);
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
