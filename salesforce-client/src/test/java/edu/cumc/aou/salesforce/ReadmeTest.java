package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void example_isTheOneThatIsCompiled() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String shown = between(readme, "```java\n", "```");
    String compiled =
        between(
            Files.readString(Path.of("src/test/java/edu/cumc/aou/salesforce/ReadmeExample.java")),
            "// begin\n",
            "    // end");

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
