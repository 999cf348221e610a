package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.org.AddedField;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of every type of column in every kind of field, and of odd texts, by calls and by
 * jobs, all of them in one org and one run: the tables say what is right.
 */
class EveryKindOfColumnEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEX = 16;
  private static final String OBJECT = "Opportunity";
  private static final List<String> OFFERED = List.of("true", "7", "NY");

  private static final Map<String, AddedField> KINDS =
      Map.ofEntries(
          Map.entry("Text", AddedField.of(OBJECT, "", FieldType.STRING, 40)),
          Map.entry("Long", AddedField.of(OBJECT, "", FieldType.TEXTAREA, 255)),
          Map.entry("Url", AddedField.of(OBJECT, "", FieldType.URL, 255)),
          Map.entry("Email", AddedField.of(OBJECT, "", FieldType.EMAIL, 80)),
          Map.entry("Phone", AddedField.of(OBJECT, "", FieldType.PHONE, 40)),
          Map.entry("List", AddedField.picklist(OBJECT, "", FieldType.PICKLIST, OFFERED)),
          Map.entry("Lists", AddedField.picklist(OBJECT, "", FieldType.MULTIPICKLIST, OFFERED)),
          Map.entry("Bool", AddedField.of(OBJECT, "", FieldType.BOOLEAN, 0)),
          Map.entry("Whole", AddedField.of(OBJECT, "", FieldType.INT, 0)),
          Map.entry("Double", AddedField.number(OBJECT, "", FieldType.DOUBLE, 18, 15)),
          Map.entry("Rounded", AddedField.number(OBJECT, "", FieldType.DOUBLE, 5, 0)),
          Map.entry("Currency", AddedField.number(OBJECT, "", FieldType.CURRENCY, 18, 2)),
          Map.entry("Percent", AddedField.number(OBJECT, "", FieldType.PERCENT, 5, 1)),
          Map.entry("Day", AddedField.of(OBJECT, "", FieldType.DATE, 0)),
          Map.entry("Time", AddedField.of(OBJECT, "", FieldType.DATETIME, 0)));

  private final Map<String, String> columns = new LinkedHashMap<>();
  private final Map<String, String> expected = new TreeMap<>();

  private void readTable(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream(name)) {
      String column = "";
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("column ")) {
          column = line.substring("column ".length(), line.indexOf(" = "));
          columns.put(column, decoded(line.substring(line.indexOf(" = ") + 3)));
        } else if (line.startsWith("  ")) {
          int colon = line.indexOf(": ");
          for (String kind : line.substring(2, colon).split(" ")) {
            expected.put(field(column, kind), decoded(line.substring(colon + 2)));
          }
        }
      }
    }
  }

  private static String decoded(String text) {
    return Pattern.compile("\\\\u\\{([0-9A-F]+)}")
        .matcher(text)
        .replaceAll(
            m -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1), HEX))))
        .replace("\\\\", "\\");
  }

  private static String field(String column, String kind) {
    return column + "_" + kind + "__c";
  }

  private SalesforceSimulatorBuilder withFields(SalesforceSimulatorBuilder org) {
    for (String column : columns.keySet()) {
      KINDS.forEach(
          (kind, f) ->
              org.field(
                  new AddedField(
                      OBJECT,
                      field(column, kind),
                      f.type(),
                      f.length(),
                      f.precision(),
                      f.scale(),
                      f.values(),
                      f.restricted())));
    }
    return org;
  }

  @ParameterizedTest
  @CsvSource({"every-kind-of-column.txt, 1", "odd-texts.txt, 2000", "odd-texts.txt, 1"})
  void everyColumn_inEveryField_isSentRefusedOrSaidNeverToFit(
      String table, int threshold, @TempDir Path directory) throws Exception {
    readTable(table);
    Map<String, String> result = new TreeMap<>();
    try (Site site = new Site(directory, 2, false, this::withFields)) {
      RetypedSource source = new RetypedSource(site);
      columns.forEach((name, sql) -> source.journey("X " + name, sql));
      String settings = source.settings() + "bulk.threshold = " + threshold + "\n";
      Set<String> mapped = new TreeSet<>(expected.keySet());
      site.configure(settings + mapping(mapped));
      site.run("init");
      for (JsonNode finding : json(site.run("check", "--json")).at("/findings")) {
        String name = finding.at("/subject").asText().replace("journey.fields.", "");
        if (finding.at("/level").asText().equals("error") && mapped.remove(name)) {
          result.put(name, "-");
        }
      }
      site.configure(settings + mapping(mapped));

      JsonNode load = json(site.run("sync", "--initial-load", "--json"));

      assertThat(load.path("exitCode").asInt()).isEqualTo(5);
      assertThat(load.at("/errors")).isEmpty();
      assertThat(load.at("/anomalies")).as("what Salesforce makes of our values").isEmpty();
      load.at("/refusedFields")
          .fieldNames()
          .forEachRemaining(
              name -> {
                String[] parts = name.replace("journey.", "").split(":");
                result.put(parts[0], "!" + parts[1]);
              });
      Map<String, Object> shown = site.org.records(OBJECT).findFirst().orElseThrow();
      mapped.forEach(name -> result.putIfAbsent(name, String.valueOf(shown.get(name))));
      assertThat(result).isEqualTo(expected);
      JsonNode next = json(site.nextMorning("sync", "--json"));
      assertThat(next.at("/planned")).as("the second morning").isEmpty();
      assertThat(next.at("/anomalies")).isEmpty();
    }
  }

  private static JsonNode json(Site.Result result) throws IOException {
    return JSON.readTree(result.out());
  }

  private static String mapping(Set<String> fields) {
    StringBuilder text = new StringBuilder("journey.fields {\n");
    for (String field : fields) {
      String column = field.substring(0, field.indexOf('_'));
      text.append(field).append(" { column = \"X ").append(column).append("\" }\n");
    }
    return text.append("}\n").toString();
  }
}
