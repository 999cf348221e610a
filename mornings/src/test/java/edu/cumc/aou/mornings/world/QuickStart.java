package edu.cumc.aou.mornings.world;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Lets processes of {@link OtherProcess} begin quickly: the classes that the first one had are kept
 * in an archive, which the others map into their memory. Such an archive knows jars only, so the
 * directories of the class path become jars.
 */
public final class QuickStart {

  private final Path archive;
  private final String classPath;

  /** Keeps its files in this directory. */
  public QuickStart(Path directory) {
    this.archive = directory.resolve("classes.jsa");
    List<String> path = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path directoryOrJar = Path.of(element);
      if (Files.isDirectory(directoryOrJar)) {
        path.add(jar(directoryOrJar, directory.resolve(path.size() + ".jar")).toString());
      } else {
        path.add(element);
      }
    }
    this.classPath = String.join(File.pathSeparator, path);
  }

  private static Path jar(Path directory, Path jar) {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(directory.relativize(path).toString().replace(File.separatorChar, '/')));
        Files.copy(path, out);
        out.closeEntry();
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The options of a process that begins now.
   *
   * @param undisturbed whether nobody kills it, so that it may make the archive as it ends
   */
  public List<String> options(boolean undisturbed) {
    List<String> options =
        new ArrayList<>(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Files.exists(archive)) {
      options.add("-XX:SharedArchiveFile=" + archive);
    } else if (undisturbed) {
      options.add("-XX:ArchiveClassesAtExit=" + archive);
    }
    options.add("-cp");
    options.add(classPath);
    return options;
  }
}
