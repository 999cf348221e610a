package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsManualTest {

  private static final String PAGE = "docs/operations.md";

  /** A site, something that happens to it, or what is typed then. */
  private static final Pattern PART =
      Pattern.compile(
          "(?ms)^<!-- told (?<nobody>nobody) -->$"
              + "|^<!-- told -->\\n```text\\n(?<told>.*?)^```$"
              + "|^<!-- (?<what>site|happens):? ?(?<about>[^\\n]*?)-->$"
              + "|^```console\\n(?<block>.*?)^```$");

  private static final Pattern EXIT_CODE = Pattern.compile("# exit code (\\d)");

  @TempDir Path directory;

  @Test
  void whatIsShown_isWhatHappens() {
    List<String> wrong = new ArrayList<>();
    int commands = 0;
    int sites = 0;
    Site site = null;
    try {
      Matcher part = PART.matcher(Manual.read(PAGE));
      while (part.find()) {
        if (part.group("nobody") != null) {
          checkTold(site, "", wrong);
        } else if (part.group("told") != null) {
          checkTold(site, part.group("told"), wrong);
        } else if ("site".equals(part.group("what"))) {
          close(site);
          site = new Site(folder(++sites), part.group("about").strip());
        } else if ("happens".equals(part.group("what"))) {
          site.happens(part.group("about"));
        } else {
          for (Transcript.Step step : Transcript.ofBlock(PAGE, part.group("block"))) {
            commands++;
            check(site, step, wrong);
          }
        }
      }
    } finally {
      close(site);
    }
    assertThat(wrong).isEmpty();
    assertThat(commands).isGreaterThan(20);
  }

  /** Messages since the last time: these, and no others. */
  private static void checkTold(Site site, String expected, List<String> wrong) {
    List<String> told = site.told();
    if (!told.equals(expected.lines().toList())) {
      wrong.add("told\n" + expected + "--- was\n" + String.join("\n", told));
    }
  }

  private static void check(Site site, Transcript.Step step, List<String> wrong) {
    Shell.Result result = site.run(step.command());
    String said = result.out().isBlank() ? result.err() : result.out();
    if (!step.prints(said)) {
      wrong.add(step.command() + "\n--- printed\n" + said);
    }
    Matcher code = EXIT_CODE.matcher(step.command());
    int expected = code.find() ? Integer.parseInt(code.group(1)) : 0;
    if (result.exitCode() != expected) {
      wrong.add(step.command() + "\n--- ended with " + result.exitCode() + "\n" + said);
    }
  }

  private static void close(Site site) {
    if (site != null) {
      site.close();
    }
  }

  private Path folder(int number) {
    try {
      return Files.createDirectory(directory.resolve("site-" + number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
