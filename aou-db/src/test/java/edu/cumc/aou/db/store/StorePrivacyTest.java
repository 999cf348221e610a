package edu.cumc.aou.db.store;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drivers quote keys and values in their messages; nothing of it may come out. */
class StorePrivacyTest {

  private static final Instant NOW = Instant.parse("2026-01-05T11:00:00Z");
  private static final String VALUE = "lovelace@example.org";

  private final DatabaseSettings settings = TestDatabases.h2();
  private Database beside;
  private SqlSyncStore store;

  @BeforeEach
  void open() {
    beside = Database.open(settings);
    store = SqlSyncStore.open(settings, "dbo");
    store.installer().install(false);
  }

  @AfterEach
  void close() {
    store.close();
    beside.close();
  }

  private void execute(String statement) {
    int unused = beside.write("preparing a test", h -> h.execute(statement));
  }

  private void assertTellsNothing(ThrowingCallable call) {
    SyncException thrown = catchThrowableOfType(SyncException.class, call);
    assertThat(thrown).isNotNull();
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString())
        .contains("SQLState")
        .doesNotContain(pmiId(1).value(), contactId(1).value(), VALUE)
        .doesNotContainIgnoringCase("insert into")
        .doesNotContainIgnoringCase("update ");
  }

  @Test
  void append_rowThatIsThereAlready_tellsNoKey() {
    RunId run = store.runs().create(RunMode.SYNC, "00D000000000001EAA", "print", NOW);
    execute("CREATE UNIQUE INDEX \"dbo\".test_index ON \"dbo\".sync_change (pmi_id)");

    assertTellsNothing(() -> store.changes().append(run, List.of(change(1), change(2))));
  }

  @Test
  void recordContacts_valueTheColumnRefuses_tellsNoValue() {
    execute("ALTER TABLE \"dbo\".contact_mirror ADD CHECK (CHAR_LENGTH(fields) < 3)");

    assertTellsNothing(
        () ->
            store
                .mirror()
                .recordContacts(
                    List.of(
                        new WrittenContact(
                            contactId(1), pmiId(1), values("Email", VALUE), SentValues.none()))));
  }

  @Test
  void put_tableThatWasDropped_tellsNoKey() {
    execute("DROP TABLE \"dbo\".sync_hold");

    assertTellsNothing(
        () -> store.holds().put(List.of(new Hold(pmiId(1), Kind.REVIEW, "code", NOW, null))));
  }

  private static Change change(long seq) {
    return Change.builder(seq, CrmObject.CONTACT, pmiId(1), Change.Action.UPDATE)
        .contactId(contactId(1))
        .newValues(values("Email", VALUE))
        .build();
  }
}
