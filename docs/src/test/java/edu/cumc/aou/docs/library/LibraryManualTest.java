package edu.cumc.aou.docs.library;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.docs.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryManualTest {

  private static final String PAGE = "docs/library.md";
  private static final Path SAMPLES =
      Manual.ROOT.resolve("docs/src/test/java/edu/cumc/aou/docs/library");
  private static final Pattern SAMPLE = Pattern.compile("(?s)// begin\\n(.*?)\\n *// end");

  @Test
  void page_showsWhatIsCompiledAndRun() throws IOException {
    List<String> shown =
        Manual.blocks(PAGE, "java").stream().map(LibraryManualTest::plain).toList();

    assertThat(shown).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    assertThat(shown).containsExactlyInAnyOrderElementsOf(compiled());
  }

  /** The page names the package of each type that its samples use. */
  @Test
  void imports_areThoseOfTheSamples() throws IOException {
    Set<String> needed = new TreeSet<>();
    try (Stream<Path> files = Files.list(SAMPLES)) {
      files
          .map(f -> Manual.read(Manual.ROOT.relativize(f).toString()))
          .filter(code -> SAMPLE.matcher(code).find())
          .flatMap(String::lines)
          .filter(line -> line.startsWith("import edu.cumc.aou"))
          .forEach(needed::add);
    }
    Set<String> shown = new TreeSet<>();
    Manual.blocks(PAGE, "text").forEach(b -> b.lines().forEach(shown::add));

    assertThat(shown).hasSizeGreaterThan(50).isEqualTo(needed);
  }

  @Test
  void javaOnOtherPages_isHeldToTheCodeByItsModule() {
    assertThat(Manual.pages())
        .map(p -> Manual.ROOT.relativize(p).toString())
        .filteredOn(p -> !Manual.blocks(p, "java").isEmpty())
        .containsExactly(PAGE, "docs/simulator.md", "salesforce-client/README.md");
  }

  @Test
  void dependency_isOneOfOurs_inTheVersionOfThisBuild() {
    String parent = Manual.read("pom.xml");
    String dependency = Manual.blocks(PAGE, "xml").get(0);
    assertThat(inner(dependency, "groupId")).isEqualTo(inner(parent, "groupId"));
    assertThat(inner(dependency, "version")).isEqualTo(inner(parent, "revision"));
    assertThat(parent).contains("<module>" + inner(dependency, "artifactId") + "</module>");
  }

  @Test
  void bom_isImportedAsTheBuildMakesIt() {
    String parent = Manual.read("pom.xml");
    String bom = Manual.blocks(PAGE, "xml").get(1);
    assertThat(inner(bom, "groupId")).isEqualTo(inner(parent, "groupId"));
    assertThat(Manual.read("bom/pom.xml"))
        .contains("<artifactId>" + inner(bom, "artifactId") + "</artifactId>")
        .contains("<packaging>" + inner(bom, "type") + "</packaging>");
    assertThat(inner(bom, "version")).isEqualTo(inner(parent, "revision"));
    assertThat(inner(bom, "scope")).isEqualTo("import");
  }

  private static String inner(String xml, String element) {
    return Pattern.compile("<" + element + ">(.*?)</" + element + ">")
        .matcher(xml)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static List<String> compiled() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .filter(f -> !f.endsWith("LibraryManualTest.java"))
          .flatMap(f -> samples(Manual.read(Manual.ROOT.relativize(f).toString())))
          .toList();
    }
  }

  private static Stream<String> samples(String code) {
    return SAMPLE.matcher(code).results().map((MatchResult m) -> plain(m.group(1)));
  }

  private static String plain(String code) {
    return code.stripTrailing().stripIndent().strip();
  }
}
