package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.plan.PlanSite.contact;
import static edu.cumc.aou.sync.plan.PlanSite.contactRow;
import static edu.cumc.aou.sync.plan.PlanSite.counts;
import static edu.cumc.aou.sync.plan.PlanSite.entry;
import static edu.cumc.aou.sync.plan.PlanSite.journey;
import static edu.cumc.aou.sync.plan.PlanSite.journeyRow;
import static edu.cumc.aou.sync.plan.PlanSite.person;
import static edu.cumc.aou.sync.plan.PlanSite.plan;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceEntry.RejectReason;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is skipped, held or rejected in a plan. */
class HeldPlanTest {

  private static final Participant ACTIVE = person(ParticipantStatus.ACTIVE);
  private static final FieldValues CONTACT = values("LastName", "Muster", "Email", "m@example.org");
  private static final FieldValues JOURNEY = values("Status", "0", "Note", "one");

  private static Hold hold(HoldTable.Kind kind, String reason, @Nullable String hash) {
    return new Hold(pmiId(1), kind, reason, Instant.EPOCH, hash);
  }

  private static MirrorEntry same() {
    return entry(contact(1, CONTACT, journey(1, JOURNEY)));
  }

  private static MirrorEntry twoContacts() {
    return entry(contact(1, CONTACT), contact(2, CONTACT));
  }

  private static Anomaly anomaly(Kind kind) {
    return new Anomaly(kind, pmiId(1).value());
  }

  @Test
  void severalContacts_ofASkippedParticipant_areToldToo() {
    PlannedOne planned = plan(person(ParticipantStatus.LEFT), twoContacts(), null);

    assertThat(planned.anomalies()).containsExactly(anomaly(Kind.DOUBLED_PMI_ID));
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.skipped.left", 1L, "journey.skipped.left", 1L));
  }

  @ParameterizedTest
  @CsvSource({"TEST,test", "LEFT,left"})
  void otherStatus_isSkipped(ParticipantStatus status, String reason) {
    PlannedOne planned = plan(person(status), same(), null);

    assertThat(planned.changes()).isEmpty();
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.skipped." + reason, 1L, "journey.skipped." + reason, 1L));
  }

  @Test
  void unclearWithdrawal_rejectsBothRows() {
    Participant participant = person(ParticipantStatus.UNCLEAR);
    PlannedOne planned = plan(participant, same(), null);
    String hash = SourceHash.ofRows(List.of(participant.contact(), participant.journey()));

    assertThat(planned.changes())
        .extracting(Change::object, Change::action, Change::errorCode)
        .containsExactly(
            tuple(CrmObject.CONTACT, Action.REJECT, "unclear-withdrawal-status"),
            tuple(CrmObject.JOURNEY, Action.REJECT, "unclear-withdrawal-status"));
    assertThat(planned.flaws()).extracting(Flaw::sourceHash).containsExactly(hash, hash);
    assertThat(counts(planned))
        .isEqualTo(
            Map.of(
                "contact.rejected.unclear-withdrawal-status", 1L,
                "journey.rejected.unclear-withdrawal-status", 1L));
  }

  @Test
  void unclearWithdrawal_ofOneRow_rejectsThatRow() {
    assertThat(
            counts(plan(person(ParticipantStatus.UNCLEAR, null, journeyRow("2", "")), null, null)))
        .isEqualTo(Map.of("journey.rejected.unclear-withdrawal-status", 1L));
    assertThat(
            counts(plan(person(ParticipantStatus.UNCLEAR, contactRow("M", ""), null), null, null)))
        .isEqualTo(Map.of("contact.rejected.unclear-withdrawal-status", 1L));
  }

  @ParameterizedTest
  @EnumSource(
      value = ParticipantStatus.class,
      names = {"ACTIVE", "DEACTIVATED", "DECEASED"})
  void held_sendsNothing(ParticipantStatus status) {
    PlannedOne planned = plan(person(status), null, hold(HoldTable.Kind.REVIEW, "test", null));

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.anomalies()).isEmpty();
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.held.review", 1L, "journey.held.review", 1L));
  }

  @Test
  void acknowledgedHold_isCountedAsThat() {
    Hold known =
        new Hold(
            pmiId(1), HoldTable.Kind.REVIEW, "test", Instant.EPOCH, null, Instant.EPOCH.toString());

    assertThat(counts(plan(ACTIVE, null, known)))
        .isEqualTo(
            Map.of(
                "contact.held.review", 1L,
                "journey.held.review", 1L,
                "contact.acknowledged.review", 1L,
                "journey.acknowledged.review", 1L));
  }

  @Test
  void holdOfTheseValues_lasts_untilTheSourceChanges() {
    String hash = ParticipantValues.of(PlanSite.mapping(), ACTIVE, PlanSite.TODAY).hash();

    assertThat(plan(ACTIVE, null, hold(HoldTable.Kind.QUARANTINE, "test", hash)).changes())
        .isEmpty();
    assertThat(plan(ACTIVE, null, hold(HoldTable.Kind.QUARANTINE, "test", "other")).changes())
        .hasSize(2);
  }

  @Test
  void forgotten_isNeverNamedAgain() {
    PlannedOne planned =
        plan(ACTIVE, twoContacts(), hold(HoldTable.Kind.FORGOTTEN, "forgotten", null));

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.anomalies()).isEmpty();
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.held.forgotten", 1L, "journey.held.forgotten", 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, key-not-kept, true",
    "ACTIVE, key-changed, true",
    "WITHDRAWN, key-not-kept, true",
    "TEST, key-not-kept, false",
    "LEFT, key-not-kept, false",
    "ACTIVE, test, false"
  })
  void keyThatIsNotKept_isToldWhileItMatters(
      ParticipantStatus status, String reason, boolean isTold) {
    PlannedOne planned = plan(person(status), null, hold(HoldTable.Kind.REVIEW, reason, null));

    assertThat(planned.anomalies())
        .isEqualTo(isTold ? List.of(anomaly(Kind.KEY_NOT_KEPT)) : List.of());
  }

  private static PlannedOne rejected(RejectReason reason, boolean hasId, @Nullable Hold hold) {
    return Planner.planOne(
        PlanSite.mapping(),
        PlanSite.policy(),
        PlanSite.adoption(new InMemoryCrm(new VirtualClock(), true), List.of()),
        new SourceEntry.Rejected(reason, hasId ? pmiId(1) : null, "key", null, "hash", 2, 1),
        null,
        hold);
  }

  @Test
  void rowsThatContradictEachOther_areRejected() {
    PlannedOne planned = rejected(RejectReason.CONTRADICTING_ROWS, true, null);

    assertThat(planned.changes())
        .extracting(Change::errorCode)
        .containsExactly("contradicting-rows", "contradicting-rows");
    assertThat(planned.flaws())
        .containsExactly(
            Flaw.ofRow(pmiId(1), CrmObject.CONTACT, "contradicting-rows", "hash"),
            Flaw.ofRow(pmiId(1), CrmObject.JOURNEY, "contradicting-rows", "hash"));
    assertThat(counts(planned))
        .isEqualTo(
            Map.of(
                "contact.rejected.contradicting-rows", 1L,
                "journey.rejected.contradicting-rows", 1L));
  }

  @Test
  void rowsWithoutAPmiId_areOnlyCounted() {
    PlannedOne planned = rejected(RejectReason.MALFORMED_PMI_ID, false, null);

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.flaws()).isEmpty();
    assertThat(counts(planned))
        .isEqualTo(
            Map.of(
                "contact.rejected.malformed-pmi-id", 1L, "journey.rejected.malformed-pmi-id", 1L));
  }

  @Test
  void rowsOfAForgottenParticipant_areHeld_andNothingOfThemIsKept() {
    PlannedOne planned =
        rejected(
            RejectReason.CONTRADICTING_ROWS,
            true,
            hold(HoldTable.Kind.FORGOTTEN, "forgotten", null));

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.flaws()).isEmpty();
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.held.forgotten", 1L, "journey.held.forgotten", 1L));
  }
}
