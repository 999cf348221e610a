package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.SqlServerStandIn;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables as SQL Server gets them, from Flyway and from a DBA who runs the script. */
class StandInSchemaInstallerTest {

  private SqlServerStandIn server;
  private Database beside;
  private SqlSyncStore store;

  @BeforeEach
  void open() {
    server = SqlServerStandIn.original();
    DatabaseSettings settings = TestDatabases.of(server);
    beside = Database.open(settings);
    store = SqlSyncStore.open(settings, "sync");
  }

  @AfterEach
  void close() {
    store.close();
    beside.close();
    server.close();
  }

  private void execute(String... statements) {
    for (String statement : statements) {
      int unused = beside.write("preparing a test", h -> h.execute(statement));
    }
  }

  /** Columns with their types and collations, and indexes. */
  private static List<String> shape(SqlServerStandIn of) throws SQLException {
    List<String> shape = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(of.h2Url());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT TABLE_NAME || '.' || COLUMN_NAME || ' ' || REMARKS || IS_NULLABLE FROM"
                    + " INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'sync' UNION ALL SELECT TABLE_NAME || ' ' ||"
                    + " COLUMN_NAME || ' ' || ORDINAL_POSITION FROM INFORMATION_SCHEMA.INDEX_COLUMNS WHERE"
                    + " TABLE_SCHEMA = 'sync' ORDER BY 1")) {
      while (row.next()) {
        shape.add(row.getString(1));
      }
    }
    return shape;
  }

  @Test
  void script_runByHandAsOneBatch_leavesWhatFlywayLeaves() throws SQLException {
    assertThat(store.installer().install(false).migrations()).isEqualTo(Scripts.NAMES.size());
    store.verify();
    try (SqlServerStandIn other = SqlServerStandIn.original();
        SqlSyncStore handmade = SqlSyncStore.open(TestDatabases.of(other), "sync")) {
      runByHand(other, handmade.installer().sql());
      runByHand(other, handmade.installer().sql());

      handmade.verify();
      assertThat(shape(other)).isEqualTo(shape(server)).hasSizeGreaterThan(100);
      assertThat(handmade.installer().install(false).migrations()).isZero();
    }
  }

  @Test
  void script_onOlderTables_bringsThemUpToDate() throws SQLException {
    store.installer().install(false);
    try (SqlServerStandIn other = SqlServerStandIn.original();
        SqlSyncStore older = SqlSyncStore.open(TestDatabases.of(other), "sync");
        Database dba = Database.open(TestDatabases.of(other))) {
      String sql = older.installer().sql();
      // the tables as the versions before the last one left them
      int last = sql.indexOf("-- " + Scripts.NAMES.get(Scripts.NAMES.size() - 1));
      runByHand(other, sql.substring(0, last) + "COMMIT TRANSACTION;");
      assertThatThrownBy(older::verify).hasMessageContaining("upgrade them");

      runByHand(other, sql);

      older.verify();
      assertThat(shape(other)).isEqualTo(shape(server));
      assertThat(older.installer().install(false).migrations()).isZero();
      assertThatThrownBy(
              () ->
                  dba.write(
                      "mistyping", h -> h.execute("UPDATE sync.sync_lease SET state = 'FRE'")))
          .isInstanceOf(DatabaseException.class);
    }
  }

  /** Its statements are those of the server, so that a DBA who pastes them gets a plan for each. */
  @Test
  void showplan_isTakenByTheServer_forTheSchemaOfTheStore() {
    store.installer().install(false);
    List<String> batches = List.of(store.installer().showplan().split("(?m)^GO$"));
    int on = 0;
    while (!batches.get(on).contains("SET SHOWPLAN_ALL ON")) {
      on++;
    }
    List<String> statements =
        batches.stream().skip(on + 1L).takeWhile(b -> !b.contains("SET SHOWPLAN_ALL OFF")).toList();

    assertThat(statements).hasSizeGreaterThan(5);
    for (String statement : statements) {
      assertThat(statement).contains("[sync].");
      assertThatCode(() -> runByHand(server, statement)).as(statement).doesNotThrowAnyException();
    }
  }

  private static void runByHand(SqlServerStandIn server, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), "dba", "invented");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
        // an error may be in any of the results
      }
    }
  }

  @Test
  void install_inASchemaOfOthers_leavesThemAlone_andTheSecondTimeDoesNothing() {
    execute("CREATE SCHEMA sync", "CREATE TABLE sync.healthpro (n INT)");

    assertThat(store.installer().install(false).migrations()).isEqualTo(Scripts.NAMES.size());
    assertThat(store.installer().install(false).migrations()).isZero();

    store.verify();
    execute("INSERT INTO sync.healthpro VALUES (1)");
    assertThat(server.refusals()).isEmpty();
  }

  @Test
  void verify_withoutTables_namesTheCommand_alsoOnACompatibleServer() {
    try (SqlServerStandIn compatible = SqlServerStandIn.compatible()) {
      for (SqlServerStandIn each : List.of(server, compatible)) {
        try (SqlSyncStore empty = SqlSyncStore.open(TestDatabases.of(each), "sync")) {
          assertThatThrownBy(empty::verify)
              .isInstanceOfSatisfying(
                  SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG))
              .hasMessageContaining("aou-sync init");
        }
      }
    }
  }

  @Test
  void install_analystsTableWithTheSameColumns_isKept_whateverItsCollation() {
    execute(
        "CREATE SCHEMA sync",
        "CREATE TABLE sync.contact_pmi (PMI_ID VARCHAR(50), CONTACT_ID VARCHAR(MAX))",
        "INSERT INTO sync.contact_pmi VALUES ('P000000001', 'kept'), ('P000000001', 'kept')");

    assertThat(store.installer().install(false).renamed()).isEmpty();

    assertThat(store.ids().writeBack().contactPmi()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Contact_Id VARCHAR(18), PMI_Id VARCHAR(10)",
        "Contact_Id VARCHAR(15), PMI_Id VARCHAR(10), Journey_Id VARCHAR(18)",
        "Contact_Id INT, PMI_Id VARCHAR(10), Journey_Id VARCHAR(18)",
        "Contact_Id VARCHAR(18), PMI_Id VARCHAR(10), Journey_Id VARCHAR(18) NOT NULL"
      })
  void install_analystsTableOfAnotherShape_isRefusedAndThenRenamed(String columns) {
    execute(
        "CREATE SCHEMA sync",
        "CREATE TABLE sync.Relationship (" + columns + ")",
        "CREATE INDEX ix_Relationship ON sync.Relationship (PMI_Id)",
        "CREATE TABLE sync.Relationship_before_sync (n INT)");

    assertThatThrownBy(() -> store.installer().install(false))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("--adopt-tables");
    assertThat(store.installer().install(true).renamed())
        .containsEntry("Relationship", "Relationship_before_sync_2");
    store.verify();
    assertThat(store.ids().writeBack().relationship()).isZero();
  }

  @Test
  void adoptTables_onACompatibleServer_renamesToo() {
    try (SqlServerStandIn compatible = SqlServerStandIn.compatible();
        Database dba = Database.open(TestDatabases.of(compatible));
        SqlSyncStore theirs = SqlSyncStore.open(TestDatabases.of(compatible), "sync")) {
      for (String statement :
          List.of("CREATE SCHEMA sync", "CREATE TABLE sync.Relationship (n INT)")) {
        int unused = dba.write("preparing a test", h -> h.execute(statement));
      }

      assertThat(theirs.installer().install(true).renamed())
          .containsEntry("Relationship", "Relationship_before_sync");
      theirs.verify();
    }
  }

  @Test
  void rebind_forgetsTheOrg_unlessARunHoldsTheLease() {
    store.installer().install(false);
    Granted granted = (Granted) store.lease().acquire("test", Duration.ofMinutes(5));
    store
        .runs()
        .create(RunMode.SYNC, "00D000000000001EAA", "print", Instant.parse("2026-01-05T11:00:00Z"));
    assertThatThrownBy(() -> store.installer().rebind())
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_RUNNING));

    store.lease().release(granted.token());
    store.installer().rebind();

    assertThat(store.runs().boundOrg()).isEmpty();
    assertThat(server.refusals()).isEmpty();
  }
}
