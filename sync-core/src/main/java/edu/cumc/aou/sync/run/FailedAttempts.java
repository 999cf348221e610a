package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what stopped a run, where the store answers: the next look at {@code status} tells it. It
 * never hides the failure that it keeps.
 */
public final class FailedAttempts {

  private final RunServices services;

  public FailedAttempts(RunServices services) {
    this.services = services;
  }

  /**
   * Keeps a failure.
   *
   * @param run the run it came to; null if it came to none
   * @param stoppedWith what the process ends with if somebody asked for the stop; else 0
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

  /** Keeps that somebody stopped a run, which the next sync goes on with. */
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
