package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
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
    try (MeasuredProcess org =
        MeasuredProcess.start("4g", BenchmarkOrg.class, String.valueOf(contactsBefore))) {
      List<String> arguments = new ArrayList<>(org.result());
      arguments.add(what);
      arguments.add(String.valueOf(records));
      try (MeasuredProcess client =
          MeasuredProcess.start(heap, BenchmarkRun.class, arguments.toArray(String[]::new))) {
        for (List<String> line = client.result(); !line.isEmpty(); line = client.result()) {
          List<String> cells = new ArrayList<>(line);
          cells.add(3, heap);
          System.out.println("| " + String.join(" | ", cells) + " |");
        }
        client.expectDone();
      }
    }
  }
}
