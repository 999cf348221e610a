package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadmeTest {

  private static final Path SOURCES = Path.of("src/test/java/edu/cumc/aou/salesforce");
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\|(?:[^|\n]+\\|){4} (yes|part[^|\n]*) \\|([^|\n]+)\\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @ParameterizedTest
  @CsvSource({"0, ReadmeExample", "1, ReadmeBulkExample"})
  void example_isTheOneThatIsCompiled(int place, String source) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String shown = readme.split("```java\n", -1)[place + 1].split("```", -1)[0];
    String compiled =
        between(Files.readString(SOURCES.resolve(source + ".java")), "// begin\n", "    // end");

    assertThat(shown.stripTrailing().stripIndent())
        .isEqualTo(compiled.stripTrailing().stripIndent());
  }

  @Test
  void example_runs() {
    try (SalesforceSimulator org = SalesforceSimulator.builder().start()) {
      String id = org.create("Contact", Map.of("LastName", "Invented"));

      List<SaveResult> results =
          ReadmeExample.run(
              URI.create(org.url()),
              org.credentials().clientId(),
              org.credentials().clientSecret());

      assertThat(results).containsExactly(new SaveResult.Saved(id, false));
      assertThat(org.records("Contact")).allMatch(c -> "Dr".equals(c.get("Title")));
    }
  }

  @Test
  void bulkExample_runs() {
    try (SalesforceSimulator org = SalesforceSimulator.builder().start();
        Salesforce salesforce = Salesforce.connect(Clients.settings(org).build())) {
      List<String> kept = new ArrayList<>();

      Map<String, List<String>> refused =
          ReadmeBulkExample.run(
              salesforce,
              List.of(
                  Map.of("HP_PMI_ID__c", "P000000001", "LastName", "Invented"),
                  Map.of("HP_PMI_ID__c", "P000000002", "Phone", "555-0100")),
              kept::add);

      assertThat(refused).isEqualTo(Map.of("P000000002", List.of("LastName")));
      assertThat(org.records("Contact")).hasSize(1);
      assertThat(salesforce.bulk().job(kept.get(0)).succeeded()).isEqualTo(1);
    }
  }

  @Test
  void everyCapability_namesTestsThatAreThere() throws Exception {
    Set<String> missing = new TreeSet<>();
    int lines = 0;
    Matcher line = LINE.matcher(Files.readString(Path.of("README.md")));
    while (line.find()) {
      lines++;
      Matcher test = TEST.matcher(line.group(2));
      assertThat(test.find()).as("a test in the line%n%s", line.group()).isTrue();
      do {
        if (!isTest(test.group(1), test.group(2))) {
          missing.add(test.group());
        }
      } while (test.find());
    }

    assertThat(missing).isEmpty();
    assertThat(lines).isGreaterThan(30);
  }

  private static boolean isTest(String type, String method) throws Exception {
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      Optional<Path> source = sources.filter(path -> path.endsWith(type + ".java")).findFirst();
      if (source.isEmpty()) {
        return false;
      }
      String name = Path.of("src/test/java").relativize(source.get()).toString();
      Class<?> found = Class.forName(name.replace(".java", "").replace(File.separatorChar, '.'));
      return Stream.of(found.getDeclaredMethods())
          .filter(m -> m.getName().equals(method))
          .anyMatch(
              m ->
                  m.isAnnotationPresent(Test.class)
                      || m.isAnnotationPresent(ParameterizedTest.class)
                      || m.isAnnotationPresent(Property.class));
    }
  }

  @Test
  void everyKindOfFailure_isExplained() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    for (SalesforceException.Kind kind : SalesforceException.Kind.values()) {
      assertThat(readme).contains("| `" + kind + "` |");
    }
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
