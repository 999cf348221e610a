package edu.cumc.aou.db.store;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirrorKey;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A refresh writes those rows of the mirror that differ, and no other. */
class QuietRefreshTest {

  private static final Instant STAMP = Instant.parse("2026-01-05T11:00:00Z");
  private static final FieldValues FIELDS = values("Email", "a@example.org");
  private static final String OWNER = "005000000000001";

  private final DatabaseSettings settings = TestDatabases.h2();
  private Database beside;
  private SqlSyncStore store;

  @BeforeEach
  void open() {
    beside = Database.open(settings);
    store = SqlSyncStore.open(settings, "dbo");
    store.installer().install(false);
    refresh(RefreshKind.FULL, contact(1, FIELDS, STAMP, OWNER), journey(1, FIELDS, STAMP, OWNER));
    for (String table : List.of("contact_mirror", "journey_mirror")) {
      for (String statement : List.of("INSERT", "UPDATE", "DELETE")) {
        execute(
            "CREATE TRIGGER \"dbo\".refuse_%1$s_%2$s BEFORE %2$s ON \"dbo\".%1$s FOR EACH ROW CALL '%3$s'"
                .formatted(table, statement, FailingTrigger.class.getName()));
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
    beside.close();
  }

  private void execute(String statement) {
    int unused = beside.write("preparing a test", h -> h.execute(statement));
  }

  private void refresh(RefreshKind kind, Contact contact, Journey journey) {
    try (Refresh refresh = store.mirror().begin(kind)) {
      refresh.add(contact);
      refresh.add(journey);
      refresh.commit(new MirrorState(STAMP, STAMP, "print"));
    }
  }

  private static Contact contact(
      @Nullable Integer pmi, FieldValues fields, Instant stamp, String owner) {
    return new Contact(
        contactId(1),
        pmi == null ? null : pmiId(pmi),
        true,
        fields,
        stamp,
        owner,
        true,
        false,
        null);
  }

  private static Journey journey(int contact, FieldValues fields, Instant stamp, String owner) {
    return new Journey(journeyId(1), contactId(contact), fields, stamp, owner, true, false);
  }

  @ParameterizedTest
  @EnumSource
  void commit_allAsItWas_writesNothing(RefreshKind kind) {
    refresh(kind, contact(1, FIELDS, STAMP, OWNER), journey(1, FIELDS, STAMP, OWNER));

    assertThat(store.mirror().counts().contacts()).isEqualTo(1);
  }

  @Test
  void commit_allAsItWas_takesNoFingerprintBack() {
    Fingerprint print = new Fingerprint(1, 2);
    store.mirror().keepUnchanged(Map.of(pmiId(1), print));

    refresh(
        RefreshKind.INCREMENTAL,
        contact(1, FIELDS, STAMP, OWNER),
        journey(1, FIELDS, STAMP, OWNER));

    try (Cursor<MirrorKey> keys = store.mirror().keys()) {
      assertThat(keys.next()).isEqualTo(new MirrorKey(pmiId(1), 1, print));
    }
  }

  private record Differing(Contact contact, Journey journey) {}

  static Stream<Differing> differing() {
    Contact contact = contact(1, FIELDS, STAMP, OWNER);
    Journey journey = journey(1, FIELDS, STAMP, OWNER);
    FieldValues other = values("Email", "A@example.org");
    Instant later = STAMP.plusSeconds(1);
    return Stream.of(
        new Differing(contact(2, FIELDS, STAMP, OWNER), journey),
        new Differing(contact(null, FIELDS, STAMP, OWNER), journey),
        new Differing(contact(1, other, STAMP, OWNER), journey),
        new Differing(contact(1, FIELDS, later, OWNER), journey),
        new Differing(contact(1, FIELDS, STAMP, "005000000000002"), journey),
        new Differing(contact, journey(2, FIELDS, STAMP, OWNER)),
        new Differing(contact, journey(1, other, STAMP, OWNER)),
        new Differing(contact, journey(1, FIELDS, later, OWNER)),
        new Differing(contact, journey(1, FIELDS, STAMP, "005000000000002")));
  }

  @ParameterizedTest
  @MethodSource
  void differing(Differing differing) {
    assertThatThrownBy(
            () -> refresh(RefreshKind.INCREMENTAL, differing.contact(), differing.journey()))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("of the store database is full");
  }

  @ParameterizedTest
  @CsvSource({
    "contact_mirror, pmi_id",
    "contact_mirror, modstamp",
    "contact_mirror, owner_id",
    "journey_mirror, contact_id",
    "journey_mirror, modstamp",
    "journey_mirror, owner_id"
  })
  void commit_whatTheMirrorDidNotKnow_isWritten(String table, String column) {
    execute("DROP TRIGGER \"dbo\".refuse_" + table + "_UPDATE");
    execute("UPDATE \"dbo\"." + table + " SET " + column + " = NULL");

    refresh(
        RefreshKind.INCREMENTAL,
        contact(1, FIELDS, STAMP, OWNER),
        journey(1, FIELDS, STAMP, OWNER));

    String known = "SELECT COUNT(" + column + ") FROM \"dbo\"." + table;
    assertThat(beside.<Long>read("looking", h -> h.createQuery(known).mapTo(Long.class).one()))
        .isEqualTo(1);
  }
}
