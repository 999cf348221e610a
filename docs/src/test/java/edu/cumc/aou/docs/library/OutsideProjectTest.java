package edu.cumc.aou.docs.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import edu.cumc.aou.docs.Manual;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Maven project outside the tree with the two pieces of XML that the manual shows. Its Maven is
 * the one that runs this build, with an empty repository of its own. It finds what this build has
 * made in one folder, and everything else among what this build has fetched; it asks no other
 * place.
 */
class OutsideProjectTest {

  private static final String PAGE = "docs/library.md";
  private static final String GROUP = "edu.cumc.aou";
  private static final String REVISION = inner(Manual.read("pom.xml"), "revision");

  /** No other place has this one, such as the repository of a developer who installed a build. */
  private static final String VERSION = REVISION + "-outside";

  private static final String PROGRAM =
      """
      package org.example.letters;

      import edu.cumc.aou.salesforce.RecordCursor;
      import edu.cumc.aou.salesforce.Salesforce;
      import edu.cumc.aou.salesforce.SalesforceAuth;
      import edu.cumc.aou.salesforce.SalesforceSettings;
      import edu.cumc.aou.salesforce.Secret;
      import java.net.URI;

      public class Letters {
        public static void main(String[] words) {
          SalesforceAuth login =
              new SalesforceAuth.ClientCredentials(words[1], Secret.of(words[2]));
          SalesforceSettings settings =
              SalesforceSettings.builder(URI.create(words[0]), login).build();
          try (Salesforce salesforce = Salesforce.connect(settings);
              RecordCursor contacts =
                  salesforce.read("SELECT Id, LastName FROM Contact", 20_000)) {
            while (contacts.hasNext()) {
              System.out.println(contacts.next().text("LastName").orElse("nobody"));
            }
          }
        }
      }
      """;

  @TempDir Path directory;
  private SalesforceSimulator org;

  @BeforeEach
  void begin() {
    org = SalesforceSimulator.builder().start();
  }

  @AfterEach
  void end() {
    org.close();
  }

  @Test
  void projectWithTheBom_needsNoVersion_compilesAndReadsAnOrg() throws Exception {
    String maven = System.getProperty("maven.home", "");
    assumeThat(maven).as("the home of the Maven that runs this").isNotEmpty();
    assumeThat(Path.of(fetched().resolve("org/apache/maven/plugins/maven-dependency-plugin")))
        .as("the whole build fetches it, a quick one does not")
        .isDirectory();
    publish();
    Path project = project();
    org.create("Contact", Map.of("LastName", "Invented"));

    Ended build =
        run(
            project,
            maven + (File.separatorChar == '\\' ? "/bin/mvn.cmd" : "/bin/mvn"),
            "--batch-mode",
            "--global-settings",
            "settings.xml",
            "--settings",
            "settings.xml",
            "-Dmaven.repo.local=" + directory.resolve("its own repository"),
            plugin("compiler") + ":compile",
            plugin("dependency") + ":build-classpath",
            "-Dmdep.outputFile=classpath.txt");
    assertThat(build.exitCode()).as(build.out()).isZero();
    String jars = Files.readString(project.resolve("classpath.txt"));
    assertThat(jars.split(Pattern.quote(File.pathSeparator)))
        .filteredOn(jar -> jar.contains("aou"))
        .singleElement()
        .asString()
        .endsWith("salesforce-client-" + VERSION + ".jar");

    Ended letters =
        run(
            project,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            "target/classes" + File.pathSeparator + jars,
            "org.example.letters.Letters",
            org.url(),
            org.credentials().clientId(),
            org.credentials().clientSecret());
    assertThat(letters.out().lines()).as(letters.out()).contains("Invented");
    assertThat(letters.exitCode()).isZero();
  }

  /** What `mvn deploy` would publish of these modules: a jar from what this test runs with. */
  private void publish() throws IOException, URISyntaxException {
    pom("aou-sync-parent", "");
    pom("aou-sync-bom", "bom");
    pom("salesforce-client", "salesforce-client");
    Path classes =
        Path.of(Salesforce.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = published("salesforce-client", "jar");
    if (Files.isDirectory(classes)) {
      zip(classes, jar);
    } else {
      Files.copy(classes, jar);
    }
  }

  private void pom(String artifact, String module) throws IOException {
    Path made = Manual.ROOT.resolve(module).resolve("target/flattened-pom.xml");
    Files.writeString(published(artifact, "pom"), outside(Files.readString(made)));
  }

  private static String outside(String xml) {
    String version = "<version>%s</version>";
    return xml.replace(version.formatted(REVISION), version.formatted(VERSION));
  }

  private Path published(String artifact, String extension) throws IOException {
    Path folder =
        directory
            .resolve("published")
            .resolve(GROUP.replace('.', '/'))
            .resolve(artifact)
            .resolve(VERSION);
    return Files.createDirectories(folder)
        .resolve("%s-%s.%s".formatted(artifact, VERSION, extension));
  }

  private static void zip(Path classes, Path jar) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  /** The XML of the manual, of the dependency without its version. */
  private Path project() throws IOException {
    List<String> shown = Manual.blocks(PAGE, "xml");
    Path project = Files.createDirectories(directory.resolve("letters"));
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>letters</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencyManagement><dependencies>%s</dependencies></dependencyManagement>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(
                outside(shown.get(1)), shown.get(0).replaceFirst("<version>.*?</version>", "")));
    Path source = project.resolve("src/main/java/org/example/letters/Letters.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, PROGRAM);
    Files.writeString(
        project.resolve("settings.xml"),
        """
        <settings>
          <mirrors>
            <mirror><id>fetched</id><mirrorOf>*,!published</mirrorOf><url>%s</url></mirror>
          </mirrors>
          <profiles>
            <profile>
              <id>here</id>
              <repositories>
                <repository><id>published</id><url>%s</url>%s</repository>
                <repository><id>central</id><url>https://example.org/</url>%3$s</repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository><id>central</id><url>https://example.org/</url>%3$s</pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(
                fetched(),
                directory.resolve("published").toUri(),
                // a local repository keeps no sums
                "<releases><checksumPolicy>ignore</checksumPolicy></releases>"));
    return project;
  }

  /** The repository that Maven tells its tests. */
  private static URI fetched() {
    String home = Path.of(System.getProperty("user.home"), ".m2", "repository").toString();
    return Path.of(System.getProperty("localRepository", home)).toUri();
  }

  private static String plugin(String name) {
    return "org.apache.maven.plugins:maven-%s-plugin:%s"
        .formatted(name, inner(Manual.read("pom.xml"), name + ".plugin.version"));
  }

  private static String inner(String xml, String element) {
    return Pattern.compile("<" + element + ">(.*?)</" + element + ">")
        .matcher(xml)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private record Ended(int exitCode, String out) {}

  private Ended run(Path folder, String... command) throws Exception {
    Path out = Files.createTempFile(directory, "out", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(command[0] + " did not end: " + Files.readString(out));
    }
    return new Ended(process.exitValue(), Files.readString(out));
  }
}
