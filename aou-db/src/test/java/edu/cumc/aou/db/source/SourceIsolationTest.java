package edu.cumc.aou.db.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that says it has snapshots, and refuses them when asked for one. */
class SourceIsolationTest {

  private final DatabaseSettings settings = TestDatabases.h2();
  private final List<Integer> asked = new ArrayList<>();
  private boolean refuses = true;
  private boolean slow;
  private int statements;
  private Database beside;
  private SqlParticipantSource source;

  @BeforeEach
  void open() {
    beside = Database.open(settings);
    for (String statement :
        List.of(
            "CREATE SCHEMA dbo",
            "CREATE TABLE dbo.base (\"PMI ID_HP\" NVARCHAR(20), \"Last Name_HP\" NVARCHAR(20))",
            "CREATE TABLE dbo.healthpro (\"PMI ID\" NVARCHAR(20))",
            "INSERT INTO dbo.base VALUES ('P012345678', 'Muster')")) {
      int unused = beside.write("preparing a test", h -> h.execute(statement));
    }
    source =
        SqlParticipantSource.on(
            Database.openWatched(settings.asReadOnly(), refusing()),
            new SourceConfig(
                settings, relation("dm_aou.dbo.base"), relation("dm_aou.dbo.healthpro"), null),
            "PMI ID_HP");
  }

  @AfterEach
  void close() {
    assertThat(source.connectionsInUse()).as("connections that were not given back").isZero();
    source.close();
    beside.close();
  }

  private static RelationName relation(String name) {
    return RelationName.tryParse(name).orElseThrow();
  }

  private UnaryOperator<Connection> refusing() {
    return connection ->
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("setTransactionIsolation")) {
                    asked.add((Integer) arguments[0]);
                    if (refuses
                        && (Integer) arguments[0] != Connection.TRANSACTION_READ_COMMITTED) {
                      throw new SQLException("no such level here", "S0001", 33557097);
                    }
                  }
                  if (method.getName().equals("prepareStatement")
                      && String.valueOf(arguments[0]).contains("aou_key")) {
                    statements++;
                    if (slow) {
                      throw new SQLException("The query has timed out.", "HYT00", 0);
                    }
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  private long people(String column) {
    long people = 0;
    try (Cursor<SourceEntry> entries =
        source.read(
            new SourceQuery(
                "PMI ID_HP",
                List.of(column),
                "PMI ID",
                List.of(),
                (contact, journey) -> ParticipantStatus.ACTIVE))) {
      while (entries.hasNext()) {
        people += entries.next() instanceof SourceEntry.Found ? 1 : 0;
      }
    }
    return people;
  }

  @Test
  void snapshots_thatAreRefused_areNotAskedForAgain() {
    assertThat(people("Last Name_HP")).isEqualTo(1);
    assertThat(people("Last Name_HP")).isEqualTo(1);

    assertThat(asked)
        .filteredOn(level -> level != Connection.TRANSACTION_READ_COMMITTED)
        .hasSize(1);
  }

  @Test
  void statementOverItsLimit_namesTheLimit_andIsNotBegunASecondTime() {
    refuses = false;
    slow = true;

    assertThatThrownBy(() -> people("Last Name_HP"))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
        .hasMessageContaining("source.query-timeout");
    assertThat(statements).isEqualTo(1);

    slow = false;
    assertThat(people("Last Name_HP")).isEqualTo(1);
    assertThat(asked).as("the level was not to blame").contains(6).endsWith(6, 6);
  }

  @Test
  void columnThatIsNotThere_isSaidToBeMissing_whateverTheLevel() {
    refuses = false;

    assertThatThrownBy(() -> people("Lost Name_HP"))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("Lost Name_HP");
    assertThat(people("Last Name_HP")).isEqualTo(1);
    assertThat(asked).as("the level was not to blame").endsWith(6, 6);
  }
}
