package edu.cumc.aou.db.store;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What analysts see of the three tables while, and after, writing them back fails; on H2, and where
 * a subclass says.
 */
class WriteBackTest {

  private static final Instant NOW = Instant.parse("2026-01-05T11:00:00Z");

  private Database beside;
  private Database behind;
  private SqlSyncStore store;

  /** Where the tables are. */
  DatabaseSettings database() {
    return TestDatabases.h2();
  }

  /** The H2 that does the work, which has triggers of Java. */
  DatabaseSettings behind(DatabaseSettings database) {
    return database;
  }

  @BeforeEach
  void open() {
    DatabaseSettings settings = database();
    beside = Database.open(settings);
    behind = Database.open(behind(settings));
    store = SqlSyncStore.open(settings, "dbo");
    store.installer().install(false);
  }

  @AfterEach
  void close() {
    assertThat(store.connectionsInUse()).as("connections that were not given back").isZero();
    store.close();
    beside.close();
    behind.close();
  }

  /** One participant for each number; all of them have a journey. */
  private void mirror(int from, int to) {
    try (Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      for (int n = from; n <= to; n++) {
        refresh.add(
            new Contact(
                contactId(n), pmiId(n), true, FieldValues.empty(), NOW, "", true, false, null));
        refresh.add(
            new Journey(journeyId(n), contactId(n), FieldValues.empty(), NOW, "", true, false));
      }
      refresh.commit(new MirrorState(NOW, NOW, "print"));
    }
  }

  private List<String> analystsRows() {
    List<String> rows = new ArrayList<>();
    for (String query :
        List.of(
            "SELECT Contact_Id || PMI_Id FROM \"dbo\".Contact_PMI ORDER BY 1",
            "SELECT Contact_Id || Journey_Id FROM \"dbo\".Contact_Journey ORDER BY 1",
            "SELECT Contact_Id || PMI_Id || COALESCE(Journey_Id, '') FROM \"dbo\".Relationship ORDER BY 1")) {
      rows.addAll(
          behind.read(
              "reading as an analyst", h -> h.createQuery(query).mapTo(String.class).list()));
    }
    return rows;
  }

  private void execute(String statement) {
    int unused = beside.write("preparing a test", h -> h.execute(statement));
  }

  private void trigger(String statement) {
    int unused = behind.write("making statements fail", h -> h.execute(statement));
  }

  @ParameterizedTest
  @CsvSource({
    "Contact_PMI, DELETE",
    "Contact_PMI, INSERT",
    "Contact_Journey, DELETE",
    "Contact_Journey, INSERT",
    "Relationship, DELETE",
    "Relationship, INSERT"
  })
  void writeBack_failsAtAStatement_leavesAllAsItWas(String table, String statement) {
    mirror(1, 5);
    store.ids().writeBack();
    List<String> before = analystsRows();
    mirror(3, 8);
    trigger(
        "CREATE TRIGGER \"dbo\".refuse BEFORE "
            + statement
            + " ON \"dbo\"."
            + table
            + " CALL '"
            + FailingTrigger.class.getName()
            + "'");

    assertThatThrownBy(() -> store.ids().writeBack())
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
        .hasMessageContaining("of the store database is full")
        .hasMessageNotContaining("refused by the test");
    assertThat(analystsRows()).isEqualTo(before).hasSize(15);

    trigger("DROP TRIGGER \"dbo\".refuse");
    store.ids().writeBack();
    assertThat(analystsRows()).hasSize(18).isNotEqualTo(before);
  }

  @Test
  void writeBack_nothingChanged_writesNothing() {
    mirror(1, 5);
    store.ids().writeBack();
    for (String table : AnalystsTables.NAMES) {
      for (String statement : List.of("INSERT", "DELETE", "UPDATE")) {
        trigger(
            "CREATE TRIGGER \"dbo\".refuse_"
                + table
                + "_"
                + statement
                + " BEFORE "
                + statement
                + " ON \"dbo\"."
                + table
                + " FOR EACH ROW CALL '"
                + FailingTrigger.class.getName()
                + "'");
      }
    }

    assertThat(store.ids().writeBack().complete()).isEqualTo(5);
  }

  @Test
  void writeBack_tablesThatTheSiteHadWithoutKeys_areSetRight() {
    execute("DROP TABLE \"dbo\".Contact_PMI");
    execute("DROP TABLE \"dbo\".Relationship");
    execute("CREATE TABLE \"dbo\".Contact_PMI (PMI_Id VARCHAR(50), Contact_Id VARCHAR(50))");
    execute(
        "CREATE TABLE \"dbo\".Relationship (Journey_Id VARCHAR(50), PMI_Id VARCHAR(50), Contact_Id VARCHAR(50))");
    String contact = contactId(1).value();
    for (int i = 0; i < 2; i++) {
      execute("INSERT INTO \"dbo\".Contact_PMI VALUES ('P000000001', '" + contact + "')");
      execute(
          "INSERT INTO \"dbo\".Relationship VALUES ('"
              + journeyId(1).value()
              + "', 'P000000001', '"
              + contact
              + "')");
    }
    execute("INSERT INTO \"dbo\".Relationship VALUES (NULL, NULL, NULL)");
    mirror(1, 2);

    assertThat(store.ids().writeBack()).isEqualTo(new IdCounts(2, 2, 2, 2));
    assertThat(analystsRows()).hasSize(6).doesNotHaveDuplicates();
  }
}
