package edu.cumc.aou.sync.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of a benchmark in a process of its own, so that heap and time are its own. It says its
 * figures by {@link #say}; whatever else it prints is passed over.
 */
public final class MeasuredProcess implements AutoCloseable {

  private static final String TAB = "\t";

  /** What a line of figures begins with. */
  private static final String RESULT = "RESULT";

  private final Process process;
  private final BufferedReader lines;

  private MeasuredProcess(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a class of the class path.
   *
   * @param heap as behind {@code -Xmx}
   */
  public static MeasuredProcess start(String heap, Class<?> main, String... arguments)
      throws IOException {
    return start(
        List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path")), main, arguments);
  }

  /**
   * Starts a class.
   *
   * @param options of the JVM, the class path among them
   */
  public static MeasuredProcess start(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new MeasuredProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The cells of the next line of figures; none at the end. */
  public List<String> result() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      List<String> cells = List.of(line.split(TAB, -1));
      if (cells.get(0).equals(RESULT)) {
        return cells.subList(1, cells.size());
      }
    }
    return List.of();
  }

  /** Called in the measured process: a line of figures. */
  public static void say(String... cells) {
    System.out.println(RESULT + TAB + String.join(TAB, cells));
  }

  /** Called in a process that serves the measured one: returns when it is closed. */
  public static void awaitClose() throws IOException {
    while (System.in.read() >= 0) {
      // nobody says anything
    }
  }

  /** Waits until it has ended as it should. */
  public void expectDone() throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the measured process failed; see above");
    }
  }

  /** Closes its input and waits for its end. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
    lines.close();
  }
}
