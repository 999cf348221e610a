package edu.cumc.aou.db.benchmark;

import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the participant source and the store against an H2 server, each in a process of its own,
 * and writes the figures as a Markdown table. Run with {@code mvn -Pbenchmarks -pl aou-db}; see
 * docs/performance.md. An argument is the number of participants, if not a million.
 */
final class DatabaseBenchmark {

  private static final String HEAP_OF_THE_SYNC = "256m";

  private DatabaseBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String participants = args.length > 0 ? args[0] : "1000000";
    Path directory = Files.createTempDirectory("aou-db-benchmark");
    try (MeasuredProcess server =
        MeasuredProcess.start("8g", BenchmarkServer.class, directory.toString())) {
      String port = server.result().get(0);
      System.out.println("| | rows | seconds | rows per second |");
      System.out.println("|---|---:|---:|---:|");
      try (MeasuredProcess sync =
          MeasuredProcess.start(HEAP_OF_THE_SYNC, BenchmarkRun.class, port, participants)) {
        for (List<String> line = sync.result(); !line.isEmpty(); line = sync.result()) {
          System.out.println(
              line.size() == 1 ? "\n" + line.get(0) : "| " + String.join(" | ", line) + " |");
        }
        sync.expectDone();
      }
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
