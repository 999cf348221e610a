package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.plan.PlanSite.contact;
import static edu.cumc.aou.sync.plan.PlanSite.entry;
import static edu.cumc.aou.sync.plan.PlanSite.journey;
import static edu.cumc.aou.sync.plan.PlanSite.journeyRow;
import static edu.cumc.aou.sync.plan.PlanSite.person;
import static edu.cumc.aou.sync.plan.PlanSite.plan;
import static edu.cumc.aou.sync.plan.PlanSite.row;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts as a correction on the morning after an upgrade. */
class CorrectionsTest {

  private static final FieldValues JOURNEY = values("Status", "0", "Note", "one");

  private static PlanPolicy policy(boolean isMorningAfter) {
    EarlierVersion earlier =
        new EarlierVersion(
            new RunId(1),
            new StatusSettings(
                "org",
                List.of("OURS"),
                "",
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of("withdrawn")));
    return new PlanPolicy(
        Set.of("Status"),
        List.of("withdrawn"),
        false,
        false,
        isMorningAfter ? earlier : null,
        PlanSite.TODAY);
  }

  private static SourceRow contactRow(String last, String mail, String org) {
    return row(List.of("last", "mail", "broken", "org"), last, mail, null, org);
  }

  private static Participant of(String org) {
    return person(
        ParticipantStatus.ACTIVE,
        contactRow("Muster", "m@example.org", org),
        journeyRow("0", "one"));
  }

  private static Map<String, Long> counts(Participant participant, @Nullable MirrorEntry mirrored) {
    assertThat(corrections(plan(policy(false), participant, mirrored, null)))
        .as("on any other morning")
        .isEmpty();
    return corrections(plan(policy(true), participant, mirrored, null));
  }

  private static Map<String, Long> corrections(PlannedOne planned) {
    Map<String, Long> counts = new TreeMap<>(planned.tallies().asMap());
    counts.keySet().removeIf(name -> !name.contains("corrected"));
    return counts;
  }

  @Test
  void participantWhomTheEarlierVersionPassedOver_isACorrection() {
    assertThat(counts(of("THEIRS"), null))
        .isEqualTo(Map.of("contact.corrected.insert", 1L, "journey.corrected.awaited", 1L));
    assertThat(counts(of("OURS"), null)).isEmpty();
  }

  @Test
  void recordOfOneWhomTheEarlierVersionPassedOver_isCorrectedAsAWhole() {
    MirrorEntry mirrored =
        entry(
            contact(
                1,
                values("LastName", "Old", "Email", "m@example.org"),
                journey(1, values("Status", "", "Note", "two"))));
    Participant participant =
        person(
            ParticipantStatus.ACTIVE, contactRow("Muster", "", "THEIRS"), journeyRow("0", "one"));

    assertThat(counts(participant, mirrored))
        .isEqualTo(
            Map.of(
                "contact.corrected-field.LastName", 1L,
                "contact.corrected-field.Email", 1L,
                "contact.corrected-clears", 1L,
                "contact.corrected.update", 1L,
                "journey.corrected-field.Status", 1L,
                "journey.corrected-field.Note", 1L,
                "journey.corrected.update", 1L));
  }

  @Test
  void valueThatTheEarlierVersionLeft_isACorrection_andTheRestIsTheDays() {
    SentValues sent =
        SentValues.of(
            Map.of(
                new FieldName("LastName"),
                SentValues.Mark.parse(ValueHash.of(new FieldValue("Muster")) + "/")));
    MirroredContact contact =
        new MirroredContact(
            contactId(1),
            values("LastName", "Edited", "Email", "old@example.org"),
            sent,
            false,
            null,
            List.of(journey(1, JOURNEY)));

    assertThat(counts(of("OURS"), entry(contact)))
        .isEqualTo(Map.of("contact.corrected-field.LastName", 1L));
  }

  @Test
  void unchangedRecord_isNoCorrection() {
    MirrorEntry mirrored =
        entry(
            contact(
                1, values("LastName", "Muster", "Email", "m@example.org"), journey(1, JOURNEY)));

    assertThat(counts(of("THEIRS"), mirrored)).isEmpty();
  }

  @Test
  void participantWhoIsSkippedNow_isACorrection_unlessTheEarlierVersionSkippedToo() {
    SourceRow contact = contactRow("Muster", "", "OURS");

    assertThat(counts(person(ParticipantStatus.TEST, contact, journeyRow("0", "")), null))
        .isEqualTo(Map.of("contact.corrected-skipped.test", 1L));
    assertThat(counts(person(ParticipantStatus.TEST, null, journeyRow("0", "")), null)).isEmpty();
    assertThat(
            counts(
                person(ParticipantStatus.LEFT, contactRow("Muster", "", "X"), journeyRow("0", "")),
                null))
        .isEmpty();
  }

  @Test
  void placeholderForARequiredValue_wasSentBefore_andIsRejectedNow() {
    BoundMapping mapping = PlanSite.mapping(Cells.of(List.of("unknown")));
    Participant placeholder =
        person(ParticipantStatus.ACTIVE, contactRow("Unknown", "", "OURS"), null);
    Participant blank = person(ParticipantStatus.ACTIVE, contactRow("", "", "OURS"), null);
    Participant tooLong =
        person(
            ParticipantStatus.ACTIVE,
            contactRow("A name of more than 18 letters", "", "OURS"),
            null);

    assertThat(corrections(plan(mapping, policy(true), placeholder, null, null)))
        .isEqualTo(Map.of("contact.corrected-rejected", 1L));
    assertThat(corrections(plan(mapping, policy(false), placeholder, null, null))).isEmpty();
    assertThat(corrections(plan(mapping, policy(true), blank, null, null))).isEmpty();
    assertThat(corrections(plan(mapping, policy(true), tooLong, null, null))).isEmpty();
  }

  @Test
  void withdrawalOfTheContactRelation_isACorrection() {
    SourceRow contact =
        row(List.of("last", "mail", "broken", "org", "withdrawn"), "M", "", null, "OURS", "1");
    MirrorEntry mirrored = entry(contact(1, values("LastName", "M"), journey(1, JOURNEY)));

    assertThat(
            counts(person(ParticipantStatus.WITHDRAWN, contact, journeyRow("0", "one")), mirrored))
        .isEqualTo(
            Map.of(
                "journey.corrected-field.Status", 1L,
                "journey.corrected-withdrawals", 1L,
                "journey.corrected.update", 1L));
    assertThat(
            counts(
                person(
                    ParticipantStatus.WITHDRAWN,
                    contactRow("M", "", "OURS"),
                    journeyRow("1", "one")),
                mirrored))
        .isEmpty();
  }
}
