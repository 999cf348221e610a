package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.runtime.NextSteps;
import edu.cumc.aou.runtime.RunSentence;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.settings.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notice: how a sync ended, and what to do. No personal data.
 *
 * @param occasion how it ended
 * @param recovered whether earlier attempts failed
 * @param run null if it never started
 * @param headline one line that names site and environment
 * @param lines the rest, one thought per line
 */
record Notice(
    Occasion occasion,
    boolean recovered,
    String site,
    Environment environment,
    RunMode mode,
    @Nullable RunId run,
    int exitCode,
    Instant at,
    String headline,
    List<String> lines) {

  Notice {
    lines = List.copyOf(lines);
  }

  /** For a run that has a report. */
  static Notice of(
      NotifySettings settings, SyncReport report, boolean strict, boolean recovered, Instant at) {
    Occasion occasion = Occasion.of(report, strict);
    List<String> lines = new ArrayList<>();
    lines.add(RunSentence.of(report));
    if (recovered) {
      lines.add("The attempts before it had come to nothing; what they left is done.");
    }
    report.trips().forEach(t -> lines.add(t.guard() + ": " + t.message()));
    NextSteps.after(report, strict).forEach(step -> lines.add("To do: " + step));
    lines.add("More: aou-sync status " + report.run());
    if (report.audit().head() != null) {
      lines.add("Audit trail: " + report.audit().head().text());
    }
    return new Notice(
        occasion,
        recovered,
        settings.site(),
        settings.environment(),
        report.mode(),
        report.run(),
        report.exitCode(strict),
        at,
        place(settings) + "run " + report.run() + " " + ending(occasion, recovered),
        lines);
  }

  /** For a run without a report. */
  static Notice of(
      NotifySettings settings,
      RunMode mode,
      RuntimeException failure,
      boolean stopAsked,
      Instant at) {
    Occasion occasion = Occasion.of(failure, stopAsked);
    FailureKind kind = failure instanceof SyncException e ? e.kind() : FailureKind.BUG;
    // The message of any other exception may contain personal data.
    String message =
        failure instanceof SyncException
            ? String.valueOf(failure.getMessage())
            : "a defect of this program: " + failure.getClass().getSimpleName();
    return new Notice(
        occasion,
        false,
        settings.site(),
        settings.environment(),
        mode,
        null,
        kind.exitCode(),
        at,
        place(settings) + "the " + ConfigSection.word(mode) + " " + ending(occasion, false),
        List.of(message, "Exit code " + kind.exitCode() + ". More: aou-sync status"));
  }

  /** A test. */
  static Notice test(NotifySettings settings, Instant at) {
    return new Notice(
        Occasion.DONE,
        false,
        settings.site(),
        settings.environment(),
        RunMode.SYNC,
        null,
        0,
        at,
        place(settings) + "this is a test",
        List.of(
            "Somebody typed aou-sync notify --test. No sync has run, and nothing is to be done."));
  }

  private static String place(NotifySettings settings) {
    String environment = ConfigSection.word(settings.environment());
    return "aou-sync, "
        + (settings.site().isEmpty() ? environment : settings.site() + " " + environment)
        + ": ";
  }

  private static String ending(Occasion occasion, boolean recovered) {
    return switch (occasion) {
      case DONE, RECOVERED -> recovered ? "is done, all is well again" : "is done";
      case PARTIAL -> "is done, and somebody is needed";
      case GUARDED -> "was stopped by a guard";
      case STOPPED -> "was stopped; the next sync goes on";
      case FAILED -> "failed";
      case ALREADY_RUNNING -> "did not begin: another run is active";
    };
  }

  /** Whether a subscriber to these occasions gets this one. */
  boolean isFor(java.util.Set<Occasion> on) {
    return on.contains(occasion) || (recovered && on.contains(Occasion.RECOVERED));
  }

  /** The lines, joined. */
  String text() {
    return String.join("\n", lines);
  }
}
