package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No word is torn at the edge of a terminal, and no table either. */
class NarrowTerminalEndToEndTest {

  @TempDir private Path directory;

  @Test
  void lines_areBrokenAtBlanks_from40ColumnsOn() {
    try (Site site = new Site(directory, 30, true)) {
      site.configure("guards.max-rejected.share = 100%");
      site.run("init");
      site.run("sync", "--initial-load");
      site.environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");
      site.run("sync");
      site.environment.remove("AOU_SALESFORCE_PASSWORD");
      site.interactive(true);
      for (int width : new int[] {40, 80}) {
        site.environment.put("COLUMNS", String.valueOf(width));
        for (String command : List.of("status", "status 1", "failures", "check", "find @example")) {
          Result result = site.run(command.split(" "));
          assertThat(Stream.concat(result.out().lines(), result.err().lines()))
              .as(command + " on " + width)
              .isNotEmpty()
              .filteredOn(line -> line.strip().contains(" "))
              .allMatch(line -> line.length() <= width);
        }
        assertThat(site.run("status").out())
            .contains("Run 1: sync, done, 2026-01-05")
            .doesNotContain("Contacts new");
        assertThat(site.run("status", "99").err().lines()).allMatch(line -> line.length() <= width);
      }
      site.environment.put("COLUMNS", "160");
      assertThat(site.run("status").out()).contains("Contacts new");
    }
  }
}
