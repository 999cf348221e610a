package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.adoption.AdoptionAnswers;
import edu.cumc.aou.sync.adoption.AdoptionSettings;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.ParentIds;
import edu.cumc.aou.sync.mapping.SourceReading;
import edu.cumc.aou.sync.mapping.ValueTables;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceFixtures;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small site for plans. Contacts have names, an Email and a MailingCity, and need the LastName;
 * journeys have the Status of a withdrawal, a Note and an Owner. A cell of the column {@code
 * broken} makes our own rules fail.
 */
final class PlanSite {

  static final LocalDate TODAY = LocalDate.of(2026, 1, 5);

  private PlanSite() {}

  static BoundMapping mapping() {
    return mapping(Cells.plain());
  }

  static BoundMapping mapping(Cells cells) {
    return new BoundMapping(
        field("HP_PMI_ID__c", FieldKind.TEXT, false),
        bind(
            cells,
            "FirstName { column = first }\n"
                + "LastName { column = last }\n"
                + "Email { column = mail }\n"
                + "MailingCity { column = broken, steps = [{ find = User, by = Key__c }] }",
            List.of("first", "last", "mail", "broken"),
            List.of(
                field("FirstName", FieldKind.TEXT, false),
                field("LastName", FieldKind.TEXT, true),
                field("Email", FieldKind.EMAIL, false),
                field("MailingCity", FieldKind.TEXT, false))),
        bind(
            cells,
            "Status { column = withdrawn }\n"
                + "Note { column = note }\n"
                + "Owner { column = broken, steps = [{ find = User, by = Key__c }] }",
            List.of("withdrawn", "note", "broken"),
            List.of(
                field("Status", FieldKind.TEXT, false),
                field("Note", FieldKind.TEXT, false),
                field("Owner", FieldKind.REFERENCE, false))));
  }

  private static FieldInfo field(String name, FieldKind kind, boolean required) {
    return new FieldInfo(
        new FieldName(name), kind, 18, true, true, required, false, false, false, Set.of());
  }

  private static List<BoundField> bind(
      Cells cells, String hocon, List<String> columns, List<FieldInfo> fields) {
    ConfigProblems problems = new ConfigProblems();
    Mapping mapping =
        Mapping.read(
            ConfigSection.root(ConfigFactory.parseString(hocon), problems),
            "fields",
            FieldPolicy.OVERWRITE);
    List<BoundField> bound =
        mapping.bind(
            SourceFixtures.textColumns(SourceRelation.CONTACTS, columns),
            new ObjectInfo("Object", true, true, fields),
            new SourceReading(cells, ZoneOffset.UTC, ZoneOffset.UTC),
            new ValueTables(
                table -> {
                  throw new IllegalStateException("no table");
                }),
            new ParentIds(
                (object, name, value) -> {
                  throw new IllegalStateException("a defect of our own rules");
                }),
            problems);
    problems.throwIfAny();
    return bound;
  }

  static PlanPolicy policy() {
    return new PlanPolicy(Set.of("Status"), List.of("withdrawn"), false, false, null, TODAY);
  }

  static Adoption adoption(InMemoryCrm crm, List<String> owners) {
    return adoption(crm, new InMemorySyncStore(new VirtualClock()), owners);
  }

  static Adoption adoption(InMemoryCrm crm, SyncStore store, List<String> owners) {
    return new Adoption(
        crm,
        store.mirror(),
        new AdoptionSettings(owners),
        AdoptionAnswers.none(),
        SyncListener.NONE);
  }

  static SourceRow contactRow(@Nullable String last, @Nullable String mail) {
    return row(List.of("last", "mail", "broken", "withdrawn"), last, mail, null, null);
  }

  static SourceRow journeyRow(@Nullable String withdrawn, @Nullable String note) {
    return row(List.of("withdrawn", "note", "broken"), withdrawn, note, null);
  }

  static SourceRow row(List<String> columns, @Nullable Object... values) {
    return new SourceRow(new SourceRow.Header(columns), values);
  }

  /** Participant 1 with both rows. */
  static Participant person(ParticipantStatus status) {
    return person(status, contactRow("Muster", "m@example.org"), journeyRow("0", "one"));
  }

  static Participant person(
      ParticipantStatus status, @Nullable SourceRow contact, @Nullable SourceRow journey) {
    return new Participant(pmiId(1), contact, journey, status);
  }

  static MirrorEntry entry(MirroredContact... contacts) {
    return new MirrorEntry(pmiId(1), List.of(contacts));
  }

  static MirroredContact contact(int number, FieldValues fields, MirroredJourney... journeys) {
    return new MirroredContact(
        contactId(number), fields, SentValues.none(), false, null, List.of(journeys));
  }

  static MirroredJourney journey(int number, FieldValues fields) {
    return journey(number, fields, SentValues.none());
  }

  static MirroredJourney journey(int number, FieldValues fields, SentValues sent) {
    return new MirroredJourney(journeyId(number), fields, sent);
  }

  static PlannedOne plan(
      Participant participant, @Nullable MirrorEntry mirrored, @Nullable Hold hold) {
    return plan(policy(), participant, mirrored, hold);
  }

  static PlannedOne plan(
      PlanPolicy policy,
      Participant participant,
      @Nullable MirrorEntry mirrored,
      @Nullable Hold hold) {
    return plan(mapping(), policy, participant, mirrored, hold);
  }

  static PlannedOne plan(
      BoundMapping mapping,
      PlanPolicy policy,
      Participant participant,
      @Nullable MirrorEntry mirrored,
      @Nullable Hold hold) {
    return Planner.planOne(
        mapping,
        policy,
        adoption(new InMemoryCrm(new VirtualClock(), true), List.of()),
        found(participant),
        mirrored,
        hold);
  }

  static SourceEntry found(Participant participant) {
    return new SourceEntry.Found(
        participant, participant.contact() == null ? 0 : 1, participant.journey() == null ? 0 : 1);
  }

  /** What was counted, who has a row left out. */
  static Map<String, Long> counts(PlannedOne planned) {
    Map<String, Long> counts = new TreeMap<>(planned.tallies().asMap());
    counts.keySet().removeIf(PlanTallies::isOfRows);
    return counts;
  }

  /** A Contact of participant {@code number}, as a refresh reads it. */
  static Contact shown(int contact, int number, FieldValues fields) {
    return new Contact(
        contactId(contact), pmiId(number), true, fields, Instant.EPOCH, "", true, false, null);
  }

  /** The journey of the Contact with the same number, as a refresh reads it. */
  static Journey shownJourney(int number, FieldValues fields) {
    return new Journey(
        journeyId(number), contactId(number), fields, Instant.EPOCH, "", true, false);
  }
}
