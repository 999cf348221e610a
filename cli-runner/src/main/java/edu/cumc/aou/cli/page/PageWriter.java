package edu.cumc.aou.cli.page;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes the page of a run to a file that its owner alone may read. */
public final class PageWriter {

  private PageWriter() {}

  /**
   * Writes the page; a file that is there is replaced once the new one is whole.
   *
   * @throws SyncException CONFIG if the file cannot be written
   */
  public static void write(RunPage page, Path file) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Path half = Files.createTempFile(directory, ".aou-sync-report", ".half");
      try {
        restrict(half);
        try (Writer writer = Files.newBufferedWriter(half)) {
          TemplateEngine.createPrecompiled(ContentType.Html)
              .render("run.jte", page, new WriterOutput(writer));
        }
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw new SyncException(
          FailureKind.CONFIG,
          "--out: the file cannot be written ("
              + e.getClass().getSimpleName()
              + "); does its directory exist, and may you write there?");
    }
  }

  private static void restrict(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
