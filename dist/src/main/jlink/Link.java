import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes a Java runtime of some modules. It deletes the old one first, because jlink refuses an
 * existing folder. Part of the build.
 */
class Link {

  public static void main(String[] args) throws IOException {
    Path runtime = Path.of(args[0]);
    if (Files.exists(runtime)) {
      try (Stream<Path> files = Files.walk(runtime)) {
        files.sorted(Comparator.reverseOrder()).forEach(Link::delete);
      }
    }
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this Java has no jlink: build with a JDK"))
            .run(
                System.out,
                System.err,
                "--add-modules",
                args[1],
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2",
                "--output",
                runtime.toString());
    System.exit(code);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
