package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.plan.BinRules.Verdict;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an undo puts back, leaves alone, deletes and brings back. */
class UndoPlannerTest {

  private static final FieldValues NEW = values("LastName", "New");
  private static final FieldValues OLD = values("LastName", "Old");
  private static final String CREATED = "skipped.created-by-the-run";

  private final InMemorySyncStore store = new InMemorySyncStore(new VirtualClock());
  private final List<Change> written = new ArrayList<>();
  private final List<Contact> contacts = new ArrayList<>();
  private final List<Journey> journeys = new ArrayList<>();
  private final List<SourceEntry> source = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private final Map<Integer, Verdict> onDeletion = new HashMap<>();
  private final Map<Integer, Verdict> onRestoring = new HashMap<>();
  private RunId undone;

  @BeforeEach
  void createRun() {
    undone = store.runs().create(RunMode.SYNC, "00DTEST00000001EAA", "print", Instant.EPOCH);
  }

  private Change.Builder write(CrmObject object, int number, Action action) {
    return Change.builder(written.size() + 1L, object, pmiId(number), action)
        .contactId(contactId(number))
        .journeyId(object == CrmObject.JOURNEY ? journeyId(number) : null)
        .state(State.DONE);
  }

  private void wrote(Change.Builder change) {
    written.add(change.build());
  }

  private void updated(int number) {
    wrote(write(CrmObject.CONTACT, number, Action.UPDATE).oldValues(OLD).newValues(NEW));
  }

  private void shows(int number, FieldValues fields) {
    contacts.add(PlanSite.shown(number, number, fields));
  }

  private void showsJourney(int number, FieldValues fields) {
    journeys.add(PlanSite.shownJourney(number, fields));
  }

  private void says(int number, ParticipantStatus status) {
    source.add(
        PlanSite.found(new Participant(pmiId(number), PlanSite.contactRow("M", ""), null, status)));
  }

  private Map<String, Long> undo(boolean deleteCreated) {
    store.changes().append(undone, written);
    try (MirrorTable.Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      contacts.forEach(refresh::add);
      journeys.forEach(refresh::add);
      refresh.commit(new MirrorState(Instant.EPOCH, Instant.EPOCH, "print"));
    }
    BinRules bin =
        new BinRules() {
          @Override
          public Verdict onDeletion(Change created) {
            return onDeletion.getOrDefault(numberOf(created), Verdict.with(List.of()));
          }

          @Override
          public Verdict onRestoring(Change deleted) {
            return onRestoring.getOrDefault(numberOf(deleted), Verdict.with(List.of()));
          }
        };
    return new UndoPlanner(store, PlanSite.mapping(), deleteCreated, bin)
        .plan(run(), undone, Cursor.of(source.iterator()), progress::add)
        .asMap();
  }

  private RunId run() {
    return store.runs().create(RunMode.UNDO, "00DTEST00000001EAA", "print", Instant.EPOCH);
  }

  private static int numberOf(Change change) {
    return Integer.parseInt(change.pmiId().value().substring(1));
  }

  private List<Change> planned() {
    List<Change> all = new ArrayList<>();
    for (CrmObject object : CrmObject.values()) {
      all.addAll(
          store
              .changes()
              .page(
                  new RunId(2),
                  object,
                  EnumSet.allOf(Action.class),
                  EnumSet.allOf(State.class),
                  0,
                  100));
    }
    return all;
  }

  private static Change left(long seq, CrmObject object, int number, String code, String... of) {
    return Change.builder(seq, object, pmiId(number), Action.REJECT)
        .contactId(contactId(number))
        .journeyId(object == CrmObject.JOURNEY ? journeyId(number) : null)
        .state(State.REFUSED)
        .error(code, Arrays.asList(of))
        .build();
  }

  private static Change.Builder back(long seq, CrmObject object, int number, Action action) {
    return Change.builder(seq, object, pmiId(number), action)
        .contactId(contactId(number))
        .journeyId(object == CrmObject.JOURNEY ? journeyId(number) : null);
  }

  @Test
  void updatedRecords_getTheirOldValuesBack() {
    updated(1);
    shows(1, NEW);
    wrote(
        write(CrmObject.JOURNEY, 1, Action.UPDATE)
            .oldValues(values("Note", ""))
            .newValues(values("Note", "new")));
    showsJourney(1, values("Note", "new"));

    assertThat(undo(false)).isEqualTo(Map.of("contact.rows", 1L, "journey.rows", 1L));
    assertThat(planned())
        .containsExactly(
            back(1, CrmObject.CONTACT, 1, Action.UPDATE).oldValues(NEW).newValues(OLD).build(),
            back(2, CrmObject.JOURNEY, 1, Action.UPDATE)
                .oldValues(values("Note", "new"))
                .newValues(values("Note", ""))
                .build());
    assertThat(progress).containsExactly(2L);
  }

  @Test
  void recordThatShowsItsOldValues_isUnchanged() {
    updated(1);
    shows(1, OLD);

    assertThat(undo(false)).isEqualTo(Map.of("contact.rows", 1L, "contact.unchanged", 1L));
    assertThat(planned()).isEmpty();
  }

  @Test
  void recordWithAChangedField_isLeftAloneAsAWhole() {
    wrote(
        write(CrmObject.CONTACT, 1, Action.UPDATE)
            .oldValues(values("LastName", "Old", "Email", "old@example.org"))
            .newValues(values("LastName", "New", "Email", "new@example.org")));
    shows(1, values("LastName", "Newest", "Email", "new@example.org"));

    assertThat(undo(false)).containsEntry("contact.rejected.changed-since", 1L);
    assertThat(planned())
        .containsExactly(left(1, CrmObject.CONTACT, 1, "changed-since", "LastName"));
  }

  @Test
  void fieldThatIsNoLongerMapped_leavesTheRecordAlone() {
    wrote(
        write(CrmObject.CONTACT, 1, Action.UPDATE)
            .oldValues(values("LastName", "Old", "Phone", "1"))
            .newValues(values("LastName", "New", "Phone", "2")));
    shows(1, NEW);

    assertThat(undo(false)).containsEntry("contact.rejected.no-longer-mapped", 1L);
    assertThat(planned())
        .containsExactly(left(1, CrmObject.CONTACT, 1, "no-longer-mapped", "Phone"));
  }

  @ParameterizedTest
  @CsvSource({
    "WITHDRAWN, true",
    "UNCLEAR, true",
    "ACTIVE, false",
    "LEFT, false",
  })
  void participantWhoHasWithdrawn_isLeftAlone(ParticipantStatus status, boolean isLeft) {
    updated(2);
    shows(2, NEW);
    says(1, ParticipantStatus.WITHDRAWN);
    says(2, status);
    says(3, ParticipantStatus.WITHDRAWN);

    assertThat(undo(false).containsKey("contact.rejected.withdrawn-since")).isEqualTo(isLeft);
  }

  @Test
  void withdrawalOfAnother_orOfRejectedRows_leavesNobodyAlone() {
    updated(2);
    shows(2, NEW);
    source.add(
        new SourceEntry.Rejected(
            SourceEntry.RejectReason.MALFORMED_PMI_ID, null, "A", null, "", 1, 0));
    source.add(
        new SourceEntry.Rejected(
            SourceEntry.RejectReason.CONTRADICTING_ROWS, pmiId(2), "", null, "", 2, 0));

    assertThat(undo(false)).isEqualTo(Map.of("contact.rows", 1L));
  }

  @Test
  void recordThatIsGone_isLeftAlone() {
    updated(1);
    updated(2);
    shows(3, NEW);

    assertThat(undo(false)).containsEntry("contact.rejected.gone-since", 2L);
    assertThat(planned())
        .containsExactly(
            left(1, CrmObject.CONTACT, 1, "gone-since"),
            left(2, CrmObject.CONTACT, 2, "gone-since"));
  }

  @Test
  void blankedValues_cannotBePutBack() {
    wrote(write(CrmObject.CONTACT, 1, Action.UPDATE));
    shows(1, NEW);

    assertThat(undo(false)).containsEntry("contact.rejected.values-blanked", 1L);
  }

  @Test
  void adoptedContact_losesItsPmiId() {
    wrote(write(CrmObject.CONTACT, 1, Action.ADOPT).oldValues(OLD).newValues(NEW));
    wrote(write(CrmObject.CONTACT, 2, Action.ADOPT));
    shows(1, NEW);
    shows(2, OLD);

    undo(false);
    assertThat(planned())
        .containsExactly(
            back(1, CrmObject.CONTACT, 1, Action.UPDATE)
                .oldValues(values("LastName", "New", "HP_PMI_ID__c", pmiText(1)))
                .newValues(values("LastName", "Old", "HP_PMI_ID__c", ""))
                .build(),
            back(2, CrmObject.CONTACT, 2, Action.UPDATE)
                .oldValues(values("HP_PMI_ID__c", pmiText(2)))
                .newValues(values("HP_PMI_ID__c", ""))
                .build());
  }

  @Test
  void adoptedContact_ofABlankedRun_isLeftAlone() {
    wrote(write(CrmObject.CONTACT, 1, Action.ADOPT));
    shows(1, OLD);
    store.runs().markBlanked(undone);

    assertThat(undo(false)).containsEntry("contact.rejected.values-blanked", 1L);
  }

  @Test
  void createdRecords_stay() {
    wrote(write(CrmObject.CONTACT, 1, Action.INSERT).newValues(NEW));
    wrote(write(CrmObject.JOURNEY, 1, Action.UPDATE).newValues(values("Note", "new")));
    shows(1, NEW);
    showsJourney(1, values("Note", "new"));

    assertThat(undo(false))
        .isEqualTo(
            Map.of(
                "contact.rows",
                1L,
                "journey.rows",
                1L,
                "contact." + CREATED,
                1L,
                "journey." + CREATED,
                1L));
    assertThat(planned()).isEmpty();
  }

  @Test
  void createdContact_isDeletedWithItsJourney_whereTheUndoIsTold() {
    wrote(write(CrmObject.CONTACT, 1, Action.INSERT).newValues(NEW));
    wrote(write(CrmObject.JOURNEY, 1, Action.UPDATE).newValues(values("Note", "new")));
    shows(1, NEW);
    showsJourney(1, values("Note", "new"));
    onDeletion.put(1, Verdict.with(List.of(journeyId(1))));

    assertThat(undo(true)).isEqualTo(Map.of("contact.rows", 1L, "journey.rows", 1L));
    assertThat(planned())
        .containsExactly(
            back(1, CrmObject.CONTACT, 1, Action.DELETE)
                .oldValues(values("LastName", "New", "HP_PMI_ID__c", pmiText(1)))
                .build(),
            back(2, CrmObject.JOURNEY, 1, Action.DELETE).oldValues(values("Note", "new")).build());
  }

  @Test
  void createdContact_thatTheMirrorDoesNotKnow_isDeletedAllTheSame() {
    wrote(write(CrmObject.CONTACT, 1, Action.INSERT).newValues(NEW));
    onDeletion.put(1, Verdict.with(List.of(journeyId(1))));

    undo(true);
    assertThat(planned())
        .containsExactly(
            back(1, CrmObject.CONTACT, 1, Action.DELETE)
                .oldValues(values("HP_PMI_ID__c", pmiText(1)))
                .build(),
            back(2, CrmObject.JOURNEY, 1, Action.DELETE).build());
  }

  @Test
  void createdContact_thatMayNotGo_stays() {
    wrote(write(CrmObject.CONTACT, 1, Action.INSERT).newValues(NEW));
    wrote(write(CrmObject.CONTACT, 2, Action.INSERT).newValues(NEW));
    onDeletion.put(1, Verdict.no("touched", List.of("Task")));
    says(2, ParticipantStatus.WITHDRAWN);

    assertThat(undo(true))
        .isEqualTo(
            Map.of(
                "contact.rows", 2L,
                "contact.rejected.touched", 1L,
                "contact.rejected.withdrawn-since", 1L));
    assertThat(planned())
        .containsExactly(
            left(1, CrmObject.CONTACT, 1, "touched", "Task"),
            left(2, CrmObject.CONTACT, 2, "withdrawn-since"));
  }

  @Test
  void createdContact_thatIsGoneAlready_isUnchanged_andSoIsItsJourney() {
    wrote(write(CrmObject.CONTACT, 1, Action.INSERT).newValues(NEW));
    wrote(write(CrmObject.JOURNEY, 1, Action.UPDATE).newValues(values("Note", "new")));
    onDeletion.put(1, Verdict.done());
    says(1, ParticipantStatus.WITHDRAWN);

    assertThat(undo(true))
        .isEqualTo(
            Map.of(
                "contact.rows", 1L,
                "journey.rows", 1L,
                "contact.unchanged", 1L,
                "journey.unchanged", 1L));
    assertThat(planned()).isEmpty();
  }

  private void deleted(int number) {
    wrote(write(CrmObject.CONTACT, number, Action.DELETE).oldValues(OLD));
    wrote(write(CrmObject.JOURNEY, number, Action.DELETE).oldValues(values("Note", "old")));
  }

  @Test
  void deletedContact_comesBackWithItsJourney() {
    deleted(1);

    assertThat(undo(false)).isEqualTo(Map.of("contact.rows", 1L, "journey.rows", 1L));
    assertThat(planned())
        .containsExactly(
            back(1, CrmObject.CONTACT, 1, Action.RESTORE).newValues(OLD).build(),
            back(2, CrmObject.JOURNEY, 1, Action.RESTORE).newValues(values("Note", "old")).build());
  }

  @Test
  void deletedContact_thatIsBack_bringsItsJourneyBack() {
    deleted(1);
    onRestoring.put(1, Verdict.done());
    shows(1, OLD);

    assertThat(undo(false))
        .isEqualTo(Map.of("contact.rows", 1L, "journey.rows", 1L, "contact.unchanged", 1L));
    assertThat(planned()).extracting(Change::object).containsExactly(CrmObject.JOURNEY);
  }

  @Test
  void deletedContact_thatMayNotComeBack_staysAway_andSoDoesItsJourney() {
    deleted(1);
    deleted(2);
    deleted(3);
    onRestoring.put(1, Verdict.no("erased-since", List.of()));
    contacts.add(PlanSite.shown(9, 2, OLD));
    says(3, ParticipantStatus.WITHDRAWN);

    assertThat(undo(false))
        .isEqualTo(
            Map.of(
                "contact.rows", 3L,
                "journey.rows", 3L,
                "contact.rejected.erased-since", 1L,
                "contact.rejected.created-since", 1L,
                "contact.rejected.withdrawn-since", 1L,
                "journey.skipped.no-contact", 3L));
  }

  @Test
  void progress_isToldEveryThousandRecords() {
    for (int number = 1; number <= 1001; number++) {
      updated(number);
    }

    undo(false);
    assertThat(progress).containsExactly(1000L, 1001L);
  }
}
