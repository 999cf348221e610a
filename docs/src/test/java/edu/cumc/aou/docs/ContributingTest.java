package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table that says where a change goes names what is there. */
class ContributingTest {

  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| [^|]+ \\| ([a-z-]+) \\| `(\\w+)` \\| `(\\w+)` \\| ([\\w./-]+) \\|$");

  private static List<MatchResult> rows() {
    return ROW.matcher(Manual.read("CONTRIBUTING.md")).results().toList();
  }

  private static boolean has(Path folder, String file) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(f -> f.getFileName().toString().equals(file));
    }
  }

  @Test
  void everyRow_namesAClassAndAPageThatAreThere_andATestSomewhere() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(8);
    for (MatchResult row : rows()) {
      Path module = Manual.ROOT.resolve(row.group(1));
      assertThat(has(module.resolve("src/main/java"), row.group(2) + ".java"))
          .as(row.group(2))
          .isTrue();
      boolean tested = false;
      for (String m :
          List.of(row.group(1), "cli-runner", "docs", "salesforce-client", "aou-db", "dist")) {
        tested |= has(Manual.ROOT.resolve(m).resolve("src/test/java"), row.group(3) + ".java");
      }
      assertThat(tested).as(row.group(3)).isTrue();
      assertThat(Manual.ROOT.resolve(row.group(4))).exists();
    }
  }
}
