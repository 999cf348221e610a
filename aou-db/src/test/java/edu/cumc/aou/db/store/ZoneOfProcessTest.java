package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.SqlServerStandIn;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points in time stand in UTC, also in the hour that the zone of this process leaves out. */
class ZoneOfProcessTest {

  private static final Instant LEFT_OUT = Instant.parse("2026-03-08T02:30:00.123456Z");
  private static final Instant TWICE = Instant.parse("2026-11-01T01:30:00.000001Z");

  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void restoreZone() {
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "Australia/Lord_Howe", "UTC"})
  void times_comeRound_onSqlServer(String id) {
    try (SqlServerStandIn server = SqlServerStandIn.original()) {
      assertComeRound(id, TestDatabases.of(server));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "UTC"})
  void times_comeRound_onH2(String id) {
    assertComeRound(id, TestDatabases.h2());
  }

  private static void assertComeRound(String id, DatabaseSettings settings) {
    TimeZone.setDefault(TimeZone.getTimeZone(id));
    try (SqlSyncStore store = SqlSyncStore.open(settings, "dbo")) {
      store.installer().install(false);
      RunId run = store.runs().create(RunMode.SYNC, "00D000000000001EAA", "print", LEFT_OUT);
      store.runs().finish(run, RunState.DONE, TWICE);
      try (Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
        refresh.commit(new MirrorState(LEFT_OUT, TWICE, "print"));
      }
      Run found = store.runs().find(run).orElseThrow();
      assertThat(found.startedAt()).isEqualTo(LEFT_OUT);
      assertThat(found.finishedAt()).isEqualTo(TWICE);
      assertThat(store.mirror().state()).contains(new MirrorState(LEFT_OUT, TWICE, "print"));
      assertThat(store.lease().acquire("one", Duration.ofMinutes(5))).isInstanceOf(Granted.class);
      assertThat(store.lease().acquire("two", Duration.ofMinutes(5)))
          .isNotInstanceOf(Granted.class);
    }
  }
}
