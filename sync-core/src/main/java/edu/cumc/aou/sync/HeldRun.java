package edu.cumc.aou.sync;

import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.run.ApplyStage;
import edu.cumc.aou.sync.run.Deadline;
import edu.cumc.aou.sync.run.DeadlineReachedException;
import edu.cumc.aou.sync.run.LeaseKeeper;
import edu.cumc.aou.sync.run.MirrorRefresher;
import edu.cumc.aou.sync.run.PlanApproval;
import edu.cumc.aou.sync.run.PlanStage;
import edu.cumc.aou.sync.run.Preparation;
import edu.cumc.aou.sync.run.Quarantine;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.RunContext;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.run.StepClock;
import edu.cumc.aou.sync.run.StepClock.Beginning;
import edu.cumc.aou.sync.run.UndoStage;
import java.util.List;
import java.util.Optional;

/** One run, or the rest of one, by the holder of the lease. Not thread-safe. */
final class HeldRun {

  private final RunServices services;
  private final SyncSettings settings;
  private final LeaseKeeper lease;
  private final SyncRequest request;
  private final Deadline deadline;

  /** {@code services}: with the store of the lease's holder. */
  HeldRun(
      RunServices services,
      SyncSettings settings,
      LeaseKeeper lease,
      SyncRequest request,
      Deadline deadline) {
    this.services = services;
    this.settings = settings;
    this.lease = lease;
    this.request = request;
    this.deadline = deadline;
  }

  SyncReport run() {
    Beginning beginning = Beginning.of(services);
    checkUp();
    Preparation preparation = Preparation.of(services, settings);
    services.store().runs().unfinishedPlans().forEach(this::giveUp);
    Optional<Run> unfinished =
        request.mode() == RunMode.PLAN ? Optional.empty() : services.store().runs().unfinished();
    if (unfinished.isEmpty() || !goesOn(unfinished.get())) {
      return runAfresh(preparation, beginning);
    }
    if (request.approvedPlan().isPresent()) {
      throw unfinished(
          "--plan", unfinished.get(), ", then make a new plan with aou-sync plan --out FILE");
    }
    if (request.mode() == RunMode.RETRY || request.mode() == RunMode.UNDO) {
      throw unfinished(ConfigSection.word(request.mode()), unfinished.get(), ", then this again");
    }
    return resume(preparation, unfinished.get(), beginning);
  }

  private static SyncException unfinished(String what, Run run, String then) {
    return new SyncException(
        FailureKind.CONFIG,
        what
            + ": run "
            + run.id()
            + " was interrupted and must be finished first. Nothing was changed; run aou-sync sync"
            + then
            + ". If that run cannot be finished, give it up: aou-sync abandon "
            + run.id()
            + ".");
  }

  private void checkUp() {
    long warnings =
        CheckUp.beforeRun(services, settings).stream()
            .filter(f -> f.level() == Finding.Level.WARNING)
            .count();
    if (warnings > 0) {
      services
          .listener()
          .note(
              "check-up: "
                  + warnings
                  + (warnings == 1 ? " warning" : " warnings")
                  + ", see aou-sync check");
    }
  }

  /** Whether an unfinished run is worth going on with; gives it up if not. */
  private boolean goesOn(Run run) {
    boolean planned = run.state() == RunState.APPLYING || run.state() == RunState.SUSPENDED;
    if (planned) {
      return true;
    }
    giveUp(run);
    services
        .listener()
        .note("run " + run.id() + " was interrupted before its first write; starting afresh");
    return false;
  }

  private void giveUp(Run run) {
    services.store().changes().discard(run.id());
    services.store().runs().finish(run.id(), RunState.ABANDONED, services.clock().instant());
  }

  private SyncReport runAfresh(Preparation preparation, Beginning beginning) {
    RunId run =
        services
            .store()
            .runs()
            .create(
                request.mode(),
                preparation.org().id(),
                preparation.mapping().fingerprint(),
                services.clock().instant());
    services.listener().runStarted(run, request.mode(), false);
    StepClock steps = new StepClock(services, run, lease);
    steps.keep(SyncStep.PREPARE, beginning);
    RunContext context = new RunContext(services, settings, preparation, run, lease, deadline);
    PlanStage plan = new PlanStage(context);
    UndoStage undo = new UndoStage(context);
    Optional<RunId> undone = request.undoneRun();
    try {
      undone.ifPresent(undo::check);
      undone.ifPresent(u -> services.store().runs().noteUndone(run, u));
      request
          .approvedPlan()
          .ifPresent(
              a ->
                  PlanApproval.check(
                      services, a, preparation, request.undo(), DailySync.PLAN_EXPIRES));
      // a source that is wrong is a good reason to take back what came of it
      List<GuardTrip> trips = undone.isPresent() ? List.of() : plan.checkSource();
      if (trips.isEmpty()) {
        steps.step(
            SyncStep.REFRESH_MIRROR,
            () -> new MirrorRefresher(context).refreshAndVerify(request.full()));
        deadline.requireNotStopped();
        steps.step(
            SyncStep.PLAN,
            () -> undone.ifPresentOrElse(u -> undo.plan(run, u), () -> plan.plan(request.only())));
        request.approvedPlan().ifPresent(a -> PlanApproval.restrict(services, run, a));
        trips = steps.step(SyncStep.CHECK_GUARDS, () -> plan.checkPlan(request));
      }
      deadline.requireNotStopped();
      if (!trips.isEmpty()) {
        services.store().runs().noteTrips(run, trips);
        return finish(run, RunState.GUARDED);
      }
      if (request.mode() == RunMode.PLAN) {
        return finish(run, RunState.PLANNED);
      }
      if (request.mode() == RunMode.RETRY) {
        new Quarantine(context).lift(request.only());
      }
    } catch (SyncException e) {
      fail(run, e);
      throw e;
    }
    services.store().runs().setState(run, RunState.APPLYING);
    return apply(context, steps, Resumed.NO);
  }

  /** Whether a run goes on, and after what. */
  private enum Resumed {
    NO,
    AFTER_STOP,
    AFTER_KILL
  }

  private SyncReport resume(Preparation preparation, Run run, Beginning beginning) {
    services.listener().runStarted(run.id(), run.mode(), true);
    if (!run.mappingFingerprint().equals(preparation.mapping().fingerprint())) {
      services
          .listener()
          .note(
              "the mapping changed since run "
                  + run.id()
                  + " was planned; what it planned is sent first");
    }
    services.store().runs().setState(run.id(), RunState.APPLYING);
    StepClock steps = new StepClock(services, run.id(), lease);
    steps.keep(SyncStep.PREPARE, beginning);
    Resumed resumed = lease.isTakenOver() ? Resumed.AFTER_KILL : Resumed.AFTER_STOP;
    RunContext context = new RunContext(services, settings, preparation, run.id(), lease, deadline);
    try {
      return apply(context, steps, resumed);
    } catch (SyncException e) {
      if (e.kind() != FailureKind.ALREADY_RUNNING) {
        noteAbandon(run.id());
      }
      throw e;
    } catch (RuntimeException e) {
      noteAbandon(run.id());
      throw e;
    }
  }

  private void noteAbandon(RunId run) {
    services
        .listener()
        .note(
            "run "
                + run
                + " did not come to its end; the next sync goes on with it. If it stops there again,"
                + " give it up: aou-sync abandon "
                + run);
  }

  private SyncReport apply(RunContext context, StepClock steps, Resumed resumed) {
    RunId run = context.run();
    ApplyStage stage = new ApplyStage(context, steps);
    try {
      if (resumed != Resumed.NO) {
        Beginning beginning = Beginning.of(services);
        stage.settleInterrupted(resumed == Resumed.AFTER_KILL);
        stage.lookAgain(isUndo(run));
        steps.keep(SyncStep.PREPARE, beginning);
      }
      stage.apply();
    } catch (DeadlineReachedException e) {
      services
          .listener()
          .note(
              (deadline.isStopAsked() ? "stopped as asked" : "the time is over")
                  + "; the next sync goes on with run "
                  + run);
      lease.renew();
      services.store().runs().setState(run, RunState.SUSPENDED);
      return report(run);
    }
    return finish(run, RunState.DONE);
  }

  private boolean isUndo(RunId run) {
    return services.store().runs().find(run).filter(r -> r.undone() != null).isPresent();
  }

  private SyncReport finish(RunId run, RunState state) {
    lease.renew();
    services.store().personalData().forgetAgain();
    services.store().runs().finish(run, state, services.clock().instant());
    SyncReport report = report(run);
    boolean counted = state == RunState.DONE || state == RunState.PLANNED;
    if (counted && !(report.contacts().holds() && report.journeys().holds())) {
      throw new SyncException(
          FailureKind.BUG,
          "the balance of run "
              + run
              + " does not hold: rows were read that are in no outcome. Please report this.");
    }
    return report;
  }

  private SyncReport report(RunId run) {
    Run found =
        services
            .store()
            .runs()
            .find(run)
            .orElseThrow(
                () -> new SyncException(FailureKind.BUG, "run " + run + " is gone from the store"));
    return Reports.of(services.store(), found);
  }

  private void fail(RunId run, SyncException cause) {
    if (cause.kind() == FailureKind.ALREADY_RUNNING) {
      // whoever has taken over has given this run up
      return;
    }
    try {
      services.store().changes().discard(run);
      services.store().runs().finish(run, RunState.FAILED, services.clock().instant());
    } catch (SyncException e) {
      cause.addSuppressed(e);
    }
  }
}
