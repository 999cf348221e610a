package edu.cumc.aou.cli.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Large days through the packaged program with a small heap: the first load, the day after, and
 * mornings on which there is nothing to do, each beside a bare ordered read of the same columns by
 * JDBC in a process of its own. The databases (H2 over TCP) and the Salesforce simulator have
 * processes of their own, so that heap and time are those of the sync. The databases' process has
 * served another, smaller site before, as a database server has.
 *
 * <p>Needs the jar and nothing else: {@code java
 * cli-runner/src/test/java/edu/cumc/aou/cli/benchmark/LargeDayBenchmark.java 200000 256m DIR}.
 * Writes Markdown tables and the ratios; what the runs said stays in the directory. The processor
 * time of each process tells on a busy machine what the clock does not. With {@code -Djfr=true}
 * each process leaves a flight recording in the directory. See docs/performance.md.
 */
final class LargeDayBenchmark implements AutoCloseable {

  private static final Path JAR =
      Path.of(System.getProperty("jar", "cli-runner/target/aou-sync.jar")).toAbsolutePath();

  /** Of an older program, the org of this one is the measure: {@code -Dlab} names its jar. */
  private static final Path LAB =
      Path.of(System.getProperty("lab", JAR.resolveSibling("aou-sync-lab.jar").toString()))
          .toAbsolutePath();

  private static final Path PROGRAMS =
      Path.of("cli-runner/src/test/java/edu/cumc/aou/cli/benchmark").toAbsolutePath();

  private static final String OTHER = "other_";

  private static final int OTHER_PARTICIPANTS = 4_000;

  private static final String COMPARING = "plan";

  private static final String ARCHIVING = "check";

  private static final Pattern STEP =
      Pattern.compile(
          "\"step\"\\s*:\\s*\"([^\"]+)\",\\s*\"millis\"\\s*:\\s*(\\d+),\\s*\"calls\"\\s*:\\s*(\\d+)");

  /** A line such as {@code GC(7) Pause Young (Normal) (…) 180M->45M(256M) 3.1ms}. */
  private static final Pattern COLLECTION = Pattern.compile("\\s(\\d+)M->(\\d+)M\\(\\d+M\\)");

  private static final Pattern REQUESTS = Pattern.compile("\"apiCalls\"\\s*:\\s*(\\d+)");

  private final int participants;
  private final String heap;
  private final Path directory;
  private static final boolean RECORDED = Boolean.getBoolean("jfr");

  /** Whether the program is started as its launcher does: its flags, and its archive. */
  private static final boolean LAUNCHED = Boolean.getBoolean("launched");

  /** More options of the measured program's Java, with blanks between them. */
  private static final List<String> OPTIONS = List.of(System.getProperty("options", "").split(" "));

  private final List<Process> servers = new ArrayList<>();
  private final Map<String, Map<String, Step>> steps = new LinkedHashMap<>();
  private final List<String> ratios = new ArrayList<>();
  private Duration syncTime = Duration.ZERO;

  private LargeDayBenchmark(int participants, String heap, Path directory) {
    this.participants = participants;
    this.heap = heap;
    this.directory = directory;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int participants = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    String heap = args.length > 1 ? args[1] : "256m";
    Path directory =
        args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("aou-sync-large-day");
    Files.createDirectories(directory);
    try (LargeDayBenchmark benchmark = new LargeDayBenchmark(participants, heap, directory)) {
      benchmark.run();
    }
  }

  private void run() throws IOException, InterruptedException {
    int databases = freePort();
    serve(
        "databases",
        "4g",
        List.of(
            "-cp",
            JAR.toString(),
            "org.h2.tools.Server",
            "-tcp",
            "-tcpPort",
            String.valueOf(databases)),
        List.of("-ifNotExists", "-baseDir", directory.resolve("databases").toString()));
    int org = freePort();
    awaitPort(databases);
    serveOrg("simulator", org);
    Process strictOrg = servers.get(servers.size() - 1);
    warm(databases);
    Files.writeString(directory.resolve("aou-sync.conf"), config(databases, org, ""));
    generate(databases, 1);
    expectDone("init", program("init", "init"));
    if (LAUNCHED) {
      // what makes the archive of classes at a site
      int unused = program(ARCHIVING, "check");
    }
    System.out.println(
        "| run | time | API calls | heap at most | after a collection at most | processor: sync | database | org |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
    measure("the first load", org, "sync", "--initial-load");
    nextDay(strictOrg);
    generate(databases, 2);
    measure("the day after", org, "sync");
    nextDay(strictOrg);
    quietMorning("a quiet morning", databases, org);
    nextDay(strictOrg);
    quietMorning("a second one", databases, org);
    System.out.println("\n| step | " + String.join(" | ", steps.keySet()) + " |");
    System.out.println("|---|" + "---:|".repeat(steps.size()));
    Set<String> names = new LinkedHashSet<>();
    steps.values().forEach(run -> names.addAll(run.keySet()));
    for (String step : names) {
      StringBuilder line = new StringBuilder("| " + step + " |");
      for (Map<String, Step> run : steps.values()) {
        Step cost = run.get(step);
        line.append(cost == null ? " |" : String.format(Locale.ROOT, " %s |", cost));
      }
      System.out.println(line);
    }
    System.out.println();
    ratios.forEach(System.out::println);
  }

  /**
   * A database server has been up for weeks when a site's morning begins: this one gets through a
   * small first load of another site and a day of it, with an org that then ends.
   */
  private void warm(int databases) throws IOException, InterruptedException {
    int org = freePort();
    serveOrg("other-simulator", org);
    Files.writeString(directory.resolve("aou-sync.conf"), config(databases, org, OTHER));
    generate(databases, OTHER, OTHER_PARTICIPANTS, 1);
    expectDone("init", program("init", "init"));
    expectDone("other", program("other", "sync", "--initial-load"));
    generate(databases, OTHER, OTHER_PARTICIPANTS, 2);
    expectDone("other", program("other", "sync"));
    Process ended = servers.remove(servers.size() - 1);
    ended.destroy();
    ended.waitFor();
  }

  private void serveOrg(String name, int port) throws IOException, InterruptedException {
    serve(
        name,
        "6g",
        List.of(
            "-cp", LAB + File.pathSeparator + JAR, PROGRAMS.resolve("StrictOrg.java").toString()),
        List.of(String.valueOf(port)));
    awaitPort(port);
  }

  /**
   * A day passes in Salesforce, so that a morning does not begin in the minutes of the last one.
   */
  private static void nextDay(Process org) throws IOException {
    org.getOutputStream().write("PT24H\n".getBytes(StandardCharsets.UTF_8));
    org.getOutputStream().flush();
  }

  /** Both within a minute, so that what else the machine does weighs on both. */
  private void quietMorning(String name, int databases, int org)
      throws IOException, InterruptedException {
    double bare = bareRead(databases);
    double whole = measure(name, org, "sync");
    bare = Math.min(bare, bareRead(databases));
    double comparing = steps.get(name).get(COMPARING).seconds();
    ratios.add(
        String.format(
            Locale.ROOT,
            "%s: a bare ordered read of the same columns takes %.1f s; comparing takes %.1f s, which is %.2f of it; the"
                + " whole run %.1f s, which is %.2f of it.",
            name,
            bare,
            comparing,
            comparing / bare,
            whole,
            whole / bare));
  }

  private double bareRead(int databases) throws IOException, InterruptedException {
    String url = "jdbc:h2:tcp://localhost:" + databases + "/dm_aou";
    List<String> command =
        List.of(
            java(),
            "-Xmx" + heap,
            "-cp",
            JAR.toString(),
            PROGRAMS.resolve("BareRead.java").toString(),
            url);
    expectDone("read", start("read", command).waitFor());
    return Long.parseLong(Files.readString(directory.resolve("read.out")).trim()) / 1000.0;
  }

  /** What a step of a run took. */
  private record Step(double seconds, int calls) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f s, %d calls", seconds, calls);
    }
  }

  private double measure(String name, int org, String... arguments)
      throws IOException, InterruptedException {
    long callsBefore = calls(org);
    List<Duration> before = servers.stream().map(LargeDayBenchmark::processorTime).toList();
    long begin = System.nanoTime();
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add("--json");
    expectDone(name, program(name, command.toArray(String[]::new)));
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    List<Duration> after = servers.stream().map(LargeDayBenchmark::processorTime).toList();
    long highest = 0;
    long highestAfter = 0;
    for (String line : Files.readAllLines(collections(name))) {
      Matcher collection = COLLECTION.matcher(line);
      if (collection.find()) {
        highest = Math.max(highest, Long.parseLong(collection.group(1)));
        highestAfter = Math.max(highestAfter, Long.parseLong(collection.group(2)));
      }
    }
    Map<String, Step> taking = new LinkedHashMap<>();
    Matcher step =
        STEP.matcher(Files.readString(directory.resolve(name.replace(' ', '-') + ".out")));
    while (step.find()) {
      taking.put(
          step.group(1),
          new Step(Long.parseLong(step.group(2)) / 1000.0, Integer.parseInt(step.group(3))));
    }
    steps.put(name, taking);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d min %04.1f s | %,d | %d MB | %d MB | %.1f s | %.1f s | %.1f s |%n",
        name,
        taken.toMinutes(),
        taken.toSecondsPart() + taken.toMillisPart() / 1000.0,
        calls(org) - callsBefore,
        highest,
        highestAfter,
        seconds(syncTime),
        seconds(after.get(0).minus(before.get(0))),
        seconds(after.get(1).minus(before.get(1))));
    return taken.toMillis() / 1000.0;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Of a process that still runs, or zero. */
  private static Duration processorTime(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private int program(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-Xmx" + heap);
    command.add("-Xlog:gc:file=" + collections(name) + ":uptime");
    command.addAll(recording(name));
    if (LAUNCHED) {
      command.addAll(asTheLauncher(name));
      if (!List.of(arguments).contains("--initial-load")) {
        command.add("-XX:TieredStopAtLevel=1");
      }
    }
    OPTIONS.stream().filter(o -> !o.isEmpty()).forEach(command::add);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", directory.resolve("aou-sync.conf").toString()));
    Process process = start(name, command);
    syncTime = Duration.ZERO;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      Duration now = processorTime(process);
      syncTime = now.isZero() ? syncTime : now;
    }
    return process.exitValue();
  }

  private List<String> asTheLauncher(String name) {
    Path archive = directory.resolve("classes.jsa");
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-Xms48m",
                "-XX:MaxNewSize=32m",
                "-XX:MinHeapFreeRatio=20",
                "-Xshare:auto"));
    if (name.equals(ARCHIVING)) {
      options.add("-XX:ArchiveClassesAtExit=" + archive);
    } else if (Files.exists(archive)) {
      options.add("-XX:SharedArchiveFile=" + archive);
    }
    return options;
  }

  private List<String> recording(String name) {
    return RECORDED
        ? List.of(
            "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                + directory.resolve(name.replace(' ', '-') + ".jfr"))
        : List.of();
  }

  private void expectDone(String name, int exitCode) {
    if (exitCode != 0) {
      throw new IllegalStateException(
          name + " ended with exit code " + exitCode + "; what it said is in " + directory);
    }
  }

  private void generate(int databases, int day) throws IOException, InterruptedException {
    generate(databases, "", participants, day);
  }

  private void generate(int databases, String site, int people, int day)
      throws IOException, InterruptedException {
    String url = "jdbc:h2:tcp://localhost:" + databases + "/" + site + "dm_aou";
    List<String> command =
        List.of(
            java(),
            "-jar",
            JAR.toString(),
            "generate",
            "--jdbc-url",
            url,
            "--participants",
            String.valueOf(people),
            "--day",
            String.valueOf(day));
    expectDone("generate", start("generate-" + day, command).waitFor());
  }

  private static String config(int databases, int org, String site) {
    return """
        environment = sandbox
        salesforce {
          login-url = "http://127.0.0.1:%d"
          auth {
            type = soap-password
            username = "integration@simulated-org.example.org"
            password = "invented-password"
            security-token = "INVENTEDTOKEN"
          }
        }
        contact.account-id = "001Hx0000000001IAA"
        source { jdbc-url = "jdbc:h2:tcp://localhost:%d/%sdm_aou", user = sa, password = "" }
        store { jdbc-url = "jdbc:h2:tcp://localhost:%d/%saou_sync", user = sa, password = "" }
        """
        .formatted(org, databases, site, databases, site);
  }

  private void serve(String name, String heapOfServer, List<String> first, List<String> rest)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx" + heapOfServer));
    command.addAll(recording(name));
    command.addAll(first);
    command.addAll(rest);
    servers.add(start(name, command));
  }

  private Process start(String name, List<String> command) throws IOException {
    String file = name.replace(' ', '-');
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve(file + ".out").toFile())
        .redirectError(directory.resolve(file + ".err").toFile())
        .start();
  }

  private Path collections(String name) {
    return directory.resolve(name.replace(' ', '-') + ".gc");
  }

  private static long calls(int org) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + org + "/simulator/counters"))
            .build();
    String counters =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    Matcher requests = REQUESTS.matcher(counters);
    if (!requests.find()) {
      throw new IllegalStateException("No number of API calls in the simulator's counters");
    }
    return Long.parseLong(requests.group(1));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws InterruptedException {
    for (int attempt = 0; attempt < 300; attempt++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new UncheckedIOException(new IOException("Nothing listens on port " + port));
  }

  @Override
  public void close() throws InterruptedException {
    for (Process server : servers) {
      server.destroy();
      server.waitFor();
    }
  }
}
