package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.DatabaseSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolTest {

  @Test
  void h2Url_ofAStore_getsWhatIsNotSaid() {
    DatabaseSettings settings =
        DatabaseSettings.of("jdbc:h2:file:/data/store;mode=MSSQLServer")
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));

    assertThat(Pool.h2Url(settings))
        .isEqualTo(
            "jdbc:h2:file:/data/store;mode=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
                + ";LOCK_TIMEOUT=3000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;WRITE_DELAY=0");
  }

  @Test
  void h2Url_ofASource_changesNothingThatNeedsAnAdministrator() {
    assertThat(Pool.h2Url(DatabaseSettings.of("jdbc:h2:mem:x").asReadOnly()))
        .doesNotContain("WRITE_DELAY");
  }

  @Test
  void h2Url_ofAStoreOfAServer_asksForMorePagesInItsMemory() {
    assertThat(Pool.h2Url(DatabaseSettings.of("jdbc:h2:tcp://localhost/store")))
        .contains(";CACHE_SIZE=131072");
    assertThat(Pool.h2Url(DatabaseSettings.of("jdbc:h2:tcp://localhost/store;CACHE_SIZE=5000")))
        .doesNotContain("131072");
    assertThat(Pool.h2Url(DatabaseSettings.of("jdbc:h2:tcp://localhost/x").asReadOnly()))
        .doesNotContain("CACHE_SIZE");
  }

  @Test
  void h2Url_ofASourceInAFile_makesNone() {
    assertThat(Pool.h2Url(DatabaseSettings.of("jdbc:h2:file:/data/source").asReadOnly()))
        .contains(";IFEXISTS=TRUE");
    assertThat(Pool.h2Url(DatabaseSettings.of("jdbc:h2:file:/data/store")))
        .doesNotContain("IFEXISTS");
  }
}
