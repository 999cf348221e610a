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
 * The daily sync: reads the participants, compares them with Salesforce, sends what differs, waits
 * for the journeys, writes the ids back.
 *
 * <p>One object may run several times, one run at a time; a second one at the same time, here or
 * elsewhere, is refused by the lease. A run that is killed at any moment leaves the store in a
 * state from which the next run goes on. It closes nothing: the ports belong to their builder.
 */
public final class DailySync {

  /** A plan that is older says too little about today. */
  public static final Duration PLAN_EXPIRES = Duration.ofHours(24);

  /** What a process ends with that a scheduler stopped (SIGTERM). */
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
   * Runs, or goes on with a run that was interrupted.
   *
   * @throws SyncException when the run as a whole could not be done; what was sent by then is in
   *     the store, and the next run goes on
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

  /** A run that another one kept away was none, and a stop is no end. */
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

  /** {@code began} is told the run that it comes to. */
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
    // a defect, like a kill, keeps the lease until it runs out: nobody knows what is still under
    // way
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
    // the run is over, whatever comes of its lease
    Optional<SyncException> unused =
        leave(report.state() == RunState.SUSPENDED ? lease::suspend : lease::release);
    return report;
  }

  /** Gives the lease up; one that stays is no more than a wait for others, and told. */
  private Optional<SyncException> leave(Runnable leaving) {
    try {
      leaving.run();
      return Optional.empty();
    } catch (SyncException e) {
      services
          .listener()
          .note(
              "the store cannot be reached, so that its lease stays: until it runs out, within "
                  + settings.leaseDuration().toSeconds()
                  + " seconds, other runs are refused");
      return Optional.of(e);
    }
  }

  /**
   * Asks the run under way to come to an end, from any thread: the call under way is waited for,
   * what it did is kept, and the run is SUSPENDED, so that the next sync goes on with it at once. A
   * run that has written nothing yet fails as UNAVAILABLE. No further run begins here.
   */
  public void stop() {
    stop(STOPPED);
  }

  /**
   * The same, where it is known with which exit code the process will end.
   *
   * @param exitCode is kept with the attempt
   */
  public void stop(int exitCode) {
    stoppedWith = exitCode;
    stopAsked = true;
  }

  /** Whether somebody asked for a stop. */
  public boolean isStopAsked() {
    return stopAsked;
  }
}
