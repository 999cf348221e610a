package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change in a long transaction: it comes late, with an earlier stamp. */
class LateCommitEndToEndTest {

  private static final Instant START = Instant.parse("2026-01-05T11:00:00Z");

  @TempDir private Path directory;

  /** The org's time, which can be set back for a moment. */
  private static final class OrgClock extends Clock {
    private Clock time = Clock.fixed(START, ZoneOffset.UTC);
    private Duration back = Duration.ZERO;

    @Override
    public Instant instant() {
      return time.instant().minus(back);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void changeStampedTwentyMinutesBefore_isCorrectedTheNextMorning_forNoCallMore() {
    OrgClock clock = new OrgClock();
    try (Site site = new Site(directory, 6, false, org -> org.clock(clock))) {
      clock.time = site.time;
      site.run("init");
      assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
      assertThat(site.nextMorning("sync").exitCode()).isZero();
      assertThat(site.nextMorning("sync").exitCode()).isZero();
      Map<String, Object> contact =
          site.org
              .records("Contact")
              .filter(c -> c.containsKey("HP_PMI_ID__c"))
              .findFirst()
              .orElseThrow();
      String id = String.valueOf(contact.get("Id"));

      // committed now, and stamped when its transaction began
      clock.back = Duration.ofMinutes(20);
      site.org.edit(id, Map.of("MailingCity", "Elsewhere"));
      clock.back = Duration.ZERO;
      assertThat(site.record("Contact", id)).containsEntry("MailingCity", "Elsewhere");
      Result next = site.nextMorning("sync");

      assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
      assertThat(site.record("Contact", id))
          .containsEntry("MailingCity", contact.get("MailingCity"));
      assertThat(next.out()).containsPattern("Refreshing the mirror of Salesforce +0.0 s +3 calls");
    }
  }
}
