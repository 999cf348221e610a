package edu.cumc.aou.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This program in a process of its own, which can be halted and woken. */
final class OtherProcess implements AutoCloseable {

  /** Nothing is expected to take so long; without it a defect would hang the build. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * A build that runs in the background of a shell ignores Ctrl-C's signal, and so do its children,
   * unless they are started with the system's own handling; where there is no such {@code env}, the
   * build must run in the foreground.
   */
  private static final List<String> WITH_OWN_SIGNALS = List.of("env", "--default-signal=INT");

  private final Process process;
  private final Path out;
  private final Path err;

  private OtherProcess(Path directory, String name, List<String> arguments) throws IOException {
    out = directory.resolve(name + ".out");
    err = directory.resolve(name + ".err");
    List<String> command = new ArrayList<>(canSetSignals() ? WITH_OWN_SIGNALS : List.of());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(arguments);
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  private static boolean canSetSignals() {
    List<String> trial = new ArrayList<>(WITH_OWN_SIGNALS);
    trial.add("true");
    try {
      return new ProcessBuilder(trial).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts it in a directory, where its output goes into files of that name. */
  static OtherProcess start(Path directory, String name, String... arguments) throws IOException {
    return new OtherProcess(directory, name, List.of(arguments));
  }

  /** It gets no processor from now on, and does not know it. */
  void halt() {
    signal("STOP");
  }

  void wake() {
    signal("CONT");
  }

  void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new AssertionError("the process is gone: " + err());
      }
    } catch (IOException e) {
      throw new AssertionError("there is no kill here", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the process does not end: " + err());
    }
    return process.exitValue();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("no output was kept", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
