package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page that names a test as its proof names one that is there. */
class NamedTestsTest {

  /** A test class as the pages write it, with its method or without. */
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w*(?:Test|IT|Benchmark))(?:\\.(\\w+))?`");

  private static final Pattern SLOW = Pattern.compile("(?m)^@Tag\\(\"slow\"\\)");

  private static final List<String> SQL = List.of("`LIMIT`", "`EXCEEDED_ID_LIMIT`");

  @Test
  void namedTests_areThere_whateverPageNamesThem() throws IOException {
    Map<String, List<Path>> sources = new HashMap<>();
    for (Path source : files(".java")) {
      String name = source.getFileName().toString().replace(".java", "");
      sources.computeIfAbsent(name, unused -> new ArrayList<>()).add(source);
    }
    List<String> missing = new ArrayList<>();
    for (Path page : files(".md")) {
      for (MatchResult test : NAMED.matcher(Files.readString(page)).results().toList()) {
        if (!SQL.contains(test.group()) && !isThere(test, sources)) {
          missing.add(Manual.ROOT.relativize(page) + ": " + test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void slowTests_areThoseThatThePageForDevelopersNames() throws IOException {
    String page = Manual.read("CONTRIBUTING.md");
    int begin = page.indexOf("## How long the tests take");
    String section = page.substring(begin, page.indexOf("\n## ", begin));
    Set<String> tagged = new TreeSet<>();
    for (Path source : files(".java")) {
      if (SLOW.matcher(Files.readString(source)).find()) {
        tagged.add(source.getFileName().toString().replace(".java", ""));
      }
    }
    assertThat(NAMED.matcher(section).results().map(m -> m.group(1)))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(tagged);
  }

  @ParameterizedTest
  @CsvSource({
    "docs/dirty-data.md, 20",
    "docs/daily-run.md, 20",
    "docs/simulator.md, 100",
    "salesforce-client/README.md, 60"
  })
  void pagesWithProofs_nameManyTests(String page, int least) {
    assertThat(NAMED.matcher(Manual.read(page)).results().filter(m -> m.group(2) != null))
        .hasSizeGreaterThanOrEqualTo(least);
  }

  private static boolean isThere(MatchResult test, Map<String, List<Path>> sources)
      throws IOException {
    for (Path source : sources.getOrDefault(test.group(1), List.of())) {
      if (test.group(2) == null || Files.readString(source).contains(" " + test.group(2) + "(")) {
        return true;
      }
    }
    return false;
  }

  /** All files of the project that end so, without what builds leave. */
  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Manual.ROOT)) {
      return files
          .filter(f -> f.toString().endsWith(ending))
          .filter(f -> !f.toString().matches(".*/(target|node_modules|\\.git)/.*"))
          .toList();
    }
  }
}
