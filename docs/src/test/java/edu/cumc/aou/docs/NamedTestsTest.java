package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that names a test as its proof names one that is there. */
class NamedTestsTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  @ParameterizedTest
  @ValueSource(strings = {"docs/dirty-data.md", "docs/daily-run.md"})
  void namedTests_areThere(String page) throws IOException {
    List<String> missing = new ArrayList<>();
    List<MatchResult> named = NAMED.matcher(Manual.read(page)).results().toList();
    for (MatchResult test : named) {
      Optional<Path> file = file(test.group(1));
      if (file.isEmpty() || !Files.readString(file.get()).contains("void " + test.group(2) + "(")) {
        missing.add(test.group());
      }
    }
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(missing).isEmpty();
  }

  private static Optional<Path> file(String test) throws IOException {
    try (Stream<Path> files = Files.walk(Manual.ROOT, 12)) {
      return files
          .filter(f -> f.endsWith(test + ".java") && !f.toString().contains("/target/"))
          .findFirst();
    }
  }
}
