package edu.cumc.aou.lambda;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A Java that is installed on this machine. */
record InstalledJava(int feature, Path home) {

  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

  /** All that are found: the one that runs this, those of the environment, and the usual place. */
  static List<InstalledJava> installed() {
    Stream<Path> environment =
        System.getenv().entrySet().stream()
            .filter(e -> e.getKey().startsWith("JAVA_HOME"))
            .filter(e -> !e.getValue().isBlank())
            .map(e -> Path.of(e.getValue()));
    Stream<Path> candidates =
        Stream.concat(
            Stream.of(Path.of(System.getProperty("java.home"))),
            Stream.concat(environment, children(USUAL_PLACE)));
    return candidates.flatMap(home -> at(home).stream()).distinct().toList();
  }

  /** One of that release, if there is one. */
  static Optional<InstalledJava> ofFeature(int feature) {
    return installed().stream().filter(java -> java.feature() == feature).findFirst();
  }

  /** The newest, if it is newer than that release. */
  static Optional<InstalledJava> newestAfter(int feature) {
    return installed().stream()
        .filter(java -> java.feature() > feature)
        .max(Comparator.comparingInt(InstalledJava::feature));
  }

  Path launcher() {
    return home.resolve("bin").resolve("java");
  }

  private static Optional<InstalledJava> at(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
      String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
      return Optional.of(
          new InstalledJava(Runtime.Version.parse(version).feature(), home.toRealPath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      // Java 8 counts otherwise
      return Optional.empty();
    }
  }

  private static Stream<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
