package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a field: what they make of values, and which people a changed step reaches. */
class StepsEndToEndTest {

  private static final String SERVICE = "edu.cumc.aou.sync.mapping.OwnTransform";

  @TempDir private Path directory;
  private Site site;
  private RetypedSource source;

  @BeforeEach
  void open() {
    site = new Site(directory, 5);
    source = new RetypedSource(site);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Set<String> cities() {
    Set<String> cities = new TreeSet<>();
    site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .forEach(c -> cities.add(String.valueOf(c.getOrDefault("MailingCity", ""))));
    return cities;
  }

  private void city(String cell, String steps, String... more) {
    source.contact("City_HP", cell);
    site.configure(
        source.settings()
            + "contact.fields.MailingCity.steps = ["
            + steps
            + "]\n"
            + String.join("\n", more));
  }

  private Result sync(String... options) {
    String[] command = new String[options.length + 1];
    command[0] = "sync";
    System.arraycopy(options, 0, command, 1, options.length);
    return site.nextMorning(command);
  }

  /** What a chain makes of a cell. */
  private String sent(String cell, String steps) {
    city("'" + cell + "'", steps);
    Result result = sync("--initial-load");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return String.join("|", cities());
  }

  @Test
  void stepsAreTakenInTheirOrder() {
    assertThat(sent("  new york-01 ", "{ replace = \"-01\" }, upper-case, { prefix = \"US \" }"))
        .isEqualTo("US NEW YORK");
    assertThat(sent("2026-03-09", "{ date { to = \"d MMM yyyy\" } }")).isEqualTo("9 Mar 2026");
    assertThat(sent("20260309", "{ date { from = yyyyMMdd, to = MM/dd/yyyy } }"))
        .isEqualTo("03/09/2026");
    assertThat(sent("abc-123-45", "digits, { substring = 2, length = 3 }, { suffix = \" !\" }"))
        .isEqualTo("234 !");
    assertThat(
            sent("a  b", "{ pattern = \"[ab]\", by = \"$\" }, { join = [City_HP], with = \"/\" }"))
        .isEqualTo("$  $/a  b");
    assertThat(sent("", "{ default = Nowhere }")).isEqualTo("Nowhere");
    assertThat(sent("nyc", "{ map { NYC = New York, LA = Los Angeles } }")).isEqualTo("New York");
  }

  @Test
  void aValueThatNoMapKnows_isRefused_keptOrBlank_asTheStepSays() {
    assertThat(sent("Boston", "{ map { NYC = New York }, unknown = keep }")).isEqualTo("Boston");

    city("'Chicago'", "{ map { NYC = New York } }");
    Result refused = sync();
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.out()).contains("not-in-map");
    assertThat(cities()).containsExactly("Boston");
    Result check = site.run("check", "--show-values");
    assertThat(check.out())
        .contains("MailingCity.steps")
        .contains("not-in-map")
        .contains("Chicago");
    assertThat(check.exitCode()).as("no value at all is in the map").isEqualTo(3);
  }

  @Test
  void aChangedRowOfATable_reachesEverybody_andAnUnchangedTableNobody() {
    site.source("CREATE TABLE dbo.cities (code VARCHAR(10), name VARCHAR(40))");
    site.source("INSERT INTO dbo.cities VALUES ('X', 'Xanadu'), ('Y', NULL)");
    city("'x'", "{ table = dm_aou.dbo.cities, key = code, value = name }");
    assertThat(sync("--initial-load").exitCode()).isZero();
    assertThat(cities()).containsExactly("Xanadu");
    assertThat(sync().out()).containsPattern("unchanged +5 +5");
    assertThat(sync().out()).containsPattern("unchanged +5 +5");

    site.source("UPDATE dbo.cities SET name = 'Shangri-La' WHERE code = 'X'");

    assertThat(sync().exitCode()).isZero();
    assertThat(cities()).containsExactly("Shangri-La");
    assertThat(sync().out()).containsPattern("unchanged +5 +5");
  }

  @Test
  void aTableThatIsNotThere_orSaysTwoThings_isNamed_andNothingIsSent() {
    city("'x'", "{ table = dm_aou.dbo.cities, key = code, value = name }");
    assertThat(sync("--initial-load").err()).contains("dm_aou.dbo.cities").contains("step");
    assertThat(site.run("check").exitCode()).isEqualTo(3);
    site.source("CREATE TABLE dbo.cities (code VARCHAR(10), name VARCHAR(40))");
    site.source("INSERT INTO dbo.cities VALUES ('X', 'Xanadu'), ('x ', 'Elsewhere')");
    Result result = sync("--initial-load");
    assertThat(result.err()).contains("gives two values for one code");
    assertThat(result.err() + result.out()).doesNotContain("Xanadu");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(cities()).isEmpty();
  }

  @Test
  void stepsThatMakeNoSense_areToldTogether() {
    city(
        "'x'",
        "{ prefix = a, suffix = b }, { pattern = \"(\" }, { date { to = \"bogus\" } },"
            + " { map { A = 1, a = 2 } }, { own = nobody }, { join = [Citty_HP] }, { prefx = a },"
            + " { replace = \"\", by = x }, { substring = 2.5 }, { pattern = \"[0-9]*\", by = x },"
            + " { pattern = \"^0*\", by = x }, { pattern = \"[^a]\", by = x },"
            + " { pattern = \"[ ]*\" }");
    Result result = sync();
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains("contact.fields.MailingCity.steps.1: a step says one of")
        .contains("steps.2.pattern: is no regular expression")
        .contains("steps.3.date.to")
        .contains("steps.4.map: two of its values differ only in case")
        .contains("steps.5.own: there is no such transform")
        .contains("steps.7: a step says one of")
        .contains("steps.8.replace: is empty")
        .contains("steps.9.substring: expected a whole number")
        .contains("steps.10.pattern: fits the empty text")
        .doesNotContain("steps.11", "steps.12", "steps.13");
  }

  @Test
  void aSitesOwnTransform_comesInAJar_andAnotherJarReachesEverybody() throws IOException {
    Path jar = directory.resolve("site.jar");
    String own = "{ own = stamp, with { mark = \"!\" } }";
    String extensions = "extensions = [\"" + jar.toString().replace('\\', '/') + "\"]";
    build(jar, "Optional.of(text + mark)");
    city("'x'", own, extensions);
    assertThat(sync("--initial-load").exitCode()).isZero();
    assertThat(cities()).containsExactly("x!");
    assertThat(sync().out()).containsPattern("unchanged +5 +5");

    Path other = directory.resolve("other.jar");
    build(other, "Optional.of(mark + text)");
    city("'x'", own, "extensions = [\"" + other.toString().replace('\\', '/') + "\"]");
    assertThat(sync().exitCode()).isZero();
    assertThat(cities()).containsExactly("!x");

    Path failing = directory.resolve("failing.jar");
    build(failing, "Optional.of(text.substring(99))");
    city("'x'", own, "extensions = [\"" + failing.toString().replace('\\', '/') + "\"]");
    assertLeftAlone();
    build(failing, "null");
    assertLeftAlone();

    Path text = Files.writeString(directory.resolve("notes.jar"), "not a jar");
    city("'x'", "upper-case", "extensions = [\"" + text.toString().replace('\\', '/') + "\"]");
    assertThat(sync().err()).contains("extensions: names a file that is no jar");

    Path without = directory.resolve("without.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(without))) {
      out.putNextEntry(new JarEntry("README"));
    }
    city("'x'", "upper-case", "extensions = [\"" + without.toString().replace('\\', '/') + "\"]");
    assertThat(sync().err()).contains("extensions: names no jar with a transform");

    city("'x'", own, "extensions = [\"nowhere.jar\"]");
    assertThat(sync().err()).contains("extensions: names a jar that is not there");
  }

  /** The field is left alone because of the site's transform, and nobody is rejected. */
  private void assertLeftAlone() {
    Result result = sync();
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.out())
        .contains("contact.MailingCity:refused-by-own")
        .doesNotContain("rejected");
    assertThat(cities()).containsExactly("!x");
  }

  @Test
  void aSitesOwnTransformWithoutAName_isToldByItsSetting() throws IOException {
    Path jar = directory.resolve("site.jar");
    String extensions = "extensions = [\"" + jar.toString().replace('\\', '/') + "\"]";
    for (String name : Set.of("null", "\" \"", "String.valueOf(1 / Integer.parseInt(\"0\"))")) {
      build(jar, name, "Optional.of(text)");
      city("'x'", "upper-case", extensions);
      Result result = sync();
      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(result.err()).contains("extensions: the transform Stamp says no name");
    }
  }

  private void build(Path jar, String result) throws IOException {
    build(jar, "\"stamp\"", result);
  }

  private void build(Path jar, String name, String result) throws IOException {
    Path sources = Files.createTempDirectory(directory, "own");
    Path file = sources.resolve("Stamp.java");
    Files.writeString(
        file,
        """
        import java.util.Map;
        import java.util.Optional;

        public final class Stamp implements edu.cumc.aou.sync.mapping.OwnTransform {
          @Override public String name() { return %s; }
          @Override public Rule rule(Map<String, String> settings) {
            String mark = settings.getOrDefault("mark", "");
            return text -> %s;
          }
        }
        """
            .formatted(name, result));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath(),
                "-d",
                sources.toString(),
                file.toString());
    assertThat(failed).isZero();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path each : Files.list(sources).filter(p -> p.toString().endsWith(".class")).toList()) {
        entries.putNextEntry(new JarEntry(String.valueOf(each.getFileName())));
        entries.write(Files.readAllBytes(each));
      }
      entries.putNextEntry(new JarEntry("META-INF/services/" + SERVICE));
      entries.write("Stamp\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static String classPath() {
    try {
      return Path.of(
              edu.cumc.aou.sync.mapping.OwnTransform.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
