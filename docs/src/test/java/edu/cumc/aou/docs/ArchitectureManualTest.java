package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture of the architecture shows the code as it is. */
class ArchitectureManualTest {

  private static final String PAGE = Manual.read("docs/architecture.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(edu\\.cumc\\.aou[a-z.]*)\\.[A-Z]");

  /** The sources of a module, by package and name. */
  private static Map<String, String> sources(String module) {
    Path root = Manual.ROOT.resolve(module).resolve("src/main/java");
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String path = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
        sources.put(path.substring(0, path.length() - ".java".length()), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static Set<String> packages(String module) {
    return sources(module).keySet().stream()
        .map(type -> type.substring(0, type.lastIndexOf('.')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String section(String title) {
    int start = PAGE.indexOf("\n## " + title + "\n");
    assertThat(start).as("the section " + title).isNotNegative();
    int end = PAGE.indexOf("\n## ", start + 1);
    return PAGE.substring(start, end);
  }

  /** The cells of a module's row. */
  private static List<String> row(String section, String module) {
    String line =
        section(section)
            .lines()
            .filter(l -> l.startsWith("| `" + module + "` |"))
            .findFirst()
            .orElseThrow();
    return List.of(line.split(" \\| "));
  }

  private static List<String> code(String text) {
    return CODE.matcher(text).results().map(r -> r.group(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync-core",
        "salesforce-client",
        "salesforce-sync",
        "aou-db",
        "simulator",
        "sync-runtime",
        "cli-runner",
        "lambda-runner"
      })
  void modules_haveThePackagesAndImportsThatThePageShows(String module) {
    List<String> shown = code(row("Packages", module).get(1));
    String root = shown.get(0);
    assertThat(shown.stream().map(p -> p.startsWith(".") ? root + p : p))
        .as("packages of " + module)
        .containsExactlyInAnyOrderElementsOf(packages(module));

    List<String> imports = row("Modules, and who may import whom", module);
    Set<String> stated = new TreeSet<>(code(imports.get(imports.size() - 1)));
    Set<String> own = packages(module);
    Set<String> used =
        sources(module).values().stream()
            .flatMap(source -> IMPORT.matcher(source).results())
            .map(r -> r.group(1))
            .filter(p -> !own.contains(p))
            .map(ArchitectureManualTest::moduleOf)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(stated).as("imports of " + module).isEqualTo(used);
  }

  private static String moduleOf(String name) {
    for (String module :
        List.of(
            "sync-core",
            "salesforce-client",
            "salesforce-sync",
            "aou-db",
            "simulator",
            "sync-runtime")) {
      if (packages(module).contains(name)) {
        return module;
      }
    }
    return "nobody's " + name;
  }

  /** Each step names a class that there is once, and that another step's class works with. */
  @ParameterizedTest
  @CsvSource({"The road of one participant, 25", "The road of one field, 12"})
  void roads_leadThroughClassesThatKnowEachOther(String title, int longest) {
    Map<String, String> byName = new TreeMap<>();
    for (String module :
        List.of("sync-core", "salesforce-client", "salesforce-sync", "aou-db", "sync-runtime")) {
      sources(module)
          .forEach(
              (type, source) ->
                  byName.merge(
                      type.substring(type.lastIndexOf('.') + 1), source, (a, b) -> "twice"));
    }
    List<String> steps = new ArrayList<>();
    section(title)
        .lines()
        .filter(l -> l.matches("\\d+\\. .*"))
        .forEach(l -> steps.add(code(l).get(0)));

    assertThat(steps).hasSizeBetween(2, longest).doesNotHaveDuplicates();
    for (String step : steps) {
      assertThat(byName).as("classes").containsKey(step);
      assertThat(byName.get(step)).as(step).isNotEqualTo("twice");
      assertThat(steps.stream().filter(o -> !o.equals(step)))
          .as("classes of the road that work with " + step)
          .anyMatch(o -> names(byName.get(o), step) || names(byName.get(step), o));
    }
  }

  private static boolean names(String source, String type) {
    return Pattern.compile("\\b" + type + "\\b").matcher(source).find();
  }
}
