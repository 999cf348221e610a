package edu.cumc.aou.cli.demo;

import com.typesafe.config.ConfigUtil;
import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory where a demo keeps its databases, the state of its org, and a configuration for
 * going on.
 */
public final class DemoDirectory {

  /** Marks that the directory may be emptied for another demo. */
  private static final String MARKER = "aou-sync-demo.txt";

  private static final String ORG = "salesforce";
  private static final String STORE = "aou-sync-store";

  private final Path path;

  private DemoDirectory(Path path) {
    this.path = path;
  }

  /** The directory as it is. */
  static DemoDirectory at(Path path) {
    return new DemoDirectory(path);
  }

  /**
   * An empty directory; that of an earlier demo is emptied first.
   *
   * @throws SyncException CONFIG if it holds something else, or cannot be written to
   */
  static DemoDirectory prepare(Path path) {
    DemoDirectory directory = new DemoDirectory(path);
    try {
      if (Files.exists(path)) {
        directory.clear();
      }
      Files.createDirectories(path);
      Files.writeString(
          path.resolve(MARKER),
          "Made by aou-sync demo, which empties this directory when it runs again.\n");
      return directory;
    } catch (IOException e) {
      throw new SyncException(
          FailureKind.CONFIG,
          "--dir: the directory cannot be made or written to; check its permissions, or name another"
              + " one");
    }
  }

  private void clear() throws IOException {
    if (!Files.isDirectory(path)) {
      throw new SyncException(FailureKind.CONFIG, "--dir: this is a file; name a directory");
    }
    List<Path> content = list(path);
    if (!content.isEmpty() && !Files.isRegularFile(path.resolve(MARKER))) {
      throw new SyncException(
          FailureKind.CONFIG,
          "--dir: the directory is not empty, and not that of an earlier demo; name another one."
              + " Nothing was changed.");
    }
    for (Path entry : content) {
      String name = entry.getFileName().toString();
      if (name.equals(ORG)) {
        deleteTree(entry);
      } else if (name.equals("aou-sync.conf") || name.endsWith(".db")) {
        Files.delete(entry);
      }
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : paths) {
      Files.delete(each);
    }
  }

  /** Where the simulated org keeps its records, below the given directory. */
  public static Path orgBelow(Path directory) {
    return directory.resolve(ORG);
  }

  Path org() {
    return orgBelow(path);
  }

  Path configuration() {
    return path.resolve("aou-sync.conf");
  }

  String sourceUrl() {
    return SourceSimulator.h2Url(path);
  }

  /** Writes a configuration for every command here, given a simulator on the port. */
  void writeConfiguration(Credentials credentials, String accountId, int port) {
    String text =
        "# Written by aou-sync demo: everything in it is invented.\n"
            + Snippet.of("http://localhost:" + port, credentials, accountId)
            + """

            source {
              jdbc-url = %s
              user = sa
              password = ""
            }

            store {
              jdbc-url = %s
              user = sa
              password = ""
            }
            """
                .formatted(
                    ConfigUtil.quoteString(sourceUrl()),
                    ConfigUtil.quoteString(H2Urls.ofFile(path.resolve(STORE))));
    try {
      Files.writeString(configuration(), text);
    } catch (IOException e) {
      throw new SyncException(
          FailureKind.CONFIG, "--dir: aou-sync.conf cannot be written; check the permissions");
    }
  }
}
