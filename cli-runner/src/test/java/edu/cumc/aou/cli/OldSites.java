package edu.cumc.aou.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Sites that a version before this one left; the README beside the archives tells of them. */
final class OldSites {

  private OldSites() {}

  static void unpack(String archive, Path directory) throws IOException {
    try (InputStream resource = OldSites.class.getResourceAsStream("/upgrade/" + archive + ".zip");
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(resource))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }
}
