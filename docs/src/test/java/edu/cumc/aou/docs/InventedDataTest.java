package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in the repository can be taken for a real participant. */
class InventedDataTest {

  /**
   * A P that starts no word, a digit the programme may issue, and the other eight or their format.
   */
  private static final Pattern ISSUABLE =
      Pattern.compile("(?<![A-Za-z0-9])[Pp][1-9](?:\\d{8}(?!\\d)|%0?8d)");

  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
  private static final Pattern TEXT =
      Pattern.compile(".*\\.(java|md|sql|conf|json|csv|mjs|xml|yaml|jte|properties|txt|html)");

  @Test
  void pmiIds_startWithPZero_whichTheProgrammeNeverIssues() throws IOException {
    List<Path> files = files();
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher matcher = ISSUABLE.matcher(lines.get(i));
        if (matcher.find()) {
          found.add(Manual.ROOT.relativize(file) + ":" + (i + 1) + " " + matcher.group());
        }
      }
    }
    assertThat(found).as("invented PMI IDs are P0 and eight digits").isEmpty();
    assertThat(files).hasSizeGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"P%s\"", "'p%s'", "P%s,Muster", "sync P%s"})
  void issuablePmiId_isFound(String line) {
    assertThat(ISSUABLE.matcher(line.formatted("2" + "0".repeat(8))).find()).isTrue();
    assertThat(ISSUABLE.matcher(line.formatted("0" + "2".repeat(8))).find()).isFalse();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        Manual.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return NOT_OURS.contains(dir.getFileName().toString())
                    || dir.equals(Manual.ROOT.resolve("demo"))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (TEXT.matcher(file.getFileName().toString()).matches()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
