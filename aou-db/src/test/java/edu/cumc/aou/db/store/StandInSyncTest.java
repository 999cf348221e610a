package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.testing.SqlServerStandIn;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs by SQL Server's driver, and what goes over the wire in them. */
class StandInSyncTest {

  private static SqlServerStandIn server(boolean compatible) {
    return compatible ? SqlServerStandIn.compatible() : SqlServerStandIn.original();
  }

  private static List<Object> outcome(SyncReport report) {
    return List.of(
        report.state(),
        report.contacts(),
        report.journeys(),
        report.planned(),
        report.errors(),
        report.held(),
        report.anomalies(),
        report.ids());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runs_goAsOnH2_andNothingIsRefused(boolean compatible) {
    List<SyncReport> reports = new ArrayList<>();
    try (SqlWorld h2 = new SqlWorld(30)) {
      reports.add(h2.firstSync());
      reports.add(h2.nextSync());
    }
    try (SqlServerStandIn server = server(compatible);
        SqlWorld world = new SqlWorld(30, TestDatabases.of(server))) {
      SyncReport first = world.firstSync();
      SyncReport second = world.nextSync();

      assertThat(List.of(outcome(first), outcome(second)))
          .isEqualTo(reports.stream().map(StandInSyncTest::outcome).toList());
      assertThat(server.refusals())
          .filteredOn(refusal -> !refusal.contains("snapshot_isolation_state"))
          .isEmpty();
    }
  }

  @Test
  void statements_withMany_keepToTheLimitOfParameters() {
    try (SqlServerStandIn server = SqlServerStandIn.original();
        SqlWorld world = new SqlWorld(1, TestDatabases.of(server))) {
      ParameterLimitTest.useAllWithMany(world.store);

      assertThat(server.refusals()).isEmpty();
    }
  }

  private static long messages(int people) {
    try (SqlServerStandIn server = SqlServerStandIn.original();
        SqlWorld world = new SqlWorld(people, TestDatabases.of(server))) {
      SyncReport unusedFirst = world.firstSync();
      SyncReport unusedSecond = world.nextSync();
      server.forget();
      SyncReport unusedThird = world.nextSync();
      return server.statements().stream()
          // the pool looks at connections that were not used for a while
          .filter(sql -> !sql.contains("lock_timeout") && !sql.equals("select 1"))
          .count();
    }
  }

  @Test
  void quietRun_sendsAsManyMessagesWhateverThePopulation() {
    assertThat(messages(200)).isEqualTo(messages(20)).isPositive();
  }
}
