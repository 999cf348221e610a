package edu.cumc.aou.sync.plan;

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

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan decides about one participant. */
class PlanOneTest {

  private static final Participant ACTIVE = person(ParticipantStatus.ACTIVE);
  private static final FieldValues CONTACT = values("LastName", "Muster", "Email", "m@example.org");
  private static final FieldValues JOURNEY = values("Status", "0", "Note", "one");

  private static MirrorEntry same() {
    return entry(contact(1, CONTACT, journey(1, JOURNEY)));
  }

  private static MirrorEntry twoContacts() {
    return entry(contact(1, CONTACT), contact(2, CONTACT));
  }

  private static MirrorEntry gone(@Nullable Integer survivor) {
    return entry(
        new MirroredContact(
            contactId(1),
            CONTACT,
            SentValues.none(),
            true,
            survivor == null ? null : contactId(survivor),
            List.of()));
  }

  private static Anomaly anomaly(Kind kind) {
    return new Anomaly(kind, pmiId(1).value());
  }

  private static PlanPolicy policy(boolean recreateDeleted, boolean createsStopped) {
    return new PlanPolicy(
        Set.of("Status"),
        List.of("withdrawn"),
        recreateDeleted,
        createsStopped,
        null,
        PlanSite.TODAY);
  }

  @Test
  void newParticipant_getsAContact_andTheJourneyWaits() {
    PlannedOne planned = plan(ACTIVE, null, null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.INSERT)
                .newValues(CONTACT)
                .build(),
            Change.builder(2, CrmObject.JOURNEY, pmiId(1), Action.UPDATE)
                .state(Change.State.AWAITING_JOURNEY)
                .newValues(JOURNEY)
                .build());
    assertThat(planned.anomalies()).isEmpty();
    assertThat(planned.flaws()).isEmpty();
    assertThat(counts(planned)).isEmpty();
    assertThat(planned.doubt()).isNull();
  }

  @Test
  void sameOnBothSides_isUnchanged() {
    PlannedOne planned = plan(ACTIVE, same(), null);

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.anomalies()).isEmpty();
    assertThat(counts(planned)).isEqualTo(Map.of("contact.unchanged", 1L, "journey.unchanged", 1L));
  }

  @Test
  void difference_isSent_withWhatWasThere() {
    FieldValues old = values("LastName", "Old", "Email", "m@example.org");
    PlannedOne planned =
        plan(
            person(
                ParticipantStatus.ACTIVE,
                contactRow("Muster", "m@example.org"),
                journeyRow("0", "")),
            entry(contact(1, old, journey(1, JOURNEY))),
            null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.UPDATE)
                .contactId(contactId(1))
                .oldValues(values("LastName", "Old"))
                .newValues(values("LastName", "Muster"))
                .build(),
            Change.builder(2, CrmObject.JOURNEY, pmiId(1), Action.UPDATE)
                .contactId(contactId(1))
                .journeyId(journeyId(1))
                .oldValues(values("Note", "one"))
                .newValues(values("Note", ""))
                .build());
    assertThat(counts(planned))
        .containsExactly(
            Map.entry("contact.changed-field.LastName", 1L),
            Map.entry("journey.cleared-field.Note", 1L));
  }

  @ParameterizedTest
  @CsvSource({
    // first and last name in the source, other person
    "Ann, Muster, false",
    "Ann, Other, false",
    "Eve, Muster, false",
    "Eve, Other, true",
    "ANN, MUSTER, false",
    "EVE, MUSTER, false",
    "'', Other, false",
  })
  void twoPartsOfTheIdentity_thatChangeAtOnce_makeAnotherPerson(
      String first, String last, boolean other) {
    SourceRow row = row(List.of("first", "last", "mail", "broken"), first, last, null, null);
    PlannedOne planned =
        plan(
            person(ParticipantStatus.ACTIVE, row, null),
            entry(contact(1, values("FirstName", "Ann", "LastName", "Muster"))),
            null);

    assertThat(counts(planned).containsKey("contact.other-person")).isEqualTo(other);
  }

  /** Salesforce was edited, and the source says what it said. */
  @Test
  void whatStaffChanged_saysNothingAboutTheSource() {
    FieldValues shown = values("FirstName", "Ann", "LastName", "Muster");
    SentValues sent =
        SentValues.of(
            Map.of(
                new FieldName("FirstName"), mark("Eve", "", "", 0),
                new FieldName("LastName"), mark("Other", "", "", 0)));
    SourceRow row = row(List.of("first", "last", "mail", "broken"), "Eve", "Other", null, null);
    PlannedOne edited =
        plan(
            person(ParticipantStatus.ACTIVE, row, null),
            entry(new MirroredContact(contactId(1), shown, sent, false, null, List.of())),
            null);

    assertThat(edited.changes()).hasSize(1);
    assertThat(counts(edited)).isEmpty();
  }

  @Test
  void firstValue_isCounted_unlessTheRecordIsNewToUs() {
    FieldValues shown = values("LastName", "Muster");
    SentValues sent = SentValues.of(Map.of(new FieldName("LastName"), mark("Muster", "", "", 0)));
    Participant participant =
        person(ParticipantStatus.ACTIVE, contactRow("Muster", "m@example.org"), null);

    assertThat(
            counts(
                plan(
                    participant,
                    entry(new MirroredContact(contactId(1), shown, sent, false, null, List.of())),
                    null)))
        .isEqualTo(Map.of("contact.filled-field.Email", 1L));
    assertThat(counts(plan(participant, entry(contact(1, shown)), null))).isEmpty();
  }

  @Test
  void refusedField_isLeftAlone_andTheRestIsSent() {
    SourceRow row = contactRow("Other", "no address");
    Participant participant = person(ParticipantStatus.ACTIVE, row, null);
    PlannedOne planned = plan(participant, entry(contact(1, CONTACT)), null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.UPDATE)
                .contactId(contactId(1))
                .oldValues(values("LastName", "Muster"))
                .newValues(values("LastName", "Other"))
                .refusedFields(List.of("Email:invalid-email"))
                .build());
    assertThat(planned.flaws())
        .containsExactly(
            Flaw.ofField(
                pmiId(1),
                CrmObject.CONTACT,
                "Email:invalid-email",
                SourceHash.of(List.of("no address")),
                "no address"));
    assertThat(counts(planned))
        .isEqualTo(
            Map.of(
                "contact.changed-field.LastName", 1L,
                "contact.refused-field.Email:invalid-email", 1L));
  }

  @Test
  void newContact_namesItsRefusedFields() {
    PlannedOne planned =
        plan(
            person(ParticipantStatus.ACTIVE, contactRow("Muster", "no address"), null), null, null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.INSERT)
                .newValues(values("LastName", "Muster"))
                .refusedFields(List.of("Email:invalid-email"))
                .build());
    assertThat(planned.flaws()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', required-field-missing:LastName",
    "A name of more than 18 letters, required-field-refused:LastName:too-long"
  })
  void requiredValueThatIsNotThere_rejectsTheContact_andItsJourneyHasNone(
      String last, String code) {
    SourceRow row = contactRow(last, "m@example.org");
    PlannedOne planned =
        plan(person(ParticipantStatus.ACTIVE, row, journeyRow("0", "one")), null, null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.REJECT)
                .state(Change.State.REFUSED)
                .error(code)
                .build());
    assertThat(planned.flaws())
        .containsExactly(
            Flaw.ofRow(pmiId(1), CrmObject.CONTACT, code, SourceHash.ofRows(List.of(row))));
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.rejected." + code, 1L, "journey.skipped.no-contact", 1L));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void valueOnWhichOurRulesFail_sendsNothingOfItsRecord(boolean isThere) {
    SourceRow contact = row(List.of("last", "mail", "broken"), "Other", null, "x");
    SourceRow journey = row(List.of("withdrawn", "note", "broken"), "0", "two", "x");
    PlannedOne planned =
        plan(person(ParticipantStatus.ACTIVE, contact, journey), isThere ? same() : null, null);

    assertThat(planned.changes()).allMatch(change -> change.action() == Action.REJECT);
    assertThat(counts(planned))
        .isEqualTo(
            isThere
                ? Map.of(
                    "contact.rejected.unreadable:MailingCity", 1L,
                    "journey.rejected.unreadable:Owner", 1L)
                : Map.of(
                    "contact.rejected.unreadable:MailingCity",
                    1L,
                    "journey.skipped.no-contact",
                    1L));
  }

  @Test
  void awaitedJourney_withAValueOnWhichOurRulesFail_isRejected() {
    SourceRow journey = row(List.of("withdrawn", "note", "broken"), "0", "two", "x");
    PlannedOne planned =
        plan(person(ParticipantStatus.ACTIVE, contactRow("Muster", null), journey), null, null);

    assertThat(planned.changes())
        .extracting(Change::action)
        .containsExactly(Action.INSERT, Action.REJECT);
    assertThat(counts(planned)).isEqualTo(Map.of("journey.rejected.unreadable:Owner", 1L));
  }

  @Test
  void awaitedJourney_withNothingToSend_isUnchanged_andNotMissed() {
    PlannedOne planned =
        plan(
            person(
                ParticipantStatus.ACTIVE,
                contactRow("Muster", "m@example.org"),
                journeyRow("", "")),
            entry(contact(1, CONTACT)),
            null);

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.anomalies()).isEmpty();
    assertThat(counts(planned)).isEqualTo(Map.of("contact.unchanged", 1L, "journey.unchanged", 1L));
  }

  @Test
  void contactWithoutAJourney_isMissingIt_andTheValuesWait() {
    PlannedOne planned = plan(ACTIVE, entry(contact(1, CONTACT)), null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.JOURNEY, pmiId(1), Action.UPDATE)
                .contactId(contactId(1))
                .state(Change.State.AWAITING_JOURNEY)
                .newValues(JOURNEY)
                .build());
    assertThat(planned.anomalies()).containsExactly(anomaly(Kind.MISSING_JOURNEY));
    assertThat(counts(planned)).isEqualTo(Map.of("contact.unchanged", 1L));
  }

  @Test
  void severalJourneys_areHeld() {
    PlannedOne planned =
        plan(ACTIVE, entry(contact(1, CONTACT, journey(1, JOURNEY), journey(2, JOURNEY))), null);

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.anomalies()).containsExactly(anomaly(Kind.SEVERAL_JOURNEYS));
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.unchanged", 1L, "journey.held.several-journeys", 1L));
  }

  @Test
  void severalContacts_areHeld() {
    PlannedOne planned = plan(ACTIVE, twoContacts(), null);

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.anomalies()).containsExactly(anomaly(Kind.DOUBLED_PMI_ID));
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.held.doubled-pmi-id", 1L, "journey.held.doubled-pmi-id", 1L));
  }

  @Test
  void journeyRowAlone_withoutAContact_isSkipped() {
    PlannedOne planned =
        plan(person(ParticipantStatus.ACTIVE, null, journeyRow("0", "one")), null, null);

    assertThat(planned.changes()).isEmpty();
    assertThat(counts(planned)).isEqualTo(Map.of("journey.skipped.no-contact", 1L));
  }

  @Test
  void deletedContact_isHeld_orCreatedAnew() {
    PlannedOne held = plan(ACTIVE, gone(null), null);

    assertThat(held.changes()).isEmpty();
    assertThat(held.anomalies()).containsExactly(anomaly(Kind.DELETED_CONTACT));
    assertThat(counts(held))
        .isEqualTo(
            Map.of("contact.held.deleted-in-salesforce", 1L, "journey.skipped.no-contact", 1L));

    PlannedOne anew = plan(policy(true, false), ACTIVE, gone(null), null);

    assertThat(anew.changes())
        .extracting(Change::action)
        .containsExactly(Action.INSERT, Action.UPDATE);
    assertThat(anew.anomalies()).isEmpty();
  }

  @Test
  void stoppedCreates_holdANewParticipant() {
    PlannedOne planned = plan(policy(false, true), ACTIVE, null, null);

    assertThat(planned.changes()).isEmpty();
    assertThat(counts(planned))
        .isEqualTo(Map.of("contact.held.creates-stopped", 1L, "journey.skipped.no-contact", 1L));
  }

  @Test
  void stoppedCreates_leaveAnExistingContactAlone() {
    assertThat(counts(plan(policy(false, true), ACTIVE, same(), null)))
        .isEqualTo(Map.of("contact.unchanged", 1L, "journey.unchanged", 1L));
  }

  @Test
  void survivorOfAMerge_isAdopted_withWhatDiffers_evenWithoutARequiredValue() {
    InMemoryCrm crm = new InMemoryCrm(new VirtualClock(), true);
    FieldValues shown = values("LastName", "Other", "Email", "m@example.org");
    var survivor = crm.createContact(null, shown);
    MirrorEntry merged =
        entry(
            new MirroredContact(
                contactId(1), CONTACT, SentValues.none(), true, survivor, List.of()));
    Participant participant =
        person(ParticipantStatus.ACTIVE, contactRow("", "new@example.org"), journeyRow("0", "one"));

    PlannedOne planned =
        Planner.planOne(
            PlanSite.mapping(),
            PlanSite.policy(),
            PlanSite.adoption(crm, List.of()),
            new SourceEntry.Found(participant, 1, 1),
            merged,
            null);

    assertThat(planned.changes())
        .containsExactly(
            Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.ADOPT)
                .contactId(survivor)
                .oldValues(values("Email", "m@example.org"))
                .newValues(values("Email", "new@example.org"))
                .refusedFields(List.of("LastName:cannot-be-blank"))
                .build(),
            Change.builder(2, CrmObject.JOURNEY, pmiId(1), Action.UPDATE)
                .state(Change.State.AWAITING_JOURNEY)
                .newValues(JOURNEY)
                .build());
    assertThat(planned.anomalies()).isEmpty();
  }

  @Test
  void survivorThatIsNoLongerFree_isRefused() {
    PlannedOne planned = plan(ACTIVE, gone(2), null);

    assertThat(planned.changes().get(0).state()).isEqualTo(Change.State.REFUSED);
    assertThat(planned.changes().get(0).errorCode()).isEqualTo(Match.TAKEN);
    assertThat(planned.changes().get(0).newValues()).isEqualTo(FieldValues.empty());
  }

  @Test
  void survivorThatWasMergedAwayItself_isNone() {
    MirrorEntry chain =
        entry(
            new MirroredContact(
                contactId(1), CONTACT, SentValues.none(), true, contactId(2), List.of()),
            new MirroredContact(contactId(2), CONTACT, SentValues.none(), true, null, List.of()));

    assertThat(counts(plan(ACTIVE, chain, null)))
        .containsEntry("contact.held.deleted-in-salesforce", 1L);
  }

  @Test
  void fieldThatSalesforceChanges_isToldAndNotSentAgain() {
    SentValues.Mark rewritten = mark("Muster", "MUSTER", "", 0);
    SentValues.Mark flipping = mark("m@example.org", "", "x@example.org", 1);
    MirroredContact contact =
        new MirroredContact(
            contactId(1),
            values("LastName", "MUSTER", "Email", "x@example.org"),
            SentValues.of(
                Map.of(new FieldName("LastName"), rewritten, new FieldName("Email"), flipping)),
            false,
            null,
            List.of());
    PlannedOne planned =
        plan(
            person(ParticipantStatus.ACTIVE, contactRow("Muster", "m@example.org"), null),
            entry(contact),
            null);

    assertThat(planned.changes()).isEmpty();
    assertThat(planned.anomalies())
        .containsExactly(
            Anomaly.ofField(Kind.NOT_TAKEN_OVER, pmiId(1), new FieldName("LastName")),
            Anomaly.ofField(Kind.CHANGED_BACK, pmiId(1), new FieldName("Email")));
    assertThat(counts(planned)).isEqualTo(Map.of("contact.unchanged", 1L));
  }

  static SentValues.Mark mark(String sent, String made, String other, int corrections) {
    return new SentValues.Mark(hash(sent), hash(made), hash(other), corrections);
  }

  private static String hash(String text) {
    return text.isEmpty() ? "" : ValueHash.of(new FieldValue(text));
  }
}
