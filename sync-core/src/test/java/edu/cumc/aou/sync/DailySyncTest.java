package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.PlanDigest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DailySyncTest {

  private SyncWorld world = new SyncWorld(true);

  private ContactId contactOf(int number) {
    return world.store.mirror().find(pmiId(number)).orElseThrow().contacts().stream()
        .filter(c -> !c.gone())
        .map(MirroredContact::id)
        .findFirst()
        .orElseThrow();
  }

  private static void assertBalanced(SyncReport report) {
    assertThat(report.contacts().holds()).isTrue();
    assertThat(report.journeys().holds()).isTrue();
  }

  private void assertNothingLeft() {
    SyncReport again = world.nextSync();
    assertThat(again.state()).isEqualTo(RunState.DONE);
    assertThat(again.plannedTotal()).isZero();
    assertBalanced(again);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_firstDay_insertsEverybody_andASecondRunPlansNothing(boolean unique) {
    world = new SyncWorld(unique);
    world.people(1, 450);
    SyncReport report = world.firstSync();
    assertThat(report.contacts().inserted()).isEqualTo(450);
    assertThat(report.journeys().updated()).isEqualTo(450);
    assertThat(report.ids().complete()).isEqualTo(450);
    assertThat(report.exitCode(true)).isZero();
    assertBalanced(report);
    assertNothingLeft();
  }

  @Test
  void run_nextDay_sendsOnlyWhatChanged() {
    world.people(1, 300);
    world.firstSync();
    world.person(301);
    world.contact(7, "Last Name_HP", "Other");
    world.journey(8, "EHR Consent Status", "1");
    SyncReport report = world.nextSync();
    assertThat(report.contacts().inserted()).isEqualTo(1);
    assertThat(report.contacts().updated()).isEqualTo(1);
    assertThat(report.journeys().updated()).isEqualTo(2);
    assertThat(world.crm.storedContact(contactOf(7))).containsEntry("LastName", "Other");
    assertNothingLeft();
  }

  @Test
  void run_withdrawnPerson_isFrozen_andTheBlanksReachNobody() {
    world.people(1, 3);
    world.firstSync();
    world.journey(2, "Withdrawal Status", "1");
    world.contact(2, "Last Name_HP", "");
    world.contact(2, "Email_HP", "");
    world.journey(2, "Participant Status", "");
    world.journey(2, "Primary Consent Status", "0");
    SyncReport report = world.nextSync();
    assertThat(report.contacts().frozen()).isEqualTo(1);
    assertThat(report.journeys().updated()).isEqualTo(1);
    assertThat(world.crm.storedContact(contactOf(2)))
        .containsEntry("LastName", "Muster2")
        .containsEntry("Email", "p2@example.org");
    world.person(4);
    world.journey(4, "Withdrawal Status", "1");
    assertThat(world.nextSync().contacts().skipped()).isEqualTo(1);
    assertThat(world.crm.contactsWith(pmiId(4))).isZero();
  }

  @Test
  void run_withdrawalDateThatTheSourceBlanks_staysInSalesforce() {
    world.people(1, 3);
    world.firstSync();
    world.journey(2, "Withdrawal Status", "1");
    world.journey(2, "Withdrawal Date", "2026-03-02");
    assertThat(world.nextSync().journeys().updated()).isEqualTo(1);
    world.journey(2, "Withdrawal Date", "");
    SyncReport report = world.nextSync();
    assertThat(report.journeys().frozen()).isEqualTo(1);
    assertThat(report.plannedTotal()).isZero();
    assertBalanced(report);
  }

  @Test
  void run_rowsThatAreNoParticipant_areRejected_andStopNobodyElse() {
    world.people(1, 3);
    world.extraContact(new RawRow("P12", Map.of("Last Name_HP", "x")));
    world.extraContact(new RawRow(pmiText(2), Map.of("Last Name_HP", "contradicts")));
    world.contact(3, "Last Name_HP", " ");
    SyncReport report = world.firstSync();
    assertThat(report.contacts().inserted()).isEqualTo(1);
    assertThat(report.contacts().rejected()).isEqualTo(3);
    assertThat(report.contacts().surplusRows()).isEqualTo(1);
    assertThat(report.errors())
        .extracting(e -> e.object() + " " + e.code())
        .contains(
            "CONTACT malformed-pmi-id",
            "CONTACT contradicting-rows",
            "CONTACT required-field-missing:LastName");
    assertThat(report.exitCode(false)).isEqualTo(5);
    assertBalanced(report);
  }

  @Test
  void run_refusedFieldsAndRecords_areCounted_andTheRestIsSent() {
    world.people(1, 5);
    world.contact(1, "Email_HP", "no address");
    world.crm.refuse(pmiId(2), "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Phone");
    SyncReport report = world.firstSync();
    assertThat(report.contacts().inserted()).isEqualTo(4);
    assertThat(report.contacts().refused()).isEqualTo(1);
    assertThat(report.refusedFields()).containsEntry("contact.Email:invalid-email", 1L);
    assertThat(world.crm.storedContact(contactOf(1)))
        .doesNotContainKey("Email")
        .containsEntry("LastName", "Muster1");
    assertThat(report.journeys().notAttempted())
        .as("the journey of a Contact that was refused")
        .isEqualTo(1);
    assertBalanced(report);
    world.crm.accept(pmiId(2));
    assertThat(world.nextSync().contacts().inserted()).isEqualTo(1);
  }

  @Test
  void run_lockedRow_isSentAgain() {
    world.people(1, 3);
    world.firstSync();
    world.contact(1, "Last Name_HP", "New");
    world.crm.lockOnce(contactOf(1));
    SyncReport report = world.nextSync();
    assertThat(report.contacts().updated()).isEqualTo(1);
    assertThat(world.crm.storedContact(contactOf(1))).containsEntry("LastName", "New");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_lostAnswerToACreate_isResolvedByAsking(boolean applied) {
    world = new SyncWorld(false);
    world.people(1, 250);
    world.crm.loseNextAnswer(applied);
    SyncReport report = world.firstSync();
    assertThat(report.contacts().inserted()).isEqualTo(250);
    for (int n = 1; n <= 250; n++) {
      assertThat(world.crm.contactsWith(pmiId(n))).isEqualTo(1);
    }
    assertThat(report.ids().complete()).isEqualTo(250);
    assertBalanced(report);
    assertNothingLeft();
  }

  @Test
  void run_doubledPmiId_isHeld_andTold() {
    world = new SyncWorld(false);
    world.people(1, 3);
    world.firstSync();
    world.crm.createContact(pmiText(2), values("LastName", "Double"));
    world.contact(2, "Last Name_HP", "New");
    SyncReport report = world.nextSync();
    assertThat(report.contacts().held()).isEqualTo(1);
    assertThat(report.journeys().held()).isEqualTo(1);
    assertThat(report.anomalies()).contains(new AnomalyCount(Kind.DOUBLED_PMI_ID, 1, 1, 0));
    assertThat(report.exitCode(false)).isEqualTo(5);
    assertBalanced(report);
  }

  @Test
  void run_deletedContact_isReported_orRecreatedIfSoConfigured() {
    world.people(1, 3);
    world.firstSync();
    world.crm.deleteContact(contactOf(2));
    SyncReport report = world.nextSync();
    assertThat(report.contacts().held()).isEqualTo(1);
    assertThat(world.crm.contactsWith(pmiId(2))).isZero();
    assertThat(report.anomalies()).contains(new AnomalyCount(Kind.DELETED_CONTACT, 1, 1, 0));
    assertBalanced(report);

    world = new SyncWorld(true, "contact.when-deleted = recreate");
    world.people(1, 3);
    world.firstSync();
    world.crm.deleteContact(contactOf(2));
    assertThat(world.nextSync().contacts().inserted()).isEqualTo(1);
    assertThat(world.crm.contactsWith(pmiId(2))).isEqualTo(1);
  }

  @Test
  void run_mergedContact_isFollowed_unlessTheSurvivorIsSomebodyElse() {
    world.people(1, 3);
    world.firstSync();
    ContactId survivor = world.crm.createContact(null, values("LastName", "Marketing"));
    world.crm.mergeContacts(survivor, contactOf(1));
    world.crm.mergeContacts(contactOf(3), contactOf(2));
    SyncReport report = world.nextSync();
    assertThat(report.contacts().adopted()).isEqualTo(1);
    assertThat(report.contacts().held()).isEqualTo(1);
    assertThat(world.crm.storedContact(survivor))
        .containsEntry("HP_PMI_ID__c", pmiText(1))
        .containsEntry("LastName", "Muster1");
    assertThat(world.crm.contactsWith(pmiId(3))).isEqualTo(1);
    assertThat(world.crm.contactsWith(pmiId(2))).isZero();
    assertBalanced(report);
  }

  @Test
  void run_journeyThatNeverComes_waitsNoLongerThanAllowed_andIsTakenUpLater() {
    world.people(1, 2);
    world.firstSync();
    world.person(3);
    world.load();
    world.crm.deleteJourney(
        world.store.mirror().find(pmiId(1)).orElseThrow().contacts().get(0).journeys().get(0).id());
    SyncReport report = world.nextSync();
    assertThat(report.journeys().updated()).isEqualTo(1);
    assertThat(report.journeys().notAttempted()).isEqualTo(1);
    assertThat(report.anomalies()).contains(new AnomalyCount(Kind.MISSING_JOURNEY, 1, 1, 0));
    assertBalanced(report);
    world.crm.createJourney(contactOf(1));
    assertThat(world.nextSync().journeys().updated()).isEqualTo(1);
    assertNothingLeft();
  }

  @Test
  void run_halfLoadedSource_isStoppedBeforeAnythingIsWritten() {
    world.people(1, 100);
    world.firstSync();
    for (int n = 51; n <= 100; n++) {
      world.remove(n);
    }
    world.contact(1, "Last Name_HP", "New");
    SyncReport report = world.nextSync();
    assertThat(report.state()).isEqualTo(RunState.GUARDED);
    assertThat(report.trips()).extracting(GuardTrip::guard).contains("guards.max-shrink");
    assertThat(report.exitCode(false)).isEqualTo(6);
    assertThat(world.crm.storedContact(contactOf(1))).containsEntry("LastName", "Muster1");
  }

  @Test
  void run_firstLoadWithoutSayingSo_isStopped() {
    world.people(1, 600);
    SyncReport report = world.nextSync();
    assertThat(report.trips()).extracting(GuardTrip::guard).containsExactly("guards.max-inserts");
    assertThat(world.crm.contactsWith(pmiId(1))).isZero();
    assertThat(world.firstSync().contacts().inserted()).isEqualTo(600);
  }

  @Test
  void run_inAPlan_writesNothing_andIsCarriedOutOnlyAsApproved() {
    world.people(1, 5);
    world.firstSync();
    world.contact(1, "Last Name_HP", "One");
    world.contact(2, "Last Name_HP", "Two");
    SyncReport plan = world.sync().run(SyncRequest.plan("test"));
    assertThat(plan.state()).isEqualTo(RunState.PLANNED);
    assertThat(plan.plannedTotal()).isEqualTo(2);
    assertThat(world.crm.storedContact(contactOf(1))).containsEntry("LastName", "Muster1");

    String digest = PlanDigest.of(world.store.changes(), plan.run());
    world.contact(2, "Last Name_HP", "Three");
    SyncRequest.ApprovedPlan approved = new SyncRequest.ApprovedPlan(plan.run(), digest);
    SyncReport report =
        world.sync().run(new SyncRequest(RunMode.SYNC, "test", false, false, approved, null));
    assertThat(report.contacts().updated()).isEqualTo(1);
    assertThat(report.contacts().failed()).isEqualTo(1);
    assertThat(world.crm.storedContact(contactOf(1))).containsEntry("LastName", "One");
    assertThat(world.crm.storedContact(contactOf(2))).containsEntry("LastName", "Muster2");

    SyncRequest.ApprovedPlan altered = new SyncRequest.ApprovedPlan(plan.run(), "0".repeat(64));
    assertThatThrownBy(
            () ->
                world
                    .sync()
                    .run(new SyncRequest(RunMode.SYNC, "test", false, false, altered, null)))
        .hasMessageContaining("do not hold the same changes");
    world.clock.advance(Duration.ofHours(25));
    assertThatThrownBy(
            () ->
                world
                    .sync()
                    .run(new SyncRequest(RunMode.SYNC, "test", false, false, approved, null)))
        .hasMessageContaining("older than 24 hours");
  }

  @Test
  void run_withADeadline_leavesTheRestToTheNextRun() {
    world.people(1, 450);
    world.load();
    SyncReport report =
        world
            .sync()
            .run(
                new SyncRequest(
                    RunMode.SYNC,
                    "test",
                    false,
                    true,
                    null,
                    world.clock.instant().plusSeconds(70)));
    assertThat(report.state()).isEqualTo(RunState.SUSPENDED);
    SyncReport rest = world.sync().run(SyncRequest.sync("other"));
    assertThat(rest.run()).isEqualTo(report.run());
    assertThat(rest.state()).isEqualTo(RunState.DONE);
    assertThat(rest.contacts().inserted()).isEqualTo(450);
    assertThat(rest.ids().complete()).isEqualTo(450);
    assertNothingLeft();
  }

  @Test
  void run_whileAnotherRuns_isRefused() {
    world.people(1, 2);
    world.store.lease().acquire("somebody", Duration.ofMinutes(5));
    assertThatThrownBy(() -> world.firstSync())
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_RUNNING))
        .hasMessageContaining("by somebody");
  }

  @Test
  void run_inAnotherOrg_isRefused() {
    world.people(1, 2);
    world.firstSync();
    world.crm.become(new OrgIdentity("00DMEM000000002EAA", true));
    assertThatThrownBy(() -> world.nextSync()).hasMessageContaining("another Salesforce org");
    world.crm.become(new OrgIdentity("00DMEM000000001EAA", false));
    assertThatThrownBy(() -> world.nextSync()).hasMessageContaining("environment");
  }

  /**
   * After each mutation of the store, or, where a create that is repeated makes a second record,
   * before each: then Salesforce has done what the store does not know of.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_killedAtAnyMoment_isFinishedByTheNext_withEverybodyExactlyOnce(boolean unique) {
    SyncWorld undisturbed = new SyncWorld(unique);
    undisturbed.people(1, 250);
    undisturbed.firstSync();
    long mutations = undisturbed.store.mutations();
    assertThat(mutations).isGreaterThan(20);
    for (long nth = 1; nth <= mutations; nth++) {
      world = new SyncWorld(unique);
      world.people(1, 250);
      if (unique) {
        world.store.failAfter(nth, Kill::new);
      } else {
        world.store.failBefore(nth, Kill::new);
      }
      boolean killed = false;
      try {
        world.firstSync();
      } catch (Kill e) {
        killed = true;
      }
      assertThat(killed).as("killed at mutation %d", nth).isTrue();
      world.clock.advance(Duration.ofMinutes(6));
      world.firstSync();
      for (int n = 1; n <= 250; n++) {
        assertThat(world.crm.contactsWith(pmiId(n)))
            .as("mutation %d, person %d", nth, n)
            .isEqualTo(1);
      }
      assertThat(world.store.ids().counts().complete()).as("mutation %d", nth).isEqualTo(250);
      SyncReport again = world.nextSync();
      assertThat(again.plannedTotal()).as("mutation %d", nth).isZero();
      assertBalanced(again);
    }
  }

  /** The process is gone: nothing of ours catches this. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }
}
