package edu.cumc.aou.cli;

import edu.cumc.aou.cli.runtime.Lab;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the lab: among the classes of the program, or in its own jar beside it. */
final class LabLoader {

  static final String JAR = "aou-sync-lab.jar";

  private LabLoader() {}

  /**
   * Finds the lab.
   *
   * @param command what needs it
   * @throws SyncException CONFIG if it is not there
   */
  static Lab find(String command) {
    ClassLoader own = LabLoader.class.getClassLoader();
    return ServiceLoader.load(Lab.class, own)
        .findFirst()
        .orElseGet(() -> fromJar(command, own, home()));
  }

  /**
   * Finds the lab in its jar.
   *
   * @param home the folder of the program
   */
  static Lab fromJar(String command, ClassLoader own, Optional<Path> home) {
    List<Path> places =
        home.map(
                folder ->
                    List.of(folder.resolve(JAR), folder.resolve("../lib").resolve(JAR).normalize()))
            .orElse(List.of());
    for (Path place : places) {
      if (Files.isRegularFile(place)) {
        // Stays open as long as the program runs.
        URLClassLoader loader = new URLClassLoader(new URL[] {url(place)}, own);
        Optional<Lab> lab = ServiceLoader.load(Lab.class, loader).findFirst();
        if (lab.isPresent()) {
          return lab.get();
        }
        close(loader);
      }
    }
    throw new SyncException(
        FailureKind.CONFIG,
        command
            + " needs "
            + JAR
            + ", which is not there; put it beside aou-sync.jar, or into the folder lib beside that"
            + " one's folder. Both come from the same build and the same download.");
  }

  private static Optional<Path> home() {
    CodeSource source = LabLoader.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      URI place = source.getLocation().toURI();
      return Optional.ofNullable(Path.of(place).toAbsolutePath().getParent());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (IOException e) {
      throw new IllegalStateException("a file has a URL", e);
    }
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new IllegalStateException("a jar that was read only can be closed", e);
    }
  }
}
