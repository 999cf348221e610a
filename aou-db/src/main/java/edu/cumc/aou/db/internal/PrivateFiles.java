package edu.cumc.aou.db.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Keeps everybody but their owner from files that hold personal data. */
final class PrivateFiles {

  private PrivateFiles() {}

  /** Files that are not there, or belong to somebody else, stay as they are. */
  static void protect(List<Path> files) {
    for (Path file : files) {
      if (Files.isRegularFile(file)
          && Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
        try {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
          // somebody else's: aou-sync init says so, a run need not fail for it
        }
      }
    }
  }
}
