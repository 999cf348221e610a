package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the comparison is shown by tests that are there. */
class ComparisonManualTest {

  private static final String PAGE = "docs/comparison.md";
  private static final List<String> OTHERWISE = List.of("6", "7", "12");
  private static final Pattern TEST = Pattern.compile("`(\\w+)`");

  private record Line(String number, String here, String proof) {}

  private static List<Line> lines() {
    return Manual.read(PAGE)
        .lines()
        .filter(line -> line.matches("\\| [0-9]+ \\|.*"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .map(cells -> new Line(cells.get(1), cells.get(3), cells.get(6)))
        .toList();
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Manual.ROOT)) {
      return files
          .map(Path::toString)
          .map(name -> name.replace('\\', '/'))
          .filter(name -> name.contains("/src/test/java/") && name.endsWith("Test.java"))
          .map(name -> name.substring(name.lastIndexOf('/') + 1, name.length() - 5))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void all72_areThereInTheirOrder_andOnlyThreeAreAnotherDesign() {
    assertThat(lines())
        .extracting(Line::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 72).mapToObj(String::valueOf).toList());
    assertThat(lines())
        .allSatisfy(
            line ->
                assertThat(line.here())
                    .as(line.number())
                    .isIn(
                        OTHERWISE.contains(line.number())
                            ? List.of("another design")
                            : List.of("yes", "in part")));
  }

  @Test
  void eachLine_namesTests_thatAreThere() throws IOException {
    Set<String> there = tests();
    assertThat(there).hasSizeGreaterThan(200);
    assertThat(lines())
        .allSatisfy(
            line -> {
              List<String> named =
                  TEST.matcher(line.proof()).results().map(r -> r.group(1)).toList();
              assertThat(named).as(line.number()).isNotEmpty();
              assertThat(there).as(line.number()).containsAll(named);
            });
  }

  @Test
  void sums_areThoseOfTheLines() {
    Matcher stated =
        Pattern.compile("Here (\\d+) of the 72 are there in full, (\\d+) in part")
            .matcher(Manual.read(PAGE));
    assertThat(stated.find()).isTrue();
    assertThat(lines().stream().filter(l -> l.here().equals("yes")).count())
        .isEqualTo(Long.parseLong(stated.group(1)));
    assertThat(lines().stream().filter(l -> l.here().equals("in part")).count())
        .isEqualTo(Long.parseLong(stated.group(2)));
  }
}
