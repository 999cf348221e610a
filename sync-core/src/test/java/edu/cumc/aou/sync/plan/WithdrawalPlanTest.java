package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.plan.PlanOneTest.mark;
import static edu.cumc.aou.sync.plan.PlanSite.contact;
import static edu.cumc.aou.sync.plan.PlanSite.contactRow;
import static edu.cumc.aou.sync.plan.PlanSite.counts;
import static edu.cumc.aou.sync.plan.PlanSite.entry;
import static edu.cumc.aou.sync.plan.PlanSite.journey;
import static edu.cumc.aou.sync.plan.PlanSite.journeyRow;
import static edu.cumc.aou.sync.plan.PlanSite.person;
import static edu.cumc.aou.sync.plan.PlanSite.plan;
import static edu.cumc.aou.sync.plan.PlanSite.row;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan decides about a participant who has withdrawn. */
class WithdrawalPlanTest {

  private static final FieldValues CONTACT = values("LastName", "Muster");
  private static final FieldValues BEFORE = values("Status", "0", "Note", "one");
  private static final FieldValues SHOWN = values("Status", "1", "Note", "one");
  private static final Participant WITHDRAWN = withdrawn(journeyRow("1", ""));

  /** After a withdrawal the source blanks its data. */
  private static Participant withdrawn(@Nullable SourceRow journey) {
    return person(ParticipantStatus.WITHDRAWN, contactRow("", ""), journey);
  }

  private static SourceRow contactRowThatTells() {
    return row(List.of("last", "mail", "broken", "withdrawn"), null, null, null, "1");
  }

  private static MirrorEntry gone(
      @Nullable Integer survivor, List<MirroredJourney> journeys, List<MirroredJourney> lost) {
    return entry(
        new MirroredContact(
            contactId(1),
            CONTACT,
            SentValues.none(),
            true,
            survivor == null ? null : contactId(survivor),
            journeys,
            lost,
            List.of()));
  }

  private static MirrorEntry joined(MirroredJourney... journeys) {
    return entry(
        new MirroredContact(
            contactId(1),
            CONTACT,
            SentValues.none(),
            true,
            null,
            List.of(),
            List.of(),
            List.of(journeys)));
  }

  private static void isHeld(PlannedOne planned, String reason) {
    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.JOURNEY, pmiId(1), Action.REJECT)
                .state(Change.State.REFUSED)
                .error("withdrawal-" + reason)
                .build());
    assertThat(counts(planned)).containsEntry("contact.held.withdrawal-" + reason, 1L);
  }

  /** One journey is that of the participant whose Contact it is. */
  @Test
  void withdrawalAfterAMergeIntoAnothersContact_isHeld_untilAJourneyThereShowsItOrIsGone() {
    isHeld(plan(WITHDRAWN, joined(journey(1, BEFORE), journey(2, BEFORE)), null), "merged");
    assertThat(counts(plan(WITHDRAWN, joined(journey(1, BEFORE), journey(2, SHOWN)), null)))
        .isEqualTo(Map.of("contact.skipped.withdrawn", 1L, "journey.skipped.withdrawn", 1L));
    assertThat(counts(plan(WITHDRAWN, joined(journey(1, BEFORE)), null)))
        .isEqualTo(Map.of("contact.skipped.withdrawn", 1L, "journey.skipped.withdrawn", 1L));
  }

  @Test
  void withdrawalThatTheSourceTakesBack_isCounted() {
    Participant active =
        person(ParticipantStatus.ACTIVE, contactRow("Muster", ""), journeyRow("0", "one"));

    assertThat(counts(plan(active, entry(contact(1, CONTACT, journey(1, SHOWN))), null)))
        .containsEntry("journey.withdrawals-taken-back", 1L);
    assertThat(counts(plan(active, entry(contact(1, CONTACT, journey(1, BEFORE))), null)))
        .doesNotContainKey("journey.withdrawals-taken-back");
    assertThat(
            counts(
                plan(
                    active,
                    entry(contact(1, CONTACT, journey(1, values("Status", "2", "Note", "two")))),
                    null)))
        .containsKey("journey.changed-field.Note")
        .doesNotContainKey("journey.withdrawals-taken-back");
  }

  @Test
  void withdrawal_isSent_andNothingElseIs() {
    PlannedOne planned = plan(WITHDRAWN, entry(contact(1, CONTACT, journey(1, BEFORE))), null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.JOURNEY, pmiId(1), Action.UPDATE)
                .contactId(contactId(1))
                .journeyId(journeyId(1))
                .oldValues(values("Status", "0"))
                .newValues(values("Status", "1"))
                .build());
    assertThat(counts(planned))
        .isEqualTo(
            Map.of(
                "contact.frozen",
                1L,
                "journey.changed-field.Status",
                1L,
                "journey.withdrawals",
                1L));
  }

  @Test
  void journeyRowAlone_countsNoContact() {
    Participant participant = person(ParticipantStatus.WITHDRAWN, null, journeyRow("1", ""));
    PlannedOne planned = plan(participant, entry(contact(1, CONTACT, journey(1, BEFORE))), null);

    assertThat(planned.changes()).hasSize(1);
    assertThat(counts(planned))
        .isEqualTo(Map.of("journey.changed-field.Status", 1L, "journey.withdrawals", 1L));
  }

  @Test
  void withdrawalThatSalesforceShows_isFrozen() {
    PlannedOne planned = plan(WITHDRAWN, entry(contact(1, CONTACT, journey(1, SHOWN))), null);

    assertThat(planned.changes()).isEmpty();
    assertThat(counts(planned)).isEqualTo(Map.of("contact.frozen", 1L, "journey.frozen", 1L));
  }

  @Test
  void withdrawalThatAllOfSeveralShow_isFrozen() {
    PlannedOne journeys =
        plan(WITHDRAWN, entry(contact(1, CONTACT, journey(1, SHOWN), journey(2, SHOWN))), null);
    PlannedOne contacts =
        plan(
            WITHDRAWN,
            entry(contact(1, CONTACT, journey(1, SHOWN)), contact(2, CONTACT, journey(2, SHOWN))),
            null);

    assertThat(journeys.changes()).isEmpty();
    assertThat(counts(journeys)).isEqualTo(Map.of("contact.frozen", 1L, "journey.frozen", 1L));
    assertThat(contacts.changes()).isEmpty();
    assertThat(counts(contacts)).isEqualTo(Map.of("contact.frozen", 1L, "journey.frozen", 1L));
  }

  @Test
  void withdrawalThatOneOfSeveralDoesNotShow_isHeld() {
    PlannedOne journeys =
        plan(WITHDRAWN, entry(contact(1, CONTACT, journey(1, SHOWN), journey(2, BEFORE))), null);
    PlannedOne contacts =
        plan(
            WITHDRAWN,
            entry(contact(1, CONTACT, journey(1, SHOWN)), contact(2, CONTACT, journey(2, BEFORE))),
            null);

    isHeld(journeys, "several-journeys");
    assertThat(journeys.anomalies())
        .containsExactly(new Anomaly(Kind.SEVERAL_JOURNEYS, pmiId(1).value()));
    isHeld(contacts, "doubled-pmi-id");
    assertThat(contacts.anomalies())
        .containsExactly(new Anomaly(Kind.DOUBLED_PMI_ID, pmiId(1).value()));
  }

  @Test
  void contactWithoutAJourney_isHeld() {
    PlannedOne planned = plan(WITHDRAWN, entry(contact(1, CONTACT)), null);

    isHeld(planned, "missing-journey");
    assertThat(planned.anomalies())
        .containsExactly(new Anomaly(Kind.MISSING_JOURNEY, pmiId(1).value()));
  }

  @Test
  void sourceWithoutAValueForIt_isHeld() {
    PlannedOne planned =
        plan(withdrawn(journeyRow("", "")), entry(contact(1, CONTACT, journey(1, BEFORE))), null);

    isHeld(planned, "no-value");
    assertThat(planned.anomalies()).isEmpty();
  }

  @Test
  void contactRelationThatTellsAlone_isHeld_withoutAJourneyRow() {
    Participant participant = person(ParticipantStatus.WITHDRAWN, contactRowThatTells(), null);

    isHeld(
        plan(participant, entry(contact(1, CONTACT, journey(1, BEFORE))), null), "no-journey-row");
    assertThat(counts(plan(participant, entry(contact(1, CONTACT, journey(1, SHOWN))), null)))
        .isEqualTo(Map.of("contact.frozen", 1L));
  }

  @Test
  void contactRelationThatTellsAlone_isSentToTheJourney() {
    Participant participant =
        person(ParticipantStatus.WITHDRAWN, contactRowThatTells(), journeyRow("0", "two"));
    PlannedOne planned = plan(participant, entry(contact(1, CONTACT, journey(1, BEFORE))), null);

    assertThat(planned.changes())
        .extracting(Change::newValues)
        .containsExactly(values("Status", "1"));
  }

  @Test
  void participantWhoNeverHadAContact_isSkipped() {
    assertThat(counts(plan(WITHDRAWN, null, null)))
        .isEqualTo(Map.of("contact.skipped.withdrawn", 1L, "journey.skipped.withdrawn", 1L));
    assertThat(counts(plan(withdrawn(journeyRow("", "")), null, null)))
        .isEqualTo(Map.of("contact.skipped.withdrawn", 1L, "journey.skipped.withdrawn", 1L));
  }

  @Test
  void contactThatIsGone_isHeld_whileSalesforceDoesNotShowTheWithdrawal() {
    isHeld(plan(WITHDRAWN, gone(null, List.of(journey(1, BEFORE)), List.of()), null), "no-contact");
    isHeld(
        plan(WITHDRAWN, gone(null, List.of(), List.of(journey(1, BEFORE))), null),
        "orphan-journey");
    isHeld(plan(WITHDRAWN, gone(2, List.of(), List.of()), null), "no-contact");
    assertThat(
            counts(
                plan(
                    WITHDRAWN,
                    gone(null, List.of(journey(1, SHOWN)), List.of(journey(2, SHOWN))),
                    null)))
        .isEqualTo(Map.of("contact.skipped.withdrawn", 1L, "journey.skipped.withdrawn", 1L));
  }

  @ParameterizedTest
  @CsvSource({"key-not-kept, true", "key-changed, true", "test, false"})
  void keyThatIsNotKept_isHeld(String reason, boolean isHeld) {
    Hold hold = new Hold(pmiId(1), HoldTable.Kind.REVIEW, reason, Instant.EPOCH, null);
    PlannedOne planned = plan(WITHDRAWN, null, hold);

    if (isHeld) {
      isHeld(planned, reason);
    } else {
      assertThat(planned.changes()).isEmpty();
    }
  }

  private static MirroredJourney changed(SentValues.Mark mark) {
    return journey(
        1,
        values("Status", "x", "Note", "one"),
        SentValues.of(Map.of(new FieldName("Status"), mark)));
  }

  @Test
  void withdrawalThatSalesforceChanges_isHeld_andTold() {
    PlannedOne rewritten =
        plan(WITHDRAWN, entry(contact(1, CONTACT, changed(mark("1", "x", "", 0)))), null);
    PlannedOne flipping =
        plan(WITHDRAWN, entry(contact(1, CONTACT, changed(mark("1", "", "x", 1)))), null);

    isHeld(rewritten, "not-taken-over");
    assertThat(rewritten.anomalies())
        .containsExactly(Anomaly.ofField(Kind.NOT_TAKEN_OVER, pmiId(1), new FieldName("Status")));
    isHeld(flipping, "changed-back");
    assertThat(flipping.anomalies())
        .containsExactly(Anomaly.ofField(Kind.CHANGED_BACK, pmiId(1), new FieldName("Status")));
  }

  @Test
  void siteThatShowsNoWithdrawal_freezesTheRecord() {
    PlanPolicy policy =
        new PlanPolicy(Set.of(), List.of("withdrawn"), false, false, null, PlanSite.TODAY);

    PlannedOne planned =
        plan(policy, WITHDRAWN, entry(contact(1, CONTACT, journey(1, BEFORE))), null);
    assertThat(planned.changes()).isEmpty();
    assertThat(counts(planned)).isEqualTo(Map.of("contact.frozen", 1L, "journey.frozen", 1L));
    assertThat(counts(plan(policy, WITHDRAWN, entry(contact(1, CONTACT)), null)))
        .isEqualTo(Map.of("contact.frozen", 1L, "journey.frozen", 1L));
  }

  @Test
  void valueOnWhichOurRulesFail_rejectsTheJourney() {
    PlanPolicy policy =
        new PlanPolicy(
            Set.of("Status", "Owner"), List.of("withdrawn"), false, false, null, PlanSite.TODAY);
    SourceRow row = row(List.of("withdrawn", "note", "broken"), "1", null, "x");
    PlannedOne planned =
        plan(policy, withdrawn(row), entry(contact(1, CONTACT, journey(1, BEFORE))), null);

    assertThat(planned.changes()).extracting(Change::action).containsExactly(Action.REJECT);
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.frozen", 1L, "journey.rejected.unreadable:Owner", 1L));
  }

  @Test
  void codes_areKnownByTheirBeginning() {
    assertThat(PlanTallies.unsentWithdrawals())
        .hasSize(12)
        .contains("withdrawal-no-value", "withdrawal-key-changed");
    assertThat(PlanTallies.isUnsentWithdrawal("withdrawal-no-value")).isTrue();
    assertThat(PlanTallies.isUnsentWithdrawal("no-value")).isFalse();
    assertThat(PlanTallies.isUnsentWithdrawal(null)).isFalse();
    assertThat(PlanTallies.isAmbiguity("several-journeys")).isTrue();
    assertThat(PlanTallies.isAmbiguity("doubled-pmi-id")).isTrue();
    assertThat(PlanTallies.isAmbiguity("no-contact")).isFalse();
    assertThat(PlanTallies.isAmbiguity(null)).isFalse();
    assertThatThrownBy(() -> PlanTallies.unsentWithdrawal("of the moon"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
