package edu.cumc.aou.salesforce.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path as a program has it: jars only, as an archive of loaded classes needs them, and
 * without a library that logs.
 */
final class ClassArchive {

  private final Path folder;

  ClassArchive(Path folder) {
    this.folder = folder;
  }

  /** The class path of this process, its folders as jars. */
  String classPath() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(jar(path, folder.resolve("part" + jars.size() + ".jar")).toString());
      } else if (!path.getFileName().toString().startsWith("logback")) {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path jar(Path folder, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> classes = Files.walk(folder)) {
      for (Path found : classes.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(folder.relativize(found).toString().replace('\\', '/')));
        long unused = Files.copy(found, jar);
        jar.closeEntry();
      }
    }
    return file.toAbsolutePath();
  }

  /** Where the archive of the classes is that a process has loaded. */
  Path file() {
    return folder.resolve("classes.jsa").toAbsolutePath();
  }
}
