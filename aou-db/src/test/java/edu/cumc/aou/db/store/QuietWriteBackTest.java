package edu.cumc.aou.db.store;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.StatementWatch;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.port.FingerprintContract;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writing back compares the tables with the mirror only when they may differ. */
class QuietWriteBackTest {

  private static final Instant NOW = Instant.parse("2026-01-05T11:00:00Z");

  private final DatabaseSettings settings = TestDatabases.h2();
  private final StatementWatch watch = new StatementWatch();
  private Database beside;
  private SqlSyncStore store;

  @BeforeEach
  void open() {
    beside = Database.open(settings);
    store = SqlSyncStore.on(Database.openWatched(settings, watch), "dbo");
    store.installer().install(false);
    mirrorThree();
    store.ids().writeBack();
  }

  @AfterEach
  void close() {
    store.close();
    beside.close();
  }

  private void mirrorThree() {
    try (Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      for (int n = 1; n <= 3; n++) {
        refresh.add(
            new Contact(
                contactId(n), pmiId(n), true, FieldValues.empty(), NOW, "", true, false, null));
        refresh.add(
            new Journey(journeyId(n), contactId(n), FieldValues.empty(), NOW, "", true, false));
      }
      refresh.commit(new MirrorState(NOW, NOW, "print"));
    }
  }

  private void execute(String statement) {
    int unused = beside.write("preparing a test", h -> h.execute(statement));
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (String query :
        List.of(
            "SELECT Contact_Id || PMI_Id FROM \"dbo\".Contact_PMI ORDER BY 1",
            "SELECT Contact_Id || Journey_Id FROM \"dbo\".Contact_Journey ORDER BY 1",
            "SELECT Contact_Id || PMI_Id || COALESCE(Journey_Id, '') FROM \"dbo\".Relationship ORDER BY 1")) {
      rows.addAll(
          beside.read(
              "reading as an analyst", h -> h.createQuery(query).mapTo(String.class).list()));
    }
    return rows;
  }

  @Test
  void writeBack_nobodyIsSomebodyElse_comparesNothing() {
    watch.forget();

    store.ids().writeBack();

    assertThat(watch.executed())
        .allMatch(sql -> sql.startsWith("SELECT") || sql.equals(StatementWatch.COMMIT))
        .noneMatch(sql -> sql.contains("_mirror"))
        .hasSizeLessThan(8);
  }

  @Test
  void writeBack_afterWhateverChangesTheMirror_leavesWhatAComparisonOfAllLeaves() {
    FingerprintContract.changesOfTheFirst()
        .forEach(
            (what, change) -> {
              mirrorThree();
              store.ids().writeBack();

              change.accept(store);
              store.ids().writeBack();

              List<String> written = rows();
              execute("DELETE FROM \"dbo\".ids_written");
              store.ids().writeBack();
              assertThat(written).as(what).isEqualTo(rows());
            });
  }

  @Test
  void writeBack_rowsThatSomebodyRemoved_areThereAgain() {
    List<String> before = rows();
    for (String table : List.of("Contact_PMI", "Contact_Journey", "Relationship")) {
      execute(
          "DELETE FROM \"dbo\"." + table + " WHERE Contact_Id = '" + contactId(2).value() + "'");
      assertThat(rows()).hasSize(before.size() - 1);

      store.ids().writeBack();

      assertThat(rows()).isEqualTo(before);
    }
  }
}
