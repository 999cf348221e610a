package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Stores what stopped a run, if the store answers, so that {@code status} can tell it. It never
 * hides the failure itself.
 */
public final class FailedAttempts {

  private final RunServices services;

  public FailedAttempts(RunServices services) {
    this.services = services;
  }

  /**
   * Stores a failure.
   *
   * @param run the run that it belongs to; null if there is none yet
   * @param stoppedWith the process's exit code if a stop was requested; else 0
   */
  public void keep(RunMode mode, @Nullable RunId run, RuntimeException failure, int stoppedWith) {
    FailureKind kind = failure instanceof SyncException e ? e.kind() : FailureKind.BUG;
    String message =
        failure instanceof SyncException e
            ? String.valueOf(e.getMessage())
            : "a defect of this program: " + failure.getClass().getSimpleName();
    boolean byHand = stoppedWith != 0 && kind == FailureKind.UNAVAILABLE;
    Attempt attempt =
        new Attempt(
            services.clock().instant(),
            mode,
            run,
            byHand ? Attempt.STOPPED : ConfigSection.word(kind),
            message,
            byHand ? stoppedWith : kind.exitCode());
    try {
      services.store().attempts().add(attempt);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Stores that a run was stopped on request; the next sync resumes it. */
  public void keepStop(RunMode mode, RunId run, int exitCode) {
    services
        .store()
        .attempts()
        .add(
            new Attempt(
                services.clock().instant(),
                mode,
                run,
                Attempt.STOPPED,
                "the next sync goes on with run " + run,
                exitCode));
  }
}
