package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a program that imports one of the libraries finds. */
class PublishedLibrariesTest {

  private static final List<String> LIBRARIES =
      List.of(
          "aou-db",
          "salesforce-client",
          "salesforce-sync",
          "simulator",
          "sync-core",
          "sync-runtime");

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("(?m)^public .*(class|interface|record|enum) ");

  private static String property(String pom, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]+)</" + name + ">").matcher(pom);
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  @Test
  void eachLibrary_hasItsModuleNameSourcesJavadocAndApi() {
    Set<String> names = new HashSet<>();
    for (String library : LIBRARIES) {
      String pom = Manual.read(library + "/pom.xml");
      String name = property(pom, "module.name");
      assertThat(names.add(name)).as(name).isTrue();
      Path packages = Manual.ROOT.resolve(library).resolve("src/main/java");
      assertThat(packages.resolve(name.replace('.', '/'))).as(library).isDirectory();
      assertThat(pom)
          .as(library)
          .contains("<id>library</id>", "maven-source-plugin", "maven-javadoc-plugin", "japicmp");
      assertThat(Manual.ROOT.resolve("api/" + library + "-0.2.0.jar")).as(library).exists();
    }
  }

  @Test
  void bom_namesEveryLibraryAndNothingElse() {
    Matcher named =
        Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>\\$\\{project.version}")
            .matcher(Manual.read("bom/pom.xml"));
    assertThat(named.results().map(r -> r.group(1)).distinct())
        .containsExactlyElementsOf(LIBRARIES);
    assertThat(Manual.read("bom/pom.xml").split("<classifier>tests</classifier>")).hasSize(2);
    assertThat(Manual.read("docs/library.md")).contains("aou-sync-bom");
  }

  /**
   * Maven brings plugins of its own for the phases of a build, other ones in each version. Those of
   * Debian 12 do not understand the address that docs/library.md deploys to.
   */
  @Test
  void eachPluginThatMavenBringsByItself_isPinned() {
    String pom = Manual.read("pom.xml");
    for (String phase :
        List.of("clean", "resources", "compiler", "surefire", "jar", "install", "deploy")) {
      assertThat(pom)
          .containsPattern(
              "<artifactId>maven-" + phase + "-plugin</artifactId>\\s*<version>\\$\\{");
    }
  }

  @Test
  void laterVersion_isHeldToTheApiOf020() {
    String pom = Manual.read("pom.xml");
    assertThat(property(pom, "api.enforced"))
        .isEqualTo(String.valueOf(!property(pom, "revision").equals("0.2.0")));
  }

  @Test
  void eachPackage_saysSinceWhen() throws java.io.IOException {
    for (String library : LIBRARIES) {
      try (var files = Files.walk(Manual.ROOT.resolve(library).resolve("src/main/java"))) {
        assertThat(
                files
                    .filter(f -> f.endsWith("package-info.java"))
                    .filter(f -> !f.toString().contains("internal"))
                    .filter(f -> !read(f).contains("@since 0.")))
            .as(library)
            .isEmpty();
      }
    }
  }

  /** What is in the description of 0.2.0 came with its package; what came later says when. */
  @Test
  void eachPublicTypeThatCameLater_saysSinceWhen() throws java.io.IOException {
    for (String library : LIBRARIES) {
      Path sources = Manual.ROOT.resolve(library).resolve("src/main/java");
      Path described = Manual.ROOT.resolve("api/" + library + "-0.2.0.jar");
      try (var files = Files.walk(sources);
          var api = new JarFile(described.toFile())) {
        assertThat(
                files
                    .filter(
                        f -> f.toString().endsWith(".java") && !f.toString().contains("internal"))
                    .filter(f -> PUBLIC_TYPE.matcher(read(f)).find())
                    .filter(f -> api.getEntry(entry(sources.relativize(f))) == null)
                    .filter(f -> !read(f).contains("@since 0.")))
            .as("public types of %s that are not in its description of 0.2.0", library)
            .isEmpty();
      }
    }
  }

  private static String entry(Path source) {
    return source.toString().replace('\\', '/').replaceFirst("java$", "class");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
