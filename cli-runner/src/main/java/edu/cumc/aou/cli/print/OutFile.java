package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result to a file that a person names. A new file belongs to its owner alone. An ordinary
 * file of one's own is replaced once the new one is complete. Anything else (a pipe, a device, a
 * symbolic link, another user's file) is written through, as {@code cp} does, because others may be
 * reading it.
 */
public final class OutFile {

  private static final String NO_DIRECTORY =
      "its directory does not exist; make it, or name another";

  private static final String IS_DIRECTORY = "it is a directory; name a file in it";

  private final String option;
  private final Path given;
  private final Path file;

  private OutFile(String option, Path given, Path file) {
    this.option = option;
    this.given = given;
    this.file = file;
  }

  /**
   * Looks at the file before the work begins, so that a missing directory is found at once.
   *
   * @param option the option that names it
   * @param given as the person wrote it, from the directory on
   * @throws SyncException CONFIG if no file can be there
   */
  public static OutFile of(String option, Path given, Path directory) {
    OutFile out = new OutFile(option, given, directory.resolve(given));
    Path parent = out.file.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw out.unwritable(NO_DIRECTORY, "Nothing was done");
    }
    if (Files.isDirectory(out.file)) {
      throw out.unwritable(IS_DIRECTORY, "Nothing was done");
    }
    return out;
  }

  /** Whether an ordinary file is there already. */
  public boolean exists() {
    return Files.isRegularFile(file);
  }

  /** The file as the person wrote it. */
  @Override
  public String toString() {
    return given.toString();
  }

  /** Writes the content of the file. */
  @FunctionalInterface
  public interface Content {
    void to(Writer writer) throws IOException;
  }

  /**
   * Writes the file.
   *
   * @param otherwise a sentence to add if that fails; may be empty text
   * @throws SyncException CONFIG if the file cannot be written
   */
  public void write(Content content, String otherwise) {
    try {
      if (Files.isDirectory(file)) {
        throw unwritable(IS_DIRECTORY, otherwise);
      }
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isOrdinary(file)) {
        through(file, noting(content));
      } else {
        replace(file, noting(content));
      }
    } catch (IOException e) {
      throw unwritable(problem(e), otherwise);
    }
  }

  /** Libraries wrap an IOException of the file in their own exceptions; this unwraps it. */
  private static Content noting(Content content) {
    return writer -> {
      NotingWriter noting = new NotingWriter(writer);
      try {
        content.to(noting);
      } catch (RuntimeException e) {
        if (noting.failure == null) {
          throw e;
        }
        throw noting.failure;
      }
    };
  }

  /** Keeps the IOException that occurred while writing. */
  private static final class NotingWriter extends FilterWriter {
    private @Nullable IOException failure;

    NotingWriter(Writer out) {
      super(out);
    }

    private interface Step {
      void run() throws IOException;
    }

    private void note(Step step) throws IOException {
      try {
        step.run();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void write(int c) throws IOException {
      note(() -> super.write(c));
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
      note(() -> super.write(buffer, offset, length));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      note(() -> super.write(text, offset, length));
    }

    @Override
    public void flush() throws IOException {
      note(super::flush);
    }

    @Override
    public void close() throws IOException {
      note(super::close);
    }
  }

  /** Why a file cannot be written, and what to do. */
  public static String problem(IOException e) {
    if (e instanceof NoSuchFileException) {
      return NO_DIRECTORY;
    }
    if (e instanceof AccessDeniedException) {
      return "you may not write there; name another file, or have the permission given";
    }
    return "the file cannot be written; check that there is room, and that nothing else is in the"
        + " way";
  }

  private SyncException unwritable(String why, String otherwise) {
    return new SyncException(
        FailureKind.CONFIG,
        option + " " + given + ": " + why + (otherwise.isEmpty() ? "" : ". " + otherwise));
  }

  private static boolean isOrdinary(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Neither creates nor removes a file. */
  private static void through(Path file, Content content) throws IOException {
    boolean isFile = Files.isRegularFile(file);
    try (OutputStream out =
            isFile
                ? Files.newOutputStream(
                    file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                : Files.newOutputStream(file, StandardOpenOption.WRITE);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      content.to(writer);
    }
  }

  private static void replace(Path file, Content content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path half = Files.createTempFile(directory, ".aou-sync", ".half");
    try {
      restrict(half);
      try (Writer writer = Files.newBufferedWriter(half)) {
        content.to(writer);
      }
      if (Files.exists(file) && !Files.getOwner(file).equals(Files.getOwner(half))) {
        try (OutputStream out =
            Files.newOutputStream(
                file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
          long unused = Files.copy(half, out);
        }
      } else {
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static void restrict(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /**
   * Why a name cannot be a file name here; empty text if it can. Under {@code LANG=C} the platform
   * replaces each unknown letter by a question mark, and would create another file.
   */
  public static String nameProblem(String name, Charset ofNames) {
    boolean onlyAscii = ofNames.equals(StandardCharsets.US_ASCII);
    return ofNames.newEncoder().canEncode(name)
            && name.indexOf('\uFFFD') < 0
            && !(onlyAscii && name.indexOf('?') >= 0)
        ? ""
        : "has letters that file names cannot have in this locale; run with LC_ALL=C.UTF-8, or name"
            + " another file";
  }
}
