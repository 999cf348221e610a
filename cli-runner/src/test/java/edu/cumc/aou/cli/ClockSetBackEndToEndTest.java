package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that ran ahead when the last run was killed, and was set back since. */
class ClockSetBackEndToEndTest {

  @TempDir private Path directory;

  @Test
  void leaseOfAClockThatRanAhead_keepsTheSyncAwayForItsLengthOnly() {
    try (Site site = new Site(directory, 10)) {
      site.run("init");
      assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
      site.store(
          "UPDATE dbo.sync_lease SET state = 'ACTIVE', holder = 'killed', valid_until ="
              + " TIMESTAMP '2031-01-01 00:00:00'");

      Result busy = site.run("sync");
      assertThat(busy.exitCode()).isEqualTo(7);
      assertThat(busy.err()).contains("killed").doesNotContain("2031");

      // as if its length had passed
      site.store("UPDATE dbo.sync_lease SET valid_until = DATEADD('SECOND', -301, valid_until)");
      Result next = site.run("sync");
      assertThat(next.exitCode()).as(next.err()).isZero();
    }
  }
}
