package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The org's state on disk: one JSON object per line, appended with each commit. Only one process at
 * a time has it open. Not thread-safe; the org closes it.
 */
final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel lockChannel;
  private @Nullable Writer writer;

  private Journal(Path file, FileChannel lockChannel) {
    this.file = file;
    this.lockChannel = lockChannel;
  }

  /**
   * Opens the state folder, and creates it if it does not exist.
   *
   * @throws SalesforceSimulatorException if another simulator has it open, or it cannot be written
   */
  static Journal open(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("salesforce.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        channel.close();
        throw new SalesforceSimulatorException(
            "Another simulator uses the state folder; stop it or choose another folder");
      }
      return new Journal(directory.resolve("salesforce.jsonl"), channel);
    } catch (IOException e) {
      throw new SalesforceSimulatorException(
          "The state folder cannot be used; check that it is a folder and may be written to", e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Reads all lines, oldest first. Drops a last line that a killed process left incomplete. */
  void replay(Consumer<JsonNode> reader) {
    if (!Files.exists(file)) {
      return;
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String line = lines.readLine();
      int number = 1;
      while (line != null) {
        String next = lines.readLine();
        JsonNode json = parse(line, number, next == null);
        if (json != null) {
          reader.accept(json);
        }
        line = next;
        number++;
      }
    } catch (IOException e) {
      throw new SalesforceSimulatorException("The saved state cannot be read", e);
    }
  }

  private static @Nullable JsonNode parse(String line, int number, boolean last) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      if (last) {
        return null;
      }
      // The cause would quote the line, which holds personal data.
      throw new SalesforceSimulatorException(
          "Line "
              + number
              + " of the saved state salesforce.jsonl is damaged; restore the file, or remove it to"
              + " start with an empty org");
    }
  }

  /** Replaces all lines by these, then goes on appending to them. */
  void rewrite(Stream<ObjectNode> lines) {
    Path fresh = file.resolveSibling("salesforce.jsonl.new");
    try {
      try (Writer out = Files.newBufferedWriter(fresh)) {
        for (JsonNode line : (Iterable<ObjectNode>) lines::iterator) {
          out.write(line.toString());
          out.write('\n');
        }
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Appends the lines of one commit. */
  void append(List<ObjectNode> lines) {
    Writer out = writer;
    if (out == null) {
      throw new IllegalStateException("append before rewrite");
    }
    try {
      for (JsonNode line : lines) {
        out.write(line.toString());
        out.write('\n');
      }
      out.flush();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static SalesforceSimulatorException cannotWrite(IOException e) {
    return new SalesforceSimulatorException(
        "The state folder cannot be written; check its space and permissions", e);
  }

  /** Closes the file and lets the folder go. */
  @Override
  public void close() {
    Writer out = writer;
    try (lockChannel) {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }
}
