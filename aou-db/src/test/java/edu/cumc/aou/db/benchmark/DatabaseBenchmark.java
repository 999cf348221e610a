package edu.cumc.aou.db.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the participant source and the store against an H2 server, each in a process of its own,
 * and writes the figures as a Markdown table. Run with {@code mvn -Pbenchmarks -pl aou-db}; see
 * docs/performance.md. An argument is the number of participants, if not a million.
 */
final class DatabaseBenchmark {

  /** What a line of figures begins with; between its cells there are tabs. */
  static final String RESULT = "RESULT";

  private static final String HEAP_OF_THE_SYNC = "256m";

  private DatabaseBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String participants = args.length > 0 ? args[0] : "1000000";
    Path directory = Files.createTempDirectory("aou-db-benchmark");
    Process server = start("8g", BenchmarkServer.class, directory.toString());
    try (BufferedReader told = reader(server)) {
      String port = result(told).get(0);
      System.out.println("| | rows | seconds | rows per second |");
      System.out.println("|---|---:|---:|---:|");
      Process sync = start(HEAP_OF_THE_SYNC, BenchmarkRun.class, port, participants);
      try (BufferedReader figures = reader(sync)) {
        for (List<String> line = result(figures); !line.isEmpty(); line = result(figures)) {
          System.out.println(
              line.size() == 1 ? "\n" + line.get(0) : "| " + String.join(" | ", line) + " |");
        }
      }
      if (sync.waitFor() != 0) {
        throw new IllegalStateException("the measured process failed; see above");
      }
    } finally {
      // the server ends with its input
      server.getOutputStream().close();
      server.waitFor();
      delete(directory);
    }
  }

  private static Process start(String heap, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The cells of the next result line; none at the end. */
  private static List<String> result(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      List<String> cells = List.of(line.split("\t", -1));
      if (cells.get(0).equals(RESULT)) {
        return cells.subList(1, cells.size());
      }
    }
    return List.of();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
