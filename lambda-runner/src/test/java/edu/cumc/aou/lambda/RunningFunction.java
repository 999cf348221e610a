package edu.cumc.aou.lambda;

import edu.cumc.aou.lambda.RuntimeApi.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The packaged function in a process of its own, started by the runtime client that Lambda itself
 * uses, in the unpacked package, against a Runtime API on this machine.
 */
final class RunningFunction implements AutoCloseable {

  private static final String RUNTIME_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String OWN_NATIVE_LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final String HANDLER = "edu.cumc.aou.lambda.SyncHandler::handleRequest";

  /** Those of the template, as a test of it says. */
  static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Nothing is expected to take so long; without it a defect would hang the build. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RuntimeApi api = new RuntimeApi();
  private final Process process;
  private final Path out;
  private final Path err;

  private RunningFunction(
      InstalledJava java, Path directory, Map<String, String> environment, List<String> flags)
      throws IOException {
    Path library = directory.resolve("libaws-lambda-jni.so");
    if (!Files.exists(library)) {
      Zip.copyResource(RunningFunction.class, "/jni/" + nativeLibrary(), library);
    }
    List<String> command = new ArrayList<>();
    command.add(java.launcher().toString());
    command.add("-Xmx512m");
    command.addAll(flags);
    if (java.feature() > 17) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-D" + OWN_NATIVE_LIBRARY + "=" + library);
    command.addAll(List.of("-cp", classPath(), RUNTIME_CLIENT, HANDLER));
    out = directory.resolve("stdout");
    err = directory.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.resolve("task").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "aou-sync");
    builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
    builder.environment().put("AWS_REGION", "us-east-1");
    builder.environment().put("TZ", ":UTC");
    process = builder.start();
  }

  /**
   * Starts the function.
   *
   * @param directory where the package was unpacked, in {@code task}
   * @param environment all its variables but those of Lambda itself
   */
  static RunningFunction start(InstalledJava java, Path directory, Map<String, String> environment)
      throws IOException {
    return start(java, directory, environment, FLAGS);
  }

  /** The same with other flags of Java than the template's. */
  static RunningFunction start(
      InstalledJava java, Path directory, Map<String, String> environment, List<String> flags)
      throws IOException {
    return new RunningFunction(java, directory, environment, flags);
  }

  private static String nativeLibrary() {
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    return "libaws-lambda-jni.linux-" + arch + ".so";
  }

  /** The runtime client, which Lambda brings along, and the H2 driver, which a layer would. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                new File(entry).getName().matches("(aws-lambda-java|utils-lite|annotations|h2)-.*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Invokes it and waits for what comes of it. */
  Outcome invoke(String event, Duration left) {
    return first(api.invoke(event, left));
  }

  /** Waits until it says that it cannot be made, and ends. */
  String initError() {
    String document = first(api.initError());
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the function still runs after its init error");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return document;
  }

  private <T> T first(CompletableFuture<T> awaited) {
    CompletableFuture<Process> end = process.onExit();
    try {
      CompletableFuture.anyOf(awaited, end).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!awaited.isDone()) {
        throw new AssertionError("the function ended with " + end.get().exitValue() + log());
      }
      return awaited.get();
    } catch (TimeoutException e) {
      throw new AssertionError("the function did not answer" + log(), e);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Begins an invocation. */
  CompletableFuture<Outcome> begin(String event, Duration left) {
    return api.invoke(event, left);
  }

  /** Halts the process, as Lambda does with an environment between two invocations. */
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
      if (status != 0) {
        throw new AssertionError("kill ended with " + status);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What it has used of the processors. */
  Duration processors() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitValue() {
    return process.exitValue();
  }

  /** All that it printed. */
  String log() {
    try {
      return Files.readString(out) + Files.readString(err);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets it end by itself. */
  void end() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
  }
}
