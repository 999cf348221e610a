package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a security office is told: each yes is shown by a test that is there. */
class SecurityManualTest {

  private static final String PAGE = "docs/security.md";
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))`");

  /** The cells of the rows, in tables that end with the heading {@code shown by}. */
  private static List<List<String>> answers() {
    List<List<String>> answers = new ArrayList<>();
    boolean inside = false;
    for (String line : Manual.read(PAGE).lines().toList()) {
      if (!line.startsWith("|")) {
        inside = false;
      } else if (line.strip().endsWith("| shown by |")) {
        inside = true;
      } else if (inside && !line.startsWith("|---")) {
        answers.add(
            Stream.of(line.substring(1).split("\\|", -1)).map(String::strip).limit(4).toList());
      }
    }
    return answers;
  }

  /** Of a table of three columns the second cell, of one of four the third. */
  private static String answer(List<String> row) {
    return isAnswer(row.get(1)) ? row.get(1) : row.get(2);
  }

  private static boolean isAnswer(String cell) {
    return cell.matches("(?s)(yes|no|partly|the site's task|one hold)\\b.*");
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(Manual.ROOT, 16)) {
      return files
          .map(Path::toString)
          .filter(f -> f.contains("/src/test/java/") && f.endsWith(".java"))
          .map(f -> f.substring(f.lastIndexOf('/') + 1, f.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyYes_namesATest() {
    assertThat(answers()).hasSizeGreaterThan(30);
    assertThat(answers())
        .allSatisfy(
            row -> {
              String answer = answer(row);
              assertThat(isAnswer(answer)).as("the answer of " + row).isTrue();
              if (answer.startsWith("yes") || answer.startsWith("partly")) {
                assertThat(TEST.matcher(String.join(" ", row)).find())
                    .as("the test that shows " + row)
                    .isTrue();
              }
            });
  }

  @Test
  void everyTestThatIsNamed_isThere() throws IOException {
    Set<String> named =
        TEST.matcher(Manual.read(PAGE))
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(10);
    assertThat(testClasses()).containsAll(named);
  }
}
