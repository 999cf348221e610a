package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.ConfigurationSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The schema of the configuration is made from its readers, and from the manual for what editors
 * show: with {@code -Daou.docs.write=true} this test writes it, without it compares.
 */
class ConfigurationSchemaTest {

  private static final String PAGE = "docs/configuration.md";
  private static final Path FILE = Manual.ROOT.resolve("docs/configuration.schema.json");
  private static final Set<String> OF_A_FIELD =
      Set.of(
          "column",
          "columns",
          "second-line",
          "constant",
          "transform",
          "steps",
          "source-kind",
          "policy",
          "required",
          "optional",
          "not-future");

  private final ObjectNode schema = ConfigurationSchema.of(meanings());

  /** What each setting means, as its table says. */
  private static Map<String, String> meanings() {
    Map<String, String> meanings = new TreeMap<>();
    Manual.read(PAGE)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" \\| "))
        .filter(cells -> cells.length == 3)
        .forEach(
            cells -> {
              String meaning =
                  cells[2]
                      .replaceAll(" \\|$", "")
                      .replaceAll("\\[([^\\]]+)]\\([^)]+\\)", "$1")
                      .replace("`", "");
              Arrays.stream(cells[0].substring(2).split(", "))
                  .map(cell -> cell.replace("`", "").strip())
                  .flatMap(key -> paths(key).stream())
                  .forEach(path -> meanings.put(path, meaning));
            });
    return meanings;
  }

  private static List<String> paths(String key) {
    return OF_A_FIELD.contains(key)
        ? List.of("contact.fields.*." + key, "journey.fields.*." + key)
        : List.of(key);
  }

  @Test
  void file_isWhatTheReadersAskFor() throws IOException {
    String text =
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(schema)
                .replace("\r", "")
            + "\n";
    if (Boolean.getBoolean("aou.docs.write")) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE))
        .as("write it anew: mvn -pl docs test -Dtest=ConfigurationSchemaTest -Daou.docs.write=true")
        .isEqualTo(text);
  }

  @Test
  void manualAndSchema_knowTheSameSettings() {
    Set<String> inSchema = new TreeSet<>();
    leaves("", schema, inSchema);
    Set<String> inManual =
        meanings().keySet().stream()
            .filter(path -> !Set.of("contact.fields", "journey.fields").contains(path))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(inManual).isEqualTo(inSchema);
  }

  private static void leaves(String path, JsonNode node, Set<String> found) {
    JsonNode section = node.has("anyOf") ? node.get("anyOf").get(0) : node;
    if (!section.path("type").asText().equals("object") || !section.has("properties")) {
      found.add(path);
      return;
    }
    String before = path.isEmpty() ? "" : path + ".";
    List<Map.Entry<String, JsonNode>> children =
        new ArrayList<>(section.get("properties").properties());
    if (section.path("additionalProperties").isObject()) {
      children.add(Map.entry("*", section.get("additionalProperties")));
    }
    children.stream()
        .filter(child -> !child.getKey().equals("$schema"))
        .forEach(child -> leaves(before + child.getKey(), child.getValue(), found));
  }

  @Test
  void everySetting_hasADescription() {
    assertThat(schema.at("/properties/guards/properties/min-contacts/description").asText())
        .isEqualTo("rows that the contact relation must have");
  }
}
