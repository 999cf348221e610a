package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.plan.PlanSite.contactRow;
import static edu.cumc.aou.sync.plan.PlanSite.journeyRow;
import static edu.cumc.aou.sync.plan.PlanSite.row;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorKey;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceEntry.RejectReason;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A whole plan: how source, mirror, holds and known flaws are joined, and what it stores. */
class PlannerTest {

  private static final FieldValues SHOWN = values("LastName", "Muster", "Email", "m@example.org");

  private final InMemorySyncStore store = new InMemorySyncStore(new VirtualClock());
  private final List<Contact> contacts = new ArrayList<>();
  private final List<Journey> journeys = new ArrayList<>();
  private final List<SourceEntry> source = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private Adoption adoption = none();
  private PlanPolicy policy = PlanSite.policy();
  private RunId run = new RunId(1);

  private static Adoption none() {
    return PlanSite.adoption(new InMemoryCrm(new VirtualClock(), true), List.of());
  }

  private void shows(int contact, int number) {
    contacts.add(PlanSite.shown(contact, number, SHOWN));
  }

  private void showsJourney(int number) {
    journeys.add(PlanSite.shownJourney(number, values("Status", "0", "Note", "one")));
  }

  private void says(int number, String last, String mail) {
    source.add(
        PlanSite.found(
            new Participant(
                pmiId(number),
                contactRow(last, mail),
                journeyRow("0", "one"),
                ParticipantStatus.ACTIVE)));
  }

  private void malformed(String key, int contactRows, int journeyRows, String hash) {
    source.add(
        new SourceEntry.Rejected(
            RejectReason.MALFORMED_PMI_ID, null, key, null, hash, contactRows, journeyRows));
  }

  private void refresh() {
    try (MirrorTable.Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      contacts.forEach(refresh::add);
      journeys.forEach(refresh::add);
      refresh.commit(new MirrorState(Instant.EPOCH, Instant.EPOCH, "print"));
    }
  }

  private Planner planner(RunMode mode) {
    run = store.runs().create(mode, "00DTEST00000001EAA", "print", Instant.EPOCH);
    return new Planner(store, PlanSite.mapping(), policy, adoption);
  }

  private Map<String, Long> plan() {
    progress.clear();
    return counts(
        planner(RunMode.SYNC).plan(run, Cursor.of(source.iterator()), progress::add).asMap());
  }

  private Map<String, Long> planSome(PmiId... some) {
    return counts(
        planner(RunMode.RETRY)
            .planSome(run, Cursor.of(source.iterator()), Set.of(some), progress::add)
            .asMap());
  }

  /** Without those that are 0, and without who has a row. */
  private static Map<String, Long> counts(Map<String, Long> all) {
    Map<String, Long> counts = new TreeMap<>(all);
    counts.values().removeIf(count -> count == 0);
    counts.keySet().removeIf(PlanTallies::isOfRows);
    return counts;
  }

  private void isGood() {
    store.runs().finish(run, RunState.DONE, Instant.EPOCH);
  }

  private List<Change> planned(CrmObject object) {
    return store
        .changes()
        .page(run, object, EnumSet.allOf(Action.class), EnumSet.allOf(State.class), 0, 5_000);
  }

  private List<MirrorKey> keys() {
    return all(store.mirror().keys());
  }

  private static <T> List<T> all(Cursor<T> cursor) {
    List<T> all = new ArrayList<>();
    try (cursor) {
      cursor.forEachRemaining(all::add);
    }
    return all;
  }

  private List<Anomaly> anomalies() {
    return all(store.anomalies().read()).stream().map(open -> open.anomaly()).toList();
  }

  private void hold(int number, HoldTable.Kind kind) {
    store.holds().put(List.of(new Hold(pmiId(number), kind, "test", Instant.EPOCH, null)));
  }

  @Test
  void everybody_isCompared_andTheRowsAreCounted() {
    shows(2, 2);
    showsJourney(2);
    shows(5, 5);
    shows(6, 6);
    shows(7, 6);
    refresh();
    says(1, "Muster", "m@example.org");
    source.add(
        new SourceEntry.Found(
            new Participant(
                pmiId(2),
                contactRow("Muster", "m@example.org"),
                journeyRow("0", "one"),
                ParticipantStatus.ACTIVE),
            3,
            1));
    malformed("X", 1, 0, "hash");
    says(5, "Other", "m@example.org");

    assertThat(plan())
        .isEqualTo(
            Map.of(
                "contact.rows", 6L,
                "contact.surplus-rows", 2L,
                "journey.rows", 3L,
                "contact.unchanged", 1L,
                "journey.unchanged", 1L,
                "contact.changed-field.LastName", 1L,
                "contact.rejected.malformed-pmi-id", 1L,
                "contact.new.malformed-pmi-id", 1L,
                "contact.not-in-source", 2L));
    assertThat(planned(CrmObject.CONTACT))
        .extracting(Change::pmiId, Change::action)
        .containsExactly(tuple(pmiId(1), Action.INSERT), tuple(pmiId(5), Action.UPDATE));
    assertThat(planned(CrmObject.JOURNEY))
        .extracting(Change::pmiId)
        .containsExactly(pmiId(1), pmiId(5));
    assertThat(anomalies())
        .contains(
            new Anomaly(Kind.MISSING_JOURNEY, pmiText(5)),
            new Anomaly(Kind.DOUBLED_PMI_ID, pmiText(6)));
    assertThat(progress).containsExactly(4L);
  }

  @Test
  void rowsOfThoseWhoHaveAContact_areCounted_inBothWays() {
    for (int i = 1; i <= 4; i++) {
      shows(i, i);
      showsJourney(i);
    }
    refresh();
    says(1, "Muster", "m@example.org");
    says(2, "Other", "m@example.org");
    source.add(found(3, contactRow("Muster", "m@example.org"), null));
    source.add(found(4, null, journeyRow("0", "one")));
    says(5, "New", "m@example.org");
    Map<String, Long> first =
        planner(RunMode.SYNC).plan(run, Cursor.of(source.iterator()), d -> {}).asMap();
    assertThat(keys().get(0).unchanged()).isNotNull();
    Map<String, Long> again =
        planner(RunMode.SYNC).plan(run, Cursor.of(source.iterator()), d -> {}).asMap();

    assertThat(List.of(first, again))
        .allSatisfy(
            counts ->
                assertThat(counts)
                    .containsEntry("contact.with-row", 3L)
                    .containsEntry("contact.without-row", 1L)
                    .containsEntry("journey.with-row", 3L)
                    .containsEntry("contact.new-row", 1L)
                    .containsEntry("journey.new-row", 1L)
                    .containsEntry("journey.without-row", 1L));
  }

  private static SourceEntry found(
      int number, @Nullable SourceRow contact, @Nullable SourceRow journey) {
    return new SourceEntry.Found(
        new Participant(pmiId(number), contact, journey, ParticipantStatus.ACTIVE),
        contact == null ? 0 : 1,
        journey == null ? 0 : 1);
  }

  @Test
  void unchangedParticipant_isRemembered_andNotReadAgain() {
    shows(1, 1);
    showsJourney(1);
    refresh();
    says(1, "Muster", "m@example.org");

    Map<String, Long> first = plan();
    assertThat(keys().get(0).unchanged()).isNotNull();
    assertThat(plan()).isEqualTo(first);
    assertThat(first)
        .isEqualTo(
            Map.of(
                "contact.rows", 1L,
                "journey.rows", 1L,
                "contact.unchanged", 1L,
                "journey.unchanged", 1L));
  }

  @Test
  void participantWithAChangeOrAHold_isNotRemembered() {
    shows(1, 1);
    showsJourney(1);
    shows(2, 2);
    showsJourney(2);
    hold(2, HoldTable.Kind.REVIEW);
    refresh();
    says(1, "Other", "m@example.org");
    says(2, "Muster", "m@example.org");

    assertThat(plan()).containsEntry("contact.held.review", 1L);
    assertThat(keys()).extracting(MirrorKey::unchanged).containsOnlyNulls();
  }

  @Test
  void fieldLeftAlone_isNew_thenKnown_thenGone() {
    shows(1, 1);
    showsJourney(1);
    refresh();
    says(1, "Muster", "no address");

    assertThat(plan())
        .containsEntry("contact.refused-field.Email:invalid-email", 1L)
        .containsEntry("contact.new.Email:invalid-email", 1L);
    assertThat(keys().get(0).unchanged()).isNotNull();
    assertThat(plan()).containsEntry("contact.new.Email:invalid-email", 1L);
    isGood();
    Map<String, Long> third = plan();
    assertThat(third)
        .containsEntry("contact.refused-field.Email:invalid-email", 1L)
        .containsEntry("contact.unchanged", 1L)
        .doesNotContainKey("contact.new.Email:invalid-email");
    store
        .decisions()
        .put(
            List.of(
                new Decision(
                    DecisionTable.Kind.FLAW,
                    pmiText(1),
                    "contact.Email:invalid-email",
                    Verdict.ACKNOWLEDGED,
                    "",
                    "staff",
                    "",
                    Instant.EPOCH,
                    SourceHash.of(List.of("no address")))));
    assertThat(plan()).containsEntry("contact.acknowledged.Email:invalid-email", 1L);
    source.clear();
    says(1, "Muster", "m@example.org");
    plan();
    assertThat(all(store.flaws().read())).isEmpty();
  }

  @Test
  void flawOfAnotherValue_isNewAgain() {
    says(1, "Muster", "no address");
    plan();
    isGood();
    source.clear();
    says(1, "Muster", "none either");

    assertThat(plan()).containsEntry("contact.new.Email:invalid-email", 1L);
    assertThat(all(store.flaws().read())).extracting(Flaw::value).containsExactly("none either");
  }

  @Test
  void flawsOfPeopleWhoLeftTheSource_areGone() {
    says(1, "", "");
    says(3, "", "");
    plan();
    assertThat(all(store.flaws().read())).hasSize(2);
    source.clear();
    says(2, "", "");

    plan();
    assertThat(all(store.flaws().read())).extracting(Flaw::subject).containsExactly(pmiText(2));
  }

  @Test
  void rowsOfOneMalformedKey_areNumbered_andFoundAgain() {
    malformed("A", 1, 0, "one");
    malformed("A", 1, 0, "two");
    malformed("A", 0, 1, "three");
    malformed("B", 1, 0, "four");
    plan();
    isGood();

    assertThat(all(store.flaws().read()))
        .extracting(Flaw::subject, Flaw::what, Flaw::sourceHash, Flaw::position)
        .containsExactly(
            tuple("A", "contact.malformed-pmi-id#0000001", "one", 1L),
            tuple("A", "contact.malformed-pmi-id#0000002", "two", 2L),
            tuple("A", "journey.malformed-pmi-id#0000001", "three", 1L),
            tuple("B", "contact.malformed-pmi-id#0000001", "four", 3L));
    source.remove(1);
    assertThat(plan()).doesNotContainKey("contact.new.malformed-pmi-id");
    assertThat(all(store.flaws().read())).hasSize(3);
  }

  @Test
  void retry_isAboutTheNamedOnly() {
    shows(9, 9);
    refresh();
    hold(1, HoldTable.Kind.QUARANTINE);
    hold(2, HoldTable.Kind.REVIEW);
    says(1, "", "");
    says(2, "Muster", "m@example.org");
    says(3, "", "");
    plan();
    assertThat(all(store.flaws().read())).extracting(Flaw::subject).containsExactly(pmiText(3));
    source.clear();
    says(1, "Muster", "m@example.org");
    says(2, "Muster", "m@example.org");
    says(3, "Muster", "m@example.org");
    source.add(
        new SourceEntry.Rejected(
            RejectReason.CONTRADICTING_ROWS, pmiId(4), "", null, "hash", 2, 0));
    source.add(
        new SourceEntry.Rejected(
            RejectReason.CONTRADICTING_ROWS, pmiId(5), "", null, "hash", 2, 0));
    malformed("X", 1, 0, "hash");

    assertThat(planSome(pmiId(1), pmiId(2), pmiId(4), pmiId(7)))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "contact.rows", 4L,
                    "contact.surplus-rows", 1L,
                    "journey.rows", 2L,
                    "contact.held.review", 1L,
                    "journey.held.review", 1L,
                    "contact.rejected.contradicting-rows", 1L,
                    "contact.new.contradicting-rows", 1L,
                    "retried", 3L)));
    assertThat(planned(CrmObject.CONTACT))
        .extracting(Change::pmiId, Change::action)
        .containsExactly(tuple(pmiId(1), Action.INSERT), tuple(pmiId(4), Action.REJECT));
    assertThat(all(store.flaws().read()))
        .extracting(Flaw::subject)
        .containsExactly(pmiText(3), pmiText(4));
  }

  @Test
  void anomaliesOfOthers_areClosedByAPlanAboutEverybody_andNotByARetry() {
    Anomaly old = new Anomaly(Kind.DELETED_CONTACT, pmiText(8));
    planner(RunMode.SYNC);
    store.anomalies().seen(run, List.of(old));
    says(1, "Muster", "m@example.org");

    planSome(pmiId(1));
    assertThat(anomalies()).containsExactly(old);
    plan();
    assertThat(anomalies()).isEmpty();
  }

  @Test
  void contactThatFitsTwo_isAdoptedByNeither_andNoJourneyWaits() {
    InMemoryCrm crm = new InMemoryCrm(new VirtualClock(), true);
    ContactId free =
        crm.createContact(
            null, values("FirstName", "Joe", "LastName", "Muster", "Email", "m@example.org"));
    adoption = PlanSite.adoption(crm, List.of(InMemoryCrm.OWNER));
    for (int number = 1; number <= 2; number++) {
      source.add(
          PlanSite.found(
              new Participant(
                  pmiId(number),
                  row(List.of("first", "last", "mail"), "Joe", "Muster", "m@example.org"),
                  journeyRow("0", "one"),
                  ParticipantStatus.ACTIVE)));
    }

    Map<String, Long> counts = plan();
    assertThat(planned(CrmObject.CONTACT))
        .extracting(Change::contactId, Change::errorCode)
        .contains(tuple(free, Match.SEVERAL_PARTICIPANTS));
    assertThat(planned(CrmObject.JOURNEY)).isEmpty();
    assertThat(counts).containsEntry("journey.skipped.no-contact", 2L);
    assertThat(all(store.flaws().read()))
        .extracting(Flaw::what)
        .containsExactly(
            "contact.adoption-several-participants", "contact.adoption-several-participants");
  }

  @Test
  void rowsThatARunRejectedAsContradictory_areACorrection_onceTheyAreOne() {
    planner(RunMode.SYNC);
    store
        .changes()
        .append(
            run,
            List.of(
                Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.REJECT)
                    .state(State.REFUSED)
                    .error("contradicting-rows")
                    .build(),
                Change.builder(2, CrmObject.CONTACT, pmiId(2), Action.REJECT)
                    .state(State.REFUSED)
                    .error("another")
                    .build()));
    EarlierVersion earlier =
        new EarlierVersion(
            run,
            new StatusSettings(
                "", List.of(), "", List.of(), List.of(), "", List.of(), List.of(), List.of(),
                List.of()));
    policy = new PlanPolicy(Set.of("Status"), false, false, earlier, PlanSite.TODAY);
    for (int number = 1; number <= 3; number++) {
      source.add(
          new SourceEntry.Found(
              new Participant(
                  pmiId(number), contactRow("Muster", ""), null, ParticipantStatus.ACTIVE),
              2,
              0));
    }

    assertThat(plan()).containsEntry("contact.corrected.insert", 1L);
  }

  @Test
  void manyParticipants_comeOutInTheirOrder() {
    for (int number = 1; number <= 1_001; number++) {
      says(number, "Muster", "");
      if (number % 2 == 0) {
        shows(number, number);
      }
    }
    refresh();
    plan();

    assertThat(planned(CrmObject.CONTACT)).extracting(Change::pmiId).hasSize(1_001).isSorted();
    assertThat(planned(CrmObject.JOURNEY)).hasSize(1_001);
    assertThat(progress).containsExactly(1_000L, 1_001L);
  }
}
