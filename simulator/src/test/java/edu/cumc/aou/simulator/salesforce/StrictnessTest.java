package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The manual's table of rules names tests that there are. */
class StrictnessTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");

  /** What a rule is known from, with its source unless nobody has any. */
  private static final Pattern EVIDENCE =
      Pattern.compile("((recorded|documented|client|report|own): .{8,}|believed) \\|");

  @Test
  void everyRule_namesTestsThatAreThere() throws Exception {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    String table = page.substring(page.indexOf("## How strict it is"));
    Set<String> missing = new TreeSet<>();
    int rules = 0;
    for (String line : table.lines().filter(l -> l.startsWith("| ")).skip(2).toList()) {
      rules++;
      Matcher named = NAMED.matcher(line);
      assertThat(named.find()).as(line).isTrue();
      do {
        if (!isTest(named.group(1), named.group(2))) {
          missing.add(named.group());
        }
      } while (named.find());
    }

    assertThat(missing).isEmpty();
    assertThat(rules).isGreaterThan(25);
  }

  @Test
  void everyRule_hasTheNextNumber_andSaysWhereItIsKnownFrom() throws IOException {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    String table = page.substring(page.indexOf("## How strict it is"));
    int number = 0;
    for (String line : table.lines().filter(l -> l.startsWith("| ")).skip(2).toList()) {
      number++;
      String[] cells = line.split(" \\| ");
      assertThat(cells[0]).isEqualTo("| " + number);
      assertThat(cells).as(line).hasSize(4);
      assertThat(cells[3]).as(line).matches(EVIDENCE);
    }
    assertThat(number).isPositive();
  }

  private static boolean isTest(String type, String method) throws IOException {
    Path classes = Path.of("target/test-classes");
    try (Stream<Path> all = Files.walk(classes)) {
      String name =
          all.filter(file -> file.endsWith(type + ".class"))
              .map(file -> classes.relativize(file).toString())
              .map(file -> file.replace(".class", "").replace('/', '.'))
              .findFirst()
              .orElse(type);
      return Stream.of(Class.forName(name).getDeclaredMethods())
          .filter(m -> m.getName().equals(method))
          .anyMatch(
              m ->
                  m.isAnnotationPresent(Test.class)
                      || m.isAnnotationPresent(ParameterizedTest.class));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
