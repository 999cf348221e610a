package edu.cumc.aou.simulator.salesforce;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Node.js with the packages of a lock file. Where Node or the packages cannot be had the test is
 * skipped, and the reason printed; with {@code -Daou.test.clients.required=true} it fails instead.
 */
public final class Node {
  private static final String REQUIRED = "aou.test.clients.required";
  private static final int OLDEST_NODE = 18;
  private static final long MINUTES = 4;

  private final Path folder;

  /** How a process ended and what it printed. */
  public record Outcome(int exitCode, String output) {}

  private Node(Path folder) {
    this.folder = folder;
  }

  /** Copies the scripts to the folder and installs exactly what their lock file names. */
  public static Node withPackagesOf(String what, Path scripts, Path folder) throws IOException {
    Node node = new Node(Files.createDirectories(folder).toAbsolutePath());
    int version = node.version();
    if (version < OLDEST_NODE) {
      skip(what + " needs Node.js " + OLDEST_NODE + " or newer and npm; found " + version);
    }
    boolean installed = isSame(scripts, folder) && Files.exists(folder.resolve("node_modules"));
    try (Stream<Path> files = Files.list(scripts)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!installed) {
      Outcome outcome =
          node.run(Map.of(), npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund");
      if (outcome.exitCode() != 0) {
        skip("npm cannot install the packages of " + scripts + ":\n" + outcome.output());
      }
    }
    return node;
  }

  private static boolean isSame(Path scripts, Path folder) throws IOException {
    String lock = "package-lock.json";
    return Files.exists(folder.resolve(lock))
        && Files.mismatch(scripts.resolve(lock), folder.resolve(lock)) < 0;
  }

  private int version() throws IOException {
    try {
      if (run(Map.of(), npm(), "--version").exitCode() != 0) {
        return 0;
      }
      String version = run(Map.of(), "node", "--version").output().strip();
      return version.matches("v\\d+\\..+")
          ? Integer.parseInt(version.substring(1, version.indexOf('.')))
          : 0;
    } catch (IOException e) {
      // this is how a program that is not installed shows
      return 0;
    }
  }

  private static String npm() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    return windows ? "npm.cmd" : "npm";
  }

  private static void skip(String reason) {
    if (Boolean.getBoolean(REQUIRED)) {
      fail(reason);
    }
    System.out.println("Skipped: " + reason);
    Assumptions.abort(reason);
  }

  /** Runs a script of tests and gives what Node says of them, in TAP. */
  public Outcome test(String script, Map<String, String> environment) throws IOException {
    return run(environment, "node", "--test", "--test-reporter=tap", script);
  }

  /** Runs one of the scripts that were copied. */
  public Outcome runScript(String script, Map<String, String> environment) throws IOException {
    return run(environment, "node", script);
  }

  /**
   * Where the Node of a package is, as long as npm has one for this machine; else the one that is
   * installed, if it is new enough.
   */
  String runtime(int oldest) throws IOException {
    try (Stream<Path> packages = Files.list(folder.resolve("node_modules"))) {
      Optional<Path> packaged =
          packages
              .filter(one -> one.getFileName().toString().startsWith("node-"))
              .map(one -> one.resolve("bin/node"))
              .filter(Files::isExecutable)
              .findFirst();
      if (packaged.isEmpty() && version() < oldest) {
        skip("npm has no Node.js " + oldest + " for this machine, and an older one is installed");
      }
      return packaged.map(Path::toString).orElse("node");
    }
  }

  Path folder() {
    return folder;
  }

  /** Runs a command, and gives what it writes to stdout. */
  Outcome command(Map<String, String> environment, String... command) throws IOException {
    return run(environment, false, command);
  }

  /** Runs a script that is not among those copied. */
  public Outcome run(String name, String script) throws IOException {
    Files.writeString(folder.resolve(name), script);
    return run(Map.of(), "node", name);
  }

  private Outcome run(Map<String, String> environment, String... command) throws IOException {
    return run(environment, true, command);
  }

  private Outcome run(Map<String, String> environment, boolean errorsToo, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(errorsToo);
    if (!errorsToo) {
      builder.redirectError(folder.resolve("errors.txt").toFile());
    }
    builder.environment().putAll(environment);
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        fail(command[0] + " has not ended in time:\n" + Files.readString(output));
      }
      return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
