package edu.cumc.aou.sync;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Deadline;
import edu.cumc.aou.sync.run.FailedAttempts;
import edu.cumc.aou.sync.run.LeaseKeeper;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the daily sync: reads the participants, compares them with Salesforce, sends what differs,
 * waits for the journeys, and writes the ids back.
 *
 * <p>One object may run several times, one run at a time. The lease refuses a second run at the
 * same time, here or elsewhere. A run may be killed at any moment: the store then holds all that
 * the next run needs to go on. It closes no port: their builder does.
 */
public final class DailySync {

  /** An older plan says too little about today. */
  public static final Duration PLAN_EXPIRES = Duration.ofHours(24);

  /** The exit code of a process that a scheduler stopped (SIGTERM). */
  public static final int STOPPED = 143;

  private final RunServices services;
  private final SyncSettings settings;
  private volatile boolean stopAsked;
  private volatile int stoppedWith = STOPPED;

  public DailySync(RunServices services, SyncSettings settings) {
    this.services = Objects.requireNonNull(services, "services");
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  /**
   * Starts a run, or resumes an interrupted one.
   *
   * @throws SyncException when the run as a whole failed; the store keeps what was sent by then,
   *     and the next run goes on
   */
  public SyncReport run(SyncRequest request) {
    AtomicReference<@Nullable RunId> current = new AtomicReference<>();
    try {
      SyncReport report = attempt(request, current::set);
      if (report.state() == RunState.SUSPENDED && stopAsked) {
        new FailedAttempts(services).keepStop(attempted(request), report.run(), stoppedWith);
      }
      return report;
    } catch (RuntimeException e) {
      new FailedAttempts(services)
          .keep(attempted(request), current.get(), e, stopAsked ? stoppedWith : 0);
      afterFailure(request, current.get(), e);
      throw e;
    }
  }

  /** People call a plan of an undo an undo. */
  private static RunMode attempted(SyncRequest request) {
    return request.undoneRun().isPresent() ? RunMode.UNDO : request.mode();
  }

  /**
   * A run that another run kept away never started, and a stopped run has not ended: neither
   * counts.
   */
  private void afterFailure(SyncRequest request, @Nullable RunId run, RuntimeException cause) {
    FailureKind kind = cause instanceof SyncException e ? e.kind() : FailureKind.BUG;
    if (kind == FailureKind.ALREADY_RUNNING || stopAsked) {
      return;
    }
    services
        .hooks()
        .after(run, request.mode(), kind.exitCode(), () -> {})
        .ifPresent(failed -> services.listener().note(failed.guard() + ": " + failed.message()));
  }

  /** Tells {@code began} which run it starts or resumes. */
  private SyncReport attempt(SyncRequest request, Consumer<RunId> began) {
    Deadline deadline =
        new Deadline(request.deadline(), request.patience(), services.clock(), () -> stopAsked);
    deadline.requireNotStopped();
    services.store().verify();
    LeaseKeeper lease =
        LeaseKeeper.acquire(
            services.store(),
            services.clock(),
            services.pause(),
            request.holder(),
            settings.leaseDuration());
    // A defect keeps the lease until it expires, as a kill does: nobody knows what is still in
    // progress.
    SyncReport report;
    try {
      HeldRun run =
          new HeldRun(services.withStore(lease.store()), settings, lease, request, deadline, began);
      report = lease.during(run::run);
    } catch (SyncException e) {
      if (e.kind() != FailureKind.ALREADY_RUNNING) {
        leave(lease::release).ifPresent(e::addSuppressed);
      }
      throw e;
    }
    // The run is over, even if its lease cannot be given up.
    Optional<SyncException> unused =
        leave(report.state() == RunState.SUSPENDED ? lease::suspend : lease::release);
    return report;
  }

  /**
   * Gives the lease up. If that fails, others wait until it expires, so the failure is only
   * reported.
   */
  private Optional<SyncException> leave(Runnable leaving) {
    try {
      leaving.run();
      return Optional.empty();
    } catch (SyncException e) {
      services
          .listener()
          .note(
              "the store does not answer, so its lease stays: other runs are refused until it expires,"
                  + " within "
                  + settings.leaseDuration().toSeconds()
                  + " seconds");
      return Optional.of(e);
    }
  }

  /**
   * Asks the current run to stop; any thread may call this. The run finishes its current call,
   * keeps the result and becomes SUSPENDED, so that the next sync goes on with it at once. A run
   * that has written nothing yet fails as UNAVAILABLE. No further run starts here.
   */
  public void stop() {
    stop(STOPPED);
  }

  /**
   * Stops as {@link #stop()} does, when the exit code of the process is already known.
   *
   * @param exitCode kept with the attempt
   */
  public void stop(int exitCode) {
    stoppedWith = exitCode;
    stopAsked = true;
  }

  /** Whether a stop was requested. */
  public boolean isStopAsked() {
    return stopAsked;
  }
}
