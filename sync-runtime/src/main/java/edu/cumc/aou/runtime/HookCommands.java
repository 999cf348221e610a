package edu.cumc.aou.runtime;

import edu.cumc.aou.runtime.HookSettings.Command;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.RunHooks;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a site's commands around a run. They inherit no variable of this program's, which may be
 * secrets; their output is dropped, because it may be personal data.
 */
final class HookCommands implements RunHooks {

  private static final String BEFORE = "hooks.before-run";
  private static final String AFTER = "hooks.after-run";
  private static final String OURS = "AOU_";

  /** The code for "try again later" in sysexits.h. */
  private static final int LATER = 75;

  /** Often enough for the lease, which needs a sign of life every 20 seconds. */
  private static final long LOOK_MILLIS = 5_000;

  private final HookSettings settings;

  HookCommands(HookSettings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<GuardTrip> before(RunId run, RunMode mode, Runnable signOfLife) {
    return settings
        .before()
        .flatMap(
            command -> {
              int code =
                  exitCode(BEFORE, command, Map.of("AOU_RUN", run.toString()), mode, signOfLife);
              if (code == LATER) {
                throw new SyncException(
                    FailureKind.UNAVAILABLE,
                    BEFORE
                        + ": the command says to try again later (exit code 75). Nothing was"
                        + " changed; run again then.");
              }
              return trip(BEFORE, command, code, "nothing was sent; make ready what it waits for");
            });
  }

  @Override
  public Optional<GuardTrip> after(
      @Nullable RunId run, RunMode mode, int exitCode, Runnable signOfLife) {
    Map<String, String> variables =
        Map.of(
            "AOU_RUN",
            run == null ? "" : run.toString(),
            "AOU_EXIT_CODE",
            String.valueOf(exitCode));
    return settings
        .after()
        .flatMap(
            command ->
                trip(
                    AFTER,
                    command,
                    exitCode(AFTER, command, variables, mode, signOfLife),
                    "the run itself is over; run by hand what the command should have done"));
  }

  private static Optional<GuardTrip> trip(String setting, Command command, int code, String then) {
    if (code == 0) {
      return Optional.empty();
    }
    String what =
        code == Outcome.TOO_LATE
            ? "the command did not end within " + command.timeout().toSeconds() + " s and was ended"
            : code == Outcome.NOT_STARTED
                ? "the command cannot be started: check the path, and that this user may run it"
                : "the command ended with exit code " + code;
    return Optional.of(new GuardTrip(setting, what + "; " + then));
  }

  /** Codes that no command ends with. */
  private static final class Outcome {
    static final int TOO_LATE = -1;
    static final int NOT_STARTED = -2;

    private Outcome() {}
  }

  private static int exitCode(
      String setting,
      Command command,
      Map<String, String> variables,
      RunMode mode,
      Runnable signOfLife) {
    ProcessBuilder builder =
        new ProcessBuilder(command.words())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith(OURS));
    builder.environment().putAll(variables);
    builder.environment().put("AOU_MODE", ConfigSection.word(mode));
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return Outcome.NOT_STARTED;
    }
    try {
      return await(process, command, signOfLife);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(FailureKind.UNAVAILABLE, setting + ": interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static int await(Process process, Command command, Runnable signOfLife)
      throws InterruptedException {
    long end = System.nanoTime() + command.timeout().toNanos();
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return Outcome.TOO_LATE;
      }
      if (process.waitFor(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      signOfLife.run();
    }
  }
}
