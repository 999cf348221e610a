package edu.cumc.aou.db.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Restricts files with personal data to their owner. */
final class PrivateFiles {

  private PrivateFiles() {}

  /** Leaves missing files and other users' files as they are. */
  static void protect(List<Path> files) {
    for (Path file : files) {
      if (Files.isRegularFile(file)
          && Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
        try {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
          // Another user's file: aou-sync init reports it, and a run need not fail for it.
        }
      }
    }
  }
}
