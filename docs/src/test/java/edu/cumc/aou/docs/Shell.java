package edu.cumc.aou.docs;

import edu.cumc.aou.cli.Program;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.sync.run.RunServices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a shell as the manual uses: {@code aou-sync} with arguments, quoted or not, {@code >
 * FILE}, a closing {@code &}, and {@code cat >> FILE <<END}. The program runs in this process, in
 * virtual time; a simulator listens at a free port.
 */
final class Shell implements AutoCloseable {

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final Pattern HERE =
      Pattern.compile("cat >> (\\S+) <<END\\n(.*)END", Pattern.DOTALL);
  private static final String PROGRAM = "aou-sync ";
  private static final String JAR = "java -jar cli-runner/target/aou-sync.jar ";

  private final Path directory;
  private final VirtualTime time;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Thread> background = new ArrayList<>();
  private UnaryOperator<RunServices> edges = UnaryOperator.identity();

  /** What a command printed, and its exit code. */
  record Result(int exitCode, String out, String err) {}

  Shell(Path directory) {
    this(directory, new VirtualTime(Instant.parse("2026-01-05T11:00:00Z")));
  }

  Shell(Path directory, VirtualTime time) {
    this.directory = directory;
    this.time = time;
  }

  /** Puts something around what the next runs talk to. */
  void edges(UnaryOperator<RunServices> around) {
    edges = around;
  }

  Result run(String command) {
    Matcher here = HERE.matcher(command.strip());
    if (here.matches()) {
      write(here.group(1), here.group(2).replace("$PWD", directory.toString()));
      return new Result(0, "", "");
    }
    String line = command.strip().replaceFirst("\\s+# .*", "");
    if (line.startsWith(JAR)) {
      line = PROGRAM + line.substring(JAR.length());
    }
    if (!line.startsWith(PROGRAM)) {
      throw new IllegalArgumentException("the manual's shell does not know: " + line);
    }
    List<String> words = words(line.substring(PROGRAM.length()));
    boolean inBackground = words.remove("&");
    int redirect = words.indexOf(">>");
    String file = redirect < 0 ? "" : words.get(redirect + 1);
    List<String> arguments = new ArrayList<>(redirect < 0 ? words : words.subList(0, redirect));
    if (arguments.get(0).equals("simulator") && !arguments.contains("--port")) {
      // the usual port may be taken on the machine that tests this
      arguments.addAll(List.of("--port", "0"));
    }
    return inBackground ? begin(arguments, file) : finish(arguments, file, () -> {});
  }

  private Result begin(List<String> arguments, String file) {
    CountDownLatch serving = new CountDownLatch(1);
    List<Result> ended = new ArrayList<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Thread thread =
        new Thread(
            () -> {
              ended.add(
                  execute(
                      arguments,
                      out,
                      () -> {
                        write(file, out.toString(StandardCharsets.UTF_8));
                        serving.countDown();
                        await(stop);
                      }));
              serving.countDown();
            },
            "manual-background");
    background.add(thread);
    thread.start();
    await(serving);
    if (!ended.isEmpty()) {
      throw new IllegalStateException("ended at once: " + ended);
    }
    return new Result(0, "", "");
  }

  private Result finish(List<String> arguments, String file, Runnable untilStopped) {
    Result result = execute(arguments, new ByteArrayOutputStream(), untilStopped);
    if (file.isEmpty()) {
      return result;
    }
    write(file, result.out());
    return new Result(result.exitCode(), "", result.err());
  }

  private Result execute(List<String> arguments, ByteArrayOutputStream out, Runnable untilStopped) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    World world = new World(Map.of(), directory, time, time, false, untilStopped, edges);
    int exitCode =
        Program.run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            world);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word =
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      words.add(word.replace("$PWD", directory.toString()));
    }
    return words;
  }

  private void write(String file, String text) {
    try {
      Files.writeString(
          directory.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nothing happened for ten minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop.countDown();
    for (Thread thread : background) {
      try {
        thread.join(TimeUnit.MINUTES.toMillis(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
