package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ForgottenOrg;
import edu.cumc.aou.sync.port.LeaseTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInstallerTest {

  private static final Instant NOW = Instant.parse("2026-01-05T11:00:00Z");

  private final DatabaseSettings settings = TestDatabases.h2();
  private Database beside;
  private SqlSyncStore store;

  @BeforeEach
  void open() {
    beside = Database.open(settings);
    store = SqlSyncStore.open(settings, "dbo");
  }

  @AfterEach
  void close() {
    assertThat(store.connectionsInUse()).as("connections that were not given back").isZero();
    store.close();
    beside.close();
  }

  private void execute(String... statements) {
    for (String statement : statements) {
      int unused = beside.write("preparing a test", h -> h.execute(statement));
    }
  }

  private List<String> column(String query) {
    return beside.read("looking", h -> h.createQuery(query).mapTo(String.class).list());
  }

  /** Tables with their columns and types, and indexes, but not what the migration tool notes. */
  private List<String> shape() {
    return column(
        "SELECT TABLE_NAME || '.' || COLUMN_NAME || ' ' || DATA_TYPE || ' ' || COALESCE(CHARACTER_MAXIMUM_LENGTH, 0) ||"
            + " ' ' || IS_NULLABLE AS line FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME <>"
            + " 'sync_schema_history' UNION ALL SELECT TABLE_NAME || ' ' || COLUMN_NAME || ' ' || ORDINAL_POSITION FROM"
            + " INFORMATION_SCHEMA.INDEX_COLUMNS WHERE TABLE_SCHEMA = 'dbo' AND TABLE_NAME <> 'sync_schema_history'"
            + " ORDER BY 1");
  }

  @Test
  void sql_runByHand_leavesWhatAnInstallationLeaves() throws Exception {
    String byHand = settings.jdbcUrl().replace("jdbc:h2:mem:", "jdbc:h2:mem:byhand");
    DatabaseSettings other = DatabaseSettings.of(byHand);
    try (SqlSyncStore handmade = SqlSyncStore.open(other, "dbo");
        Database look = Database.open(other)) {
      String sql = handmade.installer().sql();
      int unused = look.read("connecting", h -> 1);
      try (Connection connection = DriverManager.getConnection(byHand);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }

      handmade.verify();
      assertThat(handmade.installer().install(false).migrations()).isZero();
      store.installer().install(false);
      Database mine = beside;
      beside = look;
      List<String> shapeByHand = shape();
      beside = mine;
      assertThat(shapeByHand).isEqualTo(shape()).hasSizeGreaterThan(100);
    }
  }

  @Test
  void sql_forSqlServer_isCompleteAndNeedsNoServer() {
    try (SqlSyncStore server =
        SqlSyncStore.open(DatabaseSettings.of("jdbc:sqlserver://nowhere.example.org"), "sync")) {
      assertThat(server.installer().sql())
          .contains("EXEC(N'CREATE SCHEMA [sync]')")
          .contains("CREATE TABLE [sync].sync_change")
          .contains("pmi_id NVARCHAR(20) COLLATE Latin1_General_BIN2 NOT NULL")
          .contains("IF OBJECT_ID(N'[sync].[Relationship]', N'U') IS NULL")
          .contains("SET XACT_ABORT ON", "COMMIT TRANSACTION")
          .contains(
              "CONSTRAINT pk_Relationship PRIMARY KEY", "CONSTRAINT df_sync_run_trips DEFAULT")
          .contains("CONSTRAINT ck_sync_run_state CHECK (CASE state WHEN ''PLANNING'' THEN 1")
          .contains("INSERT INTO [sync].sync_schema_history")
          .doesNotContain("${");
    }
  }

  @Test
  void verify_olderTables_namesTheCommand() {
    store.installer().install(false);
    execute("UPDATE \"dbo\".sync_schema_history SET version = '0' WHERE version IS NOT NULL");

    assertThatThrownBy(store::verify)
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("aou-sync init");
  }

  @Test
  void verify_tablesOfANewerProgram_saysSo() {
    store.installer().install(false);
    execute(
        "UPDATE \"dbo\".sync_schema_history SET version = '99' WHERE version = '"
            + Scripts.VERSION
            + "'");

    assertThatThrownBy(store::verify)
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("newer");
  }

  @Test
  void install_schemaWithTablesOfOthers_leavesThemAlone() {
    execute("CREATE SCHEMA \"dbo\"", "CREATE TABLE \"dbo\".healthpro (n INT)");

    assertThat(store.installer().install(false).migrations()).isEqualTo(Scripts.NAMES.size());

    store.verify();
    assertThat(column("SELECT COUNT(*) FROM \"dbo\".healthpro")).containsExactly("0");
  }

  @Test
  void install_analystsTableWithTheSameColumns_isKept() {
    execute(
        "CREATE SCHEMA \"dbo\"",
        "CREATE TABLE \"dbo\".contact_pmi (PMI_ID VARCHAR(50), CONTACT_ID VARCHAR(50))",
        "INSERT INTO \"dbo\".contact_pmi VALUES ('P000000001', 'kept')");

    assertThat(store.installer().install(false).renamed()).isEmpty();

    assertThat(column("SELECT CONTACT_ID FROM \"dbo\".contact_pmi")).containsExactly("kept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Contact_Id VARCHAR(18), PMI_Id VARCHAR(10)",
        "Contact_Id VARCHAR(18), PMI_Id VARCHAR(10), Journey_Id VARCHAR(18), Extra INT",
        "Contact_Id VARCHAR(15), PMI_Id VARCHAR(10), Journey_Id VARCHAR(18)",
        "Contact_Id INT, PMI_Id VARCHAR(10), Journey_Id VARCHAR(18)",
        "Contact_Id VARCHAR(18), PMI_Id VARCHAR(10), Journey_Id VARCHAR(18) NOT NULL"
      })
  void install_analystsTableOfAnotherShape_isRefusedAndThenRenamed(String columns) {
    execute(
        "CREATE SCHEMA \"dbo\"",
        "CREATE TABLE \"dbo\".Relationship (" + columns + ")",
        "CREATE TABLE \"dbo\".Relationship_before_sync (n INT)");
    List<String> before = shape();

    assertThatThrownBy(() -> store.installer().install(false))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("Relationship")
        .hasMessageContaining("--adopt-tables");
    assertThat(shape()).isEqualTo(before);

    assertThat(store.installer().install(true).renamed())
        .hasSize(1)
        .containsEntry("Relationship", "Relationship_before_sync_2");
    store.verify();
    assertThat(store.ids().writeBack().relationship()).isZero();
    assertThat(column("SELECT COUNT(*) FROM \"dbo\".Relationship_before_sync_2"))
        .containsExactly("0");
  }

  @Test
  void install_thatWasCutOff_saysWhatToDo() {
    store.installer().install(false);
    // as a full disk leaves it: the last version's statements ran, and were not noted
    execute(
        "DELETE FROM \"dbo\".\"sync_schema_history\" WHERE \"version\" = (SELECT MAX(CAST(\"version\" AS INT)) FROM"
            + " \"dbo\".\"sync_schema_history\")");

    assertThatThrownBy(() -> store.installer().install(false))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
        .hasMessageContaining("cut off")
        .hasMessageContaining("delete its database file");
  }

  @Test
  void rebind_keepsHowMuchEachRunSent_andNamesTheRunsThatItGaveUp() {
    store.installer().install(false);
    RunId run = store.runs().create(RunMode.SYNC, "00D000000000001EAA", "print", NOW);
    store.runs().addTallies(run, Tallies.of(Map.of("sending-since", 7L)));
    execute(
        "INSERT INTO \"dbo\".sync_change (run_id, seq, object, pmi_id, action, state, clears, refused_fields, attempts,"
            + " error_code, error_fields) VALUES (1, 1, 'CONTACT', 'P000000001', 'INSERT', 'DONE', 0, '[]', 1, NULL,"
            + " '[]'), (1, 2, 'CONTACT', 'P000000002', 'INSERT', 'DONE', 0, '[]', 1, NULL, '[]'), (1, 3, 'JOURNEY',"
            + " 'P000000002', 'UPDATE', 'REFUSED', 0, '[]', 1, 'no.code', '[]')");
    List<ChangeCount> before = store.changes().count(run);

    assertThat(store.installer().rebind()).containsExactly(run);

    Tallies kept = store.runs().find(run).orElseThrow().tallies();
    assertThat(kept.get("sending-since")).isEqualTo(7);
    assertThat(ForgottenOrg.isOf(kept)).isTrue();
    assertThat(before).hasSize(2);
    assertThat(ForgottenOrg.rows(kept)).containsExactlyInAnyOrderElementsOf(before);
    assertThat(store.changes().count(run)).isEmpty();
    assertThat(store.installer().rebind()).isEmpty();
    assertThat(store.runs().find(run).orElseThrow().tallies()).isEqualTo(kept);
  }

  @Test
  void rebind_whileARunHoldsTheLease_isRefused() {
    store.installer().install(false);
    LeaseTable.Granted granted =
        (LeaseTable.Granted) store.lease().acquire("test", Duration.ofMinutes(5));
    store.runs().create(RunMode.SYNC, "00D000000000001EAA", "print", NOW);

    assertThatThrownBy(() -> store.installer().rebind())
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_RUNNING));
    assertThat(store.runs().boundOrg()).isPresent();

    store.lease().release(granted.token());
    store.installer().rebind();
    assertThat(store.runs().boundOrg()).isEmpty();
  }

  @Test
  void rebind_forgetsTheOrgAndGivesUpItsRuns() {
    store.installer().install(false);
    RunId run = store.runs().create(RunMode.SYNC, "00D000000000001EAA", "print", NOW);
    execute(
        "INSERT INTO \"dbo\".contact_mirror VALUES ('003TEST00000001', 'P000000001', '{}', '{}', NULL, NULL, 0, NULL)");
    store.ids().writeBack();

    store.installer().rebind();

    assertThat(store.runs().boundOrg()).isEmpty();
    assertThat(store.runs().unfinished()).isEmpty();
    assertThat(store.runs().find(run).orElseThrow().state()).isEqualTo(RunState.ABANDONED);
    assertThat(store.mirror().counts().contacts()).isZero();
    assertThat(store.ids().counts().contactPmi()).isZero();
    store.runs().create(RunMode.SYNC, "00D000000000002EAA", "print", NOW);
    assertThat(store.runs().boundOrg()).contains("00D000000000002EAA");
  }
}
