package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.LeaseTable;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlSyncStoreTest {

  private static final Instant NOW = Instant.parse("2026-01-05T11:00:00Z");
  private static final FieldName EMAIL = new FieldName("Email");
  private static int databases;

  private SqlSyncStore store;

  @BeforeEach
  void open() {
    store =
        SqlSyncStore.open(
            DatabaseSettings.of("jdbc:h2:mem:store" + ++databases + ";DB_CLOSE_DELAY=-1"), "dbo");
    store.installer().install(false);
  }

  @AfterEach
  void close() {
    assertThat(store.connectionsInUse()).as("connections that were not given back").isZero();
    store.close();
  }

  private static PmiId pmi(int n) {
    return new PmiId(String.format("P0%08d", n));
  }

  private static ContactId contactId(int n) {
    return new ContactId(String.format("003%012d", n));
  }

  private static JourneyId journeyId(int n) {
    return new JourneyId(String.format("006%012d", n));
  }

  private static FieldValues email(String text) {
    return FieldValues.of(Map.of(EMAIL, new FieldValue(text)));
  }

  private static Contact contact(int n, PmiId pmiId) {
    return new Contact(
        contactId(n),
        pmiId,
        true,
        email(n + "@example.org"),
        NOW,
        "005000000000001",
        true,
        false,
        null);
  }

  private static Journey journey(int n, int contact) {
    return new Journey(
        journeyId(n), contactId(contact), FieldValues.empty(), NOW, "005000000000001", true, false);
  }

  private void refresh(RefreshKind kind, List<Contact> contacts, List<Journey> journeys) {
    try (MirrorTable.Refresh refresh = store.mirror().begin(kind)) {
      contacts.forEach(refresh::add);
      journeys.forEach(refresh::add);
      refresh.commit(new MirrorState(NOW, NOW, "print"));
    }
  }

  private List<MirrorEntry> mirror() {
    List<MirrorEntry> entries = new ArrayList<>();
    try (Cursor<MirrorEntry> cursor = store.mirror().read()) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  @Test
  void verify_withoutTables_namesTheCommand() {
    try (SqlSyncStore empty =
        SqlSyncStore.open(DatabaseSettings.of("jdbc:h2:mem:empty" + ++databases), "dbo")) {
      assertThatThrownBy(empty::verify)
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
          .hasMessageContaining("aou-sync init");
    }
    store.verify();
  }

  @Test
  void install_twice_changesNothing_andTheSqlIsComplete() {
    assertThat(store.installer().install(false).migrations()).isZero();
    assertThat(store.installer().sql())
        .contains("sync_change")
        .contains("Relationship")
        .doesNotContain("${");
  }

  @Test
  void lease_isHeldByOne_andTheOldTokenIsNoGood() {
    LeaseTable.Granted first =
        (LeaseTable.Granted) store.lease().acquire("a", Duration.ofMinutes(5));
    assertThat(first.takenOver()).isFalse();
    assertThat(store.lease().acquire("b", Duration.ofMinutes(5)))
        .isInstanceOfSatisfying(LeaseTable.Busy.class, b -> assertThat(b.holder()).isEqualTo("a"));
    store.lease().renew(first.token(), Duration.ZERO);
    LeaseTable.Granted second =
        (LeaseTable.Granted) store.lease().acquire("b", Duration.ofMinutes(5));
    assertThat(second.takenOver()).isTrue();
    assertThatThrownBy(() -> store.lease().renew(first.token(), Duration.ofMinutes(5)))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_RUNNING));
    store.lease().release(first.token());
    assertThat(store.lease().acquire("c", Duration.ofMinutes(5)))
        .isInstanceOf(LeaseTable.Busy.class);
    store.lease().suspend(second.token());
    assertThat(store.lease().acquire("c", Duration.ofMinutes(5)))
        .isInstanceOfSatisfying(LeaseTable.Granted.class, g -> assertThat(g.takenOver()).isFalse());
  }

  @Test
  void runs_areNumbered_countedAndFound() {
    RunId one = store.runs().create(RunMode.SYNC, "org", "print", NOW);
    RunId two = store.runs().create(RunMode.PLAN, "org", "print", NOW);
    assertThat(two.value()).isEqualTo(one.value() + 1);
    store.runs().addTallies(one, Tallies.of(Map.of("a", 1L, "b", 2L)));
    store.runs().addTallies(one, Tallies.of(Map.of("b", 3L)));
    assertThat(store.runs().find(one).orElseThrow().tallies().asMap())
        .isEqualTo(Map.of("a", 1L, "b", 3L));
    assertThat(store.runs().unfinished()).map(r -> r.id()).contains(one);
    store.runs().finish(one, RunState.DONE, NOW);
    assertThat(store.runs().unfinished()).isEmpty();
    assertThat(store.runs().lastDone(5)).extracting(r -> r.id()).containsExactly(one);
    assertThat(store.runs().latest(5)).extracting(r -> r.id()).containsExactly(two, one);
    assertThat(store.runs().find(one).orElseThrow().finishedAt()).isEqualTo(NOW);
    assertThat(store.runs().boundOrg()).contains("org");
    store.installer().rebind();
    assertThat(store.runs().boundOrg()).isEmpty();
  }

  @Test
  void mirror_readsInOrder_overPages_withJourneys() {
    List<Contact> contacts = new ArrayList<>();
    List<Journey> journeys = new ArrayList<>();
    for (int n = 2500; n > 0; n--) {
      contacts.add(contact(n, pmi(n)));
      journeys.add(journey(n, n));
    }
    contacts.add(contact(9001, pmi(1000)));
    journeys.add(journey(9001, 1001));
    refresh(RefreshKind.FULL, contacts, journeys);
    List<MirrorEntry> entries = mirror();
    assertThat(entries).hasSize(2500).isSortedAccordingTo((a, b) -> a.pmiId().compareTo(b.pmiId()));
    assertThat(entries.get(999).contacts()).hasSize(2);
    assertThat(entries.get(1000).contacts().get(0).journeys()).hasSize(2);
    assertThat(store.mirror().counts()).isEqualTo(new MirrorTable.MirrorCounts(2501, 2501));
    assertThat(store.mirror().state()).contains(new MirrorState(NOW, NOW, "print"));
  }

  @Test
  void refresh_keepsMarks_andMarksWhatIsGone() {
    refresh(
        RefreshKind.FULL, List.of(contact(1, pmi(1)), contact(2, pmi(2))), List.of(journey(1, 1)));
    SentValues sent = SentValues.of(Map.of(EMAIL, new SentValues.Mark("h", "", "", 0)));
    store
        .mirror()
        .recordContacts(
            List.of(new WrittenContact(contactId(1), pmi(1), email("new@example.org"), sent)));
    assertThat(mirror().get(0).contacts().get(0).fields()).isEqualTo(email("new@example.org"));

    Contact deleted =
        new Contact(
            contactId(2), pmi(2), true, FieldValues.empty(), NOW, "", true, true, contactId(7));
    Contact unknownAndDeleted =
        new Contact(contactId(3), pmi(3), true, FieldValues.empty(), NOW, "", true, true, null);
    refresh(
        RefreshKind.INCREMENTAL,
        List.of(contact(1, pmi(1)), deleted, unknownAndDeleted),
        List.of());
    assertThat(mirror()).hasSize(2);
    assertThat(mirror().get(0).contacts().get(0).sent()).isEqualTo(sent);
    assertThat(mirror().get(0).contacts().get(0).fields()).isEqualTo(email("1@example.org"));
    assertThat(mirror().get(0).contacts().get(0).journeys()).hasSize(1);
    assertThat(mirror().get(1).contacts().get(0).gone()).isTrue();
    assertThat(mirror().get(1).contacts().get(0).mergedInto()).isEqualTo(contactId(7));

    refresh(RefreshKind.FULL, List.of(contact(7, pmi(7))), List.of());
    assertThat(mirror()).hasSize(3);
    assertThat(mirror().get(0).contacts().get(0).gone()).isTrue();
    assertThat(mirror().get(1).contacts().get(0).mergedInto())
        .as("the survivor has a PMI ID of its own")
        .isNull();
  }

  @Test
  void refresh_withoutCommit_changesNothing() {
    refresh(RefreshKind.FULL, List.of(contact(1, pmi(1))), List.of());
    try (MirrorTable.Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      for (int n = 2; n < 1200; n++) {
        refresh.add(contact(n, pmi(n)));
      }
    }
    assertThat(mirror()).hasSize(1);
  }

  private static Change change(
      long seq, CrmObject object, int n, Change.State state, FieldValues values) {
    return Change.builder(
            seq,
            object,
            pmi(n),
            object == CrmObject.CONTACT ? Change.Action.INSERT : Change.Action.UPDATE)
        .state(state)
        .newValues(values)
        .refusedFields(List.of("Phone:too-long"))
        .build();
  }

  @Test
  void changes_arePaged_sentAndSettled() {
    RunId run = store.runs().create(RunMode.SYNC, "org", "print", NOW);
    FieldValues odd =
        FieldValues.of(
            Map.of(
                EMAIL,
                new FieldValue("O\u2019Brien \"x\"\n\uD83D\uDE00 <>&'"),
                new FieldName("Phone"),
                FieldValue.BLANK));
    List<Change> changes = new ArrayList<>();
    for (int n = 1; n <= 1500; n++) {
      changes.add(change(n, CrmObject.CONTACT, n, Change.State.PLANNED, odd));
    }
    store.changes().append(run, changes);
    List<Change> page =
        store
            .changes()
            .page(
                run,
                CrmObject.CONTACT,
                Set.of(Change.Action.INSERT),
                Set.of(Change.State.PLANNED),
                1000,
                200);
    assertThat(page).hasSize(200);
    assertThat(page.get(0).seq()).isEqualTo(1001);
    assertThat(page.get(0).newValues()).isEqualTo(odd);
    assertThat(page.get(0).refusedFields()).containsExactly("Phone:too-long");
    assertThat(store.changes().plannedClears(run)).isEqualTo(1500);
    store.changes().markSent(run, List.of(1L, 2L));
    store
        .changes()
        .settle(
            run,
            List.of(
                new Settlement(1, Change.State.DONE, contactId(1), null, null, List.of()),
                new Settlement(
                    2, Change.State.REFUSED, null, null, "STRING_TOO_LONG", List.of("Phone"))));
    assertThat(store.changes().history(pmi(1), 5).get(0).change().contactId())
        .isEqualTo(contactId(1));
    assertThat(store.changes().history(pmi(2), 5).get(0).change().errorCode())
        .isEqualTo("STRING_TOO_LONG");
    assertThat(store.changes().history(pmi(2), 5).get(0).change().attempts()).isEqualTo(1);
    assertThat(store.changes().count(run)).hasSize(3);
    store.changes().discard(run);
    assertThat(store.changes().count(run)).isEmpty();
  }

  @Test
  void resolveAwaiting_givesJourneysOnlyWhereThereIsNoDoubt() {
    RunId run = store.runs().create(RunMode.SYNC, "org", "print", NOW);
    List<Change> changes = new ArrayList<>();
    for (int n = 1; n <= 5; n++) {
      changes.add(
          change(n, CrmObject.JOURNEY, n, Change.State.AWAITING_JOURNEY, email("x@example.org")));
    }
    store.changes().append(run, changes);
    refresh(
        RefreshKind.FULL,
        List.of(
            contact(1, pmi(1)),
            contact(2, pmi(2)),
            contact(3, pmi(3)),
            contact(4, pmi(4)),
            contact(44, pmi(4))),
        List.of(journey(1, 1), journey(2, 2), journey(22, 2), journey(4, 4)));
    var left = store.changes().resolveAwaiting(run);
    assertThat(left.resolved()).isEqualTo(1);
    assertThat(left.missing()).isEqualTo(1);
    assertThat(left.ambiguous()).isEqualTo(2);
    Change resolved = store.changes().history(pmi(1), 1).get(0).change();
    assertThat(resolved.state()).isEqualTo(Change.State.PLANNED);
    assertThat(resolved.journeyId()).isEqualTo(journeyId(1));
    assertThat(resolved.contactId()).isEqualTo(contactId(1));
  }

  @Test
  void writeBack_followsTheMirror_andTwiceIsTheSame() {
    refresh(
        RefreshKind.FULL,
        List.of(
            contact(1, pmi(1)),
            contact(2, pmi(2)),
            contact(3, pmi(3)),
            contact(33, pmi(3)),
            contact(4, pmi(4))),
        List.of(journey(1, 1), journey(3, 3), journey(4, 4), journey(44, 4)));
    assertThat(store.ids().writeBack()).isEqualTo(new IdCounts(5, 4, 2, 1));
    assertThat(store.ids().writeBack()).isEqualTo(new IdCounts(5, 4, 2, 1));
    refresh(
        RefreshKind.FULL,
        List.of(contact(1, pmi(1)), contact(2, pmi(2)), contact(3, pmi(3))),
        List.of(journey(2, 2), journey(3, 3), journey(11, 1)));
    assertThat(store.ids().writeBack()).isEqualTo(new IdCounts(3, 3, 3, 3));
  }

  @Test
  void holds_areOrdered_replacedAndReleased() {
    store
        .holds()
        .put(
            List.of(
                new Hold(pmi(2), HoldTable.Kind.REVIEW, "why", NOW, null),
                new Hold(pmi(1), HoldTable.Kind.UNDO, "why", NOW, "h")));
    store.holds().put(List.of(new Hold(pmi(2), HoldTable.Kind.QUARANTINE, "other", NOW, null)));
    List<Hold> holds = new ArrayList<>();
    try (Cursor<Hold> cursor = store.holds().read()) {
      cursor.forEachRemaining(holds::add);
    }
    assertThat(holds).extracting(Hold::pmiId).containsExactly(pmi(1), pmi(2));
    assertThat(holds.get(1).kind()).isEqualTo(HoldTable.Kind.QUARANTINE);
    assertThat(store.holds().release(List.of(pmi(2), pmi(9)))).isEqualTo(1);
  }

  @Test
  void anomalies_keepTheirFirstRun_andCloseWhenUnseen() {
    RunId one = new RunId(1);
    RunId two = new RunId(2);
    store
        .anomalies()
        .seen(
            one,
            List.of(
                new Anomaly(AnomalyTable.Kind.DOUBLED_PMI_ID, "P000000001"),
                new Anomaly(AnomalyTable.Kind.MISSING_JOURNEY, "P000000002")));
    store
        .anomalies()
        .seen(
            two,
            List.of(
                new Anomaly(AnomalyTable.Kind.DOUBLED_PMI_ID, "P000000001"),
                new Anomaly(AnomalyTable.Kind.DOUBLED_PMI_ID, "P000000003")));
    store.anomalies().closeUnseen(two, LocalDate.parse("2026-03-03"));
    assertThat(store.anomalies().count(two))
        .containsExactly(new AnomalyTable.AnomalyCount(AnomalyTable.Kind.DOUBLED_PMI_ID, 2, 1, 0));
  }
}
