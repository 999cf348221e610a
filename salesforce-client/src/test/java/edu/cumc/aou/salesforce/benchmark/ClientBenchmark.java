package edu.cumc.aou.salesforce.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the client against the simulator, each in a process of its own, and writes the figures
 * as a Markdown table. Run with {@code mvn -Pbenchmarks -pl salesforce-client exec:exec}; see
 * docs/performance.md.
 */
final class ClientBenchmark {

  private static final String HEAP_OF_THE_CLIENT = "64m";

  private ClientBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println(
        "| | path | records | client heap | seconds | records per second | API calls |");
    System.out.println("|---|---|---:|---:|---:|---:|---:|");
    for (int records : new int[] {200, 2_000, 20_000, 200_000}) {
      measure("both-paths", records, 0, "512m");
    }
    measure("stream-in", 100_000, 0, HEAP_OF_THE_CLIENT);
    measure("stream-out", 1_000_000, 1_000_000, HEAP_OF_THE_CLIENT);
  }

  private static void measure(String what, int records, int contactsBefore, String heap)
      throws IOException, InterruptedException {
    Process org = start("4g", BenchmarkOrg.class, String.valueOf(contactsBefore));
    try (BufferedReader told = reader(org)) {
      List<String> address = results(told, 1).get(0);
      List<String> arguments = new ArrayList<>(address);
      arguments.add(what);
      arguments.add(String.valueOf(records));
      Process client = start(heap, BenchmarkRun.class, arguments.toArray(String[]::new));
      try (BufferedReader figures = reader(client)) {
        for (List<String> line : results(figures, Integer.MAX_VALUE)) {
          List<String> cells = new ArrayList<>(line);
          cells.add(3, heap);
          System.out.println("| " + String.join(" | ", cells) + " |");
        }
      }
      if (client.waitFor() != 0) {
        throw new IllegalStateException(what + " with " + records + " records failed");
      }
    } finally {
      org.getOutputStream().close();
      org.waitFor();
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

  /** The cells of so many result lines, or of all to the end. */
  private static List<List<String>> results(BufferedReader lines, int most) throws IOException {
    List<List<String>> results = new ArrayList<>();
    while (results.size() < most) {
      String line = lines.readLine();
      if (line == null) {
        return results;
      }
      List<String> cells = List.of(line.split("\t", -1));
      if (cells.get(0).equals(BenchmarkRun.RESULT)) {
        results.add(cells.subList(1, cells.size()));
      }
    }
    return results;
  }
}
