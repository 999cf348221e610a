package edu.cumc.aou.salesforce;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * {@code docs/faults.md} and {@code docs/faults.json}: a part of the loader's, one of jsforce's.
 */
final class FaultPage {

  static final String LOADER = "loader";
  static final String JSFORCE = "jsforce";

  private static final Path PAGE = Path.of("../docs/faults.md");
  private static final Path DATA = Path.of("../docs/faults.json");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private FaultPage() {}

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  /** What the page says in a part. */
  static String part(String name) throws IOException {
    String page = Files.readString(PAGE);
    return page.substring(page.indexOf(begin(name)) + begin(name).length(), page.indexOf(end(name)))
        .strip();
  }

  /** What the file says in a part. */
  static String data(String name) throws IOException {
    return JSON.readTree(DATA.toFile()).path(name).toPrettyString();
  }

  static void write(String name, String text, ArrayNode data) throws IOException {
    String page = Files.readString(PAGE);
    Files.writeString(
        PAGE,
        page.substring(0, page.indexOf(begin(name)) + begin(name).length())
            + "\n\n"
            + text
            + "\n\n"
            + page.substring(page.indexOf(end(name))));
    ObjectNode all =
        Files.exists(DATA) ? (ObjectNode) JSON.readTree(DATA.toFile()) : JSON.createObjectNode();
    all.set(name, data);
    Files.writeString(DATA, JSON.writeValueAsString(all) + "\n");
  }

  private static String begin(String name) {
    return "<!-- begin " + name + " -->";
  }

  private static String end(String name) {
    return "<!-- end " + name + " -->";
  }

  static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  static String rule(int columns) {
    return "|" + "---|".repeat(columns);
  }
}
