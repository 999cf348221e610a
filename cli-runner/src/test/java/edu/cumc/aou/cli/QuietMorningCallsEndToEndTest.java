package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a morning on which nothing changed costs of the org's daily calls. */
class QuietMorningCallsEndToEndTest {

  /** Login, org, two describes, what changed of both objects, and both counts in one. */
  private static final int QUIET = 7;

  /** Of a step: what it took, and what it cost. */
  private static final Pattern CALLS =
      Pattern.compile("\"millis\"\\s*:\\s*[0-9]+,\\s*\"calls\"\\s*:\\s*([0-9]+)");

  @TempDir Path directory;

  @Test
  void secondQuietMorning_costsSevenCalls_loginIncluded() {
    try (Site site = new Site(directory, 30)) {
      done(site, "init");
      done(site, "sync", "--initial-load");
      nextMorning(site);
      int sentBefore = site.org.apiCalls();

      Result quiet = nextMorning(site);

      assertThat(calls(quiet)).as("as the report counts them").isEqualTo(QUIET);
      assertThat(site.org.apiCalls() - sentBefore).as("as the org counts them").isLessThan(QUIET);
    }
  }

  private static Result nextMorning(Site site) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofDays(1)));
    return done(site, "sync", "--json");
  }

  private static Result done(Site site, String... args) {
    Result result = site.run(args);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private static int calls(Result sync) {
    Matcher calls = CALLS.matcher(sync.out());
    int sum = 0;
    while (calls.find()) {
      sum += Integer.parseInt(calls.group(1));
    }
    return sum;
  }
}
