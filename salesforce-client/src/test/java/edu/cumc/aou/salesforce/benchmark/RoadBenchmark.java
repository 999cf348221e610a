package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.salesforce.benchmark.BenchmarkContact.Group;
import edu.cumc.aou.simulator.salesforce.Node;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures the speed of the loader's road against what the org itself needs, and against jsforce,
 * in one run: every process begins with its load and ends after it, so the start of the JVM and of
 * Node are in the figures. Run with {@code mvn -Proad -pl salesforce-client}; see
 * docs/performance.md.
 */
final class RoadBenchmark {

  private static final int UPSERTS = 20_000;
  private static final int UPDATES = 1_000;

  /** The middle one of so many measurements counts. */
  private static final int TIMES = 5;

  private static final int WARMING = 8;

  private static final double NANOS = 1e9;

  private final List<String> org;
  private final Path ids;
  private final Path rows;
  private final List<String> plain;
  private final List<String> archived;

  private RoadBenchmark(List<String> org, Path ids, Path rows, ClassArchive archive)
      throws IOException, InterruptedException {
    this.org = org;
    this.ids = ids;
    this.rows = rows;
    String classPath = archive.classPath();
    plain =
        List.of(
            "-Xmx256m",
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
            "-Dslf4j.internal.verbosity=WARN",
            "-cp",
            classPath);
    archived = new ArrayList<>(plain);
    archived.add(0, "-XX:SharedArchiveFile=" + archive.file());
    archived.add(0, "-Xlog:disable");
    // as the launcher of aou-sync does on all days but the first, with another heap
    archived.add(0, "-XX:+UseSerialGC");
    archived.add(0, "-XX:TieredStopAtLevel=1");
    List<String> making = new ArrayList<>(plain);
    making.add(0, "-XX:ArchiveClassesAtExit=" + archive.file());
    making.add(0, "-Xlog:disable");
    making.add(0, "-XX:+UseSerialGC");
    Files.deleteIfExists(archive.file());
    Figure unused = ours(making, "upsert", "3000", 3_000);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target", "road"));
    Path ids = folder.resolve("ids.txt").toAbsolutePath();
    Path rows = folder.resolve("rows.csv").toAbsolutePath();
    Files.writeString(rows, csv(UPSERTS));
    try (MeasuredProcess org =
        MeasuredProcess.start("1g", RoadOrg.class, String.valueOf(UPDATES), ids.toString())) {
      new RoadBenchmark(org.result(), ids, rows, new ClassArchive(folder)).measure();
    }
  }

  private static String csv(int count) {
    StringBuilder csv = new StringBuilder(String.join(",", BenchmarkContact.FIELDS)).append('\n');
    IntStream.range(0, count)
        .mapToObj(i -> BenchmarkContact.of(Group.STREAMED, i))
        .forEach(
            contact -> {
              List<String> cells = new ArrayList<>();
              for (String field : BenchmarkContact.FIELDS) {
                String cell = String.valueOf(contact.get(field));
                cells.add('"' + cell.replace("\"", "\"\"") + '"');
              }
              csv.append(String.join(",", cells)).append('\n');
            });
    return csv.toString();
  }

  /** One measurement. */
  private record Figure(double seconds, long calls) {}

  /** Something that is measured. */
  @FunctionalInterface
  private interface Work {
    Figure run() throws IOException, InterruptedException;
  }

  private static Figure middle(Work work) throws IOException, InterruptedException {
    Figure[] figures = new Figure[TIMES];
    for (int i = 0; i < TIMES; i++) {
      figures[i] = work.run();
    }
    Arrays.sort(figures, Comparator.comparingDouble(Figure::seconds));
    return figures[TIMES / 2];
  }

  private void measure() throws IOException, InterruptedException {
    BareJob bare = new BareJob(org.get(0), org.get(1), org.get(2));
    String csv = Files.readString(rows);
    // The org compiles its own code first: it shares the processors with what is measured.
    for (int i = 0; i < WARMING; i++) {
      double unused = bare.upsert(csv) / NANOS;
    }
    Figure start = middle(this::start);
    Figure ideal = middle(() -> new Figure(bare.upsert(csv) / NANOS, 0));
    Figure upsert = middle(() -> ours(plain, "upsert", String.valueOf(UPSERTS), UPSERTS));
    Figure quick = middle(() -> ours(archived, "upsert", String.valueOf(UPSERTS), UPSERTS));
    Node node = Node.withPackagesOf("jsforce", Path.of("src/test/js"), Path.of("target/jsforce"));
    Figure theirs = middle(() -> jsforce(node, "upsert", UPSERTS));
    Figure theirUpdate = middle(() -> jsforce(node, "update", UPDATES));
    Figure update = middle(() -> ours(plain, "update", ids.toString(), UPDATES));
    Figure quickUpdate = middle(() -> ours(archived, "update", ids.toString(), UPDATES));
    System.out.println("| load | by | seconds | ratio | API calls |");
    System.out.println("|---|---|---:|---:|---:|");
    row("nothing", "a JVM that starts and ends", start, "");
    String load = "20,000 upserts";
    row(load, "the org: bare requests of a warm process", ideal, "1");
    row(load, "the loader", upsert, ratio(upsert.seconds() / ideal.seconds()));
    row(
        load,
        "the loader, started as aou-sync is",
        quick,
        ratio(quick.seconds() / ideal.seconds()));
    row(load, "jsforce", theirs, ratio(theirs.seconds() / ideal.seconds()));
    load = "1,000 updates";
    row(load, "jsforce", theirUpdate, "1");
    double js = theirUpdate.seconds();
    row(load, "the loader", update, ratio((update.seconds() - start.seconds()) / js));
    row(
        load,
        "the loader, started as aou-sync is",
        quickUpdate,
        ratio((quickUpdate.seconds() - start.seconds()) / js));
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void row(String load, String by, Figure figure, String ratio) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %s | %s |%n",
        load,
        by,
        figure.seconds(),
        ratio,
        figure.calls() == 0 ? "" : String.valueOf(figure.calls()));
  }

  private Figure start() throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (MeasuredProcess process = MeasuredProcess.start(plain, RoadRun.class)) {
      process.expectDone();
      return new Figure((System.nanoTime() - began) / NANOS, 0);
    }
  }

  private Figure ours(List<String> options, String load, String argument, int rowsOfLoad)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(org);
    arguments.add(load);
    arguments.add(argument);
    long began = System.nanoTime();
    try (MeasuredProcess process =
        MeasuredProcess.start(options, RoadRun.class, arguments.toArray(String[]::new))) {
      List<String> result = process.result();
      process.expectDone();
      double seconds = (System.nanoTime() - began) / NANOS;
      if (Integer.parseInt(result.get(0)) != rowsOfLoad) {
        throw new IllegalStateException("not every row was written");
      }
      return new Figure(seconds, Long.parseLong(result.get(1)));
    }
  }

  private Figure jsforce(Node node, String load, int rowsOfLoad) throws IOException {
    long began = System.nanoTime();
    Node.Outcome outcome =
        node.runScript(
            "road.mjs",
            Map.of(
                "ORG_URL", org.get(0),
                "ORG_CLIENT_ID", org.get(1),
                "ORG_CLIENT_SECRET", org.get(2),
                "LOAD", load,
                "IDS", ids.toString(),
                "ROWS", rows.toString()));
    double seconds = (System.nanoTime() - began) / NANOS;
    if (!outcome.output().contains("RESULT\t" + rowsOfLoad + "\t")) {
      throw new IllegalStateException("jsforce has not written every row:\n" + outcome.output());
    }
    return new Figure(seconds, 0);
  }
}
