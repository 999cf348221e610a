package edu.cumc.aou.simulator.salesforce;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long {@code aou-sync simulator} takes from the start of its process to its first answer. */
final class StartBenchmark {
  private static final int RUNS = Integer.getInteger("runs", 5);
  private static final Path JARS = Path.of("../cli-runner/target");
  private static final Path LAUNCHER = Path.of("../dist/src/main/launcher/bin/aou-sync");
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  private StartBenchmark() {}

  /** Prints two figures, if the program is packaged. */
  public static void main(String... args) throws Exception {
    Path jar = JARS.resolve("aou-sync.jar");
    if (!Files.isReadable(jar)) {
      System.out.println("the start is that of the packaged program: first, mvn package");
      return;
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    print("start, java -jar", measure(List.of(java, "-jar", jar.toString())));
    Path home = Files.createTempDirectory("aou-sync-start");
    Files.createDirectory(home.resolve("bin"));
    Files.createDirectory(home.resolve("lib"));
    for (String name : List.of("aou-sync.jar", "aou-sync-lab.jar")) {
      Files.copy(
          JARS.resolve(name),
          home.resolve("lib").resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Path launcher = Files.copy(LAUNCHER, home.resolve("bin/aou-sync"));
    List<String> command = List.of("sh", launcher.toString());
    start(command, home); // makes the archive when it ends
    print("start, by the launcher with its archive", measure(command, home));
  }

  private static void print(String what, double[][] seconds) {
    System.out.printf(
        "%s: %.2f s, of processors %.2f s%n",
        what, PaceBenchmark.middle(seconds[0]), PaceBenchmark.middle(seconds[1]));
  }

  private static double[][] measure(List<String> command) throws Exception {
    return measure(command, Files.createTempDirectory("aou-sync-start"));
  }

  private static double[][] measure(List<String> command, Path home) throws Exception {
    double[][] seconds = new double[2][RUNS];
    for (int i = 0; i < RUNS; i++) {
      double[] one = start(command, home);
      seconds[0][i] = one[0];
      seconds[1][i] = one[1];
    }
    return seconds;
  }

  private static double[] start(List<String> program, Path home) throws Exception {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("simulator", "--port", "0"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("AOU_CACHE_DIR", home.resolve("cache").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    long began = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader()) {
      Matcher url = URL.matcher(String.valueOf(out.readLine()));
      if (!url.find()) {
        throw new IllegalStateException("the simulator did not start");
      }
      HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url.group() + "/services/data")).build(),
              HttpResponse.BodyHandlers.discarding());
      double elapsed = (System.nanoTime() - began) / 1e9;
      Duration busy = process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
      process.destroy();
      process.waitFor(1, TimeUnit.MINUTES);
      return new double[] {elapsed, busy.toMillis() / 1e3};
    } finally {
      process.destroyForcibly();
    }
  }
}
