package edu.cumc.aou.sync;

import edu.cumc.aou.sync.check.CheckUp;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.UnreadableMirrorException;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.ApplyStage;
import edu.cumc.aou.sync.run.Approvals;
import edu.cumc.aou.sync.run.AuditWatch;
import edu.cumc.aou.sync.run.BeforePlan;
import edu.cumc.aou.sync.run.Deadline;
import edu.cumc.aou.sync.run.DeadlineReachedException;
import edu.cumc.aou.sync.run.LeaseKeeper;
import edu.cumc.aou.sync.run.MirrorRefresher;
import edu.cumc.aou.sync.run.OrgWatch;
import edu.cumc.aou.sync.run.PlanApproval;
import edu.cumc.aou.sync.run.PlanStage;
import edu.cumc.aou.sync.run.Preparation;
import edu.cumc.aou.sync.run.Quarantine;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.RunContext;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.run.SiteHooks;
import edu.cumc.aou.sync.run.Standstill;
import edu.cumc.aou.sync.run.StepClock;
import edu.cumc.aou.sync.run.StepClock.Beginning;
import edu.cumc.aou.sync.run.UndoStage;
import edu.cumc.aou.sync.run.UnfinishedRuns;
import edu.cumc.aou.sync.run.UnreadableMirror;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One run, or the rest of one, carried out by the holder of the lease. Not thread-safe. */
final class HeldRun {

  /** A run may run out of time this many times in a row without progress. */
  private static final int MOST_STOPS = 3;

  private final RunServices services;
  private final SyncSettings settings;
  private final LeaseKeeper lease;
  private final SyncRequest request;
  private final Deadline deadline;
  private final Consumer<RunId> began;

  /**
   * @param services with the store of the lease's holder
   * @param began told which run starts or resumes
   */
  HeldRun(
      RunServices services,
      SyncSettings settings,
      LeaseKeeper lease,
      SyncRequest request,
      Deadline deadline,
      Consumer<RunId> began) {
    this.services = services;
    this.settings = settings;
    this.lease = lease;
    this.request = request;
    this.deadline = deadline;
    this.began = began;
  }

  SyncReport run() {
    Beginning beginning = Beginning.of(services);
    checkUp();
    Preparation preparation = Preparation.of(services, settings);
    UnfinishedRuns runs = new UnfinishedRuns(services);
    runs.giveUpPlans();
    Optional<Run> unfinished =
        request.mode() == RunMode.PLAN ? Optional.empty() : services.store().runs().unfinished();
    unfinished.ifPresent(runs::requireReadable);
    if (unfinished.filter(r -> planGoesOn(r, preparation)).isPresent()) {
      return planAndApply(unfinished.get().id(), true, preparation, beginning);
    }
    if (unfinished.isEmpty() || !runs.goesOn(unfinished.get())) {
      return runAfresh(preparation, beginning);
    }
    if (request.approvedPlan().isPresent()) {
      throw UnfinishedRuns.inTheWay(
          "--plan", unfinished.get(), ", then make a new plan with aou-sync plan --out FILE");
    }
    if (request.mode() == RunMode.RETRY || request.mode() == RunMode.UNDO) {
      throw UnfinishedRuns.inTheWay(
          ConfigSection.word(request.mode()), unfinished.get(), ", then this again");
    }
    return resume(preparation, unfinished.get(), beginning);
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

  /** Whether this request resumes a run that ran out of time before it had a plan. */
  private boolean planGoesOn(Run run, Preparation preparation) {
    return run.state() == RunState.SUSPENDED
        && run.isBeforeItsPlan()
        && isPlainSync()
        && run.mode() == RunMode.SYNC
        && run.orgId().equals(preparation.org().id())
        && run.mappingFingerprint().equals(preparation.mapping().fingerprint());
  }

  private boolean isPlainSync() {
    return request.mode() == RunMode.SYNC && request.approvedPlan().isEmpty();
  }

  private SyncReport runAfresh(Preparation preparation, Beginning beginning) {
    request.undoneRun().ifPresent(u -> UndoStage.check(services, preparation, u));
    RunId run =
        services
            .store()
            .runs()
            .create(
                request.mode(),
                preparation.org().id(),
                preparation.mapping().fingerprint(),
                services.clock().instant());
    if (request.mode() == RunMode.PLAN) {
      new UnfinishedRuns(services).noteBefore(run);
    }
    return planAndApply(run, false, preparation, beginning);
  }

  private SyncReport planAndApply(
      RunId run, boolean resumed, Preparation preparation, Beginning beginning) {
    began.accept(run);
    services.listener().runStarted(run, request.mode(), resumed);
    AuditWatch.look(services, run, lease);
    BeforePlan beforePlan = new BeforePlan(services, run);
    services.store().runs().setState(run, RunState.PLANNING);
    StepClock steps = new StepClock(services, run, lease);
    steps.keep(SyncStep.PREPARE, beginning);
    RunContext context = new RunContext(services, settings, preparation, run, lease, deadline);
    PlanStage plan = new PlanStage(context);
    UndoStage undo = new UndoStage(context);
    Optional<RunId> undone = request.undoneRun();
    try {
      undone.ifPresent(u -> services.store().runs().noteUndone(run, u));
      request
          .approvedPlan()
          .ifPresent(
              a ->
                  PlanApproval.check(
                      services, a, preparation, request.undo(), DailySync.PLAN_EXPIRES));
      Approvals.enter(services.store(), settings, request, run);
      Beginning looking = Beginning.of(services);
      if (OrgWatch.look(services, preparation, run, request.mode(), plan.lastGood())) {
        steps.keep(SyncStep.PREPARE, looking);
      }
      List<GuardTrip> trips = new SiteHooks(services, lease).before(run, request.mode());
      if (trips.isEmpty() && undone.isEmpty()) {
        // An undo does not check the source: a wrong source is a good reason for an undo.
        trips = plan.checkSource();
      }
      if (trips.isEmpty()) {
        Runnable planning =
            () ->
                undone.ifPresentOrElse(
                    u -> undo.plan(run, u, request.deleteCreated()),
                    () -> plan.plan(request.only()));
        try {
          steps.step(
              SyncStep.REFRESH_MIRROR,
              () -> beforePlan.refreshMirror(new MirrorRefresher(context), request.full()));
          plan(steps, planning);
        } catch (UnreadableMirrorException e) {
          services.store().changes().discard(run);
          steps.step(SyncStep.REFRESH_MIRROR, new UnreadableMirror(context)::readAnew);
          plan(steps, planning);
        }
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
    } catch (DeadlineReachedException e) {
      return outOfTime(run, beforePlan);
    } catch (SyncException e) {
      fail(run, e);
      throw e;
    }
    if (resumed) {
      services.store().runs().addTallies(run, Tallies.of(Map.of(RunTable.BEFORE_ITS_PLAN, 0L)));
    }
    services.store().runs().setState(run, RunState.APPLYING);
    return apply(context, steps, Resumed.NO);
  }

  private void plan(StepClock steps, Runnable planning) {
    deadline.requireNotStopped();
    deadline.requireTime();
    steps.step(SyncStep.PLAN, planning);
  }

  /**
   * Ends a run that has no plan when its time is up. The mirror keeps what was read of Salesforce,
   * and the next sync goes on. A run that stops too often without progress fails.
   */
  private SyncReport outOfTime(RunId run, BeforePlan beforePlan) {
    long stops = beforePlan.stops();
    try {
      deadline.requireNotStopped();
      if (!isPlainSync() || stops > MOST_STOPS) {
        throw new SyncException(
            FailureKind.UNAVAILABLE,
            "the run ran out of time before it had a plan"
                + (isPlainSync() ? ", for the " + stops + "th time in a row without progress" : "")
                + ": nothing was changed in Salesforce. Allow a run more time, or run aou-sync sync"
                + " once from the command line.");
      }
    } catch (SyncException e) {
      fail(run, e);
      throw e;
    }
    lease.renew();
    services.store().changes().discard(run);
    services.store().runs().addTallies(run, beforePlan.tallies());
    services.store().runs().setState(run, RunState.SUSPENDED);
    services
        .listener()
        .note(
            "the run ran out of time before its plan was complete; the next sync goes on with run "
                + run);
    return report(run);
  }

  /** Whether a run goes on, and after which state. */
  private enum Resumed {
    NO,
    AFTER_STOP,
    AFTER_KILL
  }

  private SyncReport resume(Preparation preparation, Run run, Beginning beginning) {
    began.accept(run.id());
    services.listener().runStarted(run.id(), run.mode(), true);
    AuditWatch.look(services, run.id(), lease);
    if (!run.mappingFingerprint().equals(preparation.mapping().fingerprint())) {
      services
          .listener()
          .note(
              "the mapping changed since run "
                  + run.id()
                  + " was planned; what it planned is sent first");
    }
    new SiteHooks(services, lease).requireReady(run.id(), run.mode());
    services.store().runs().setState(run.id(), RunState.APPLYING);
    StepClock steps = new StepClock(services, run.id(), lease);
    steps.keep(SyncStep.PREPARE, beginning);
    Resumed resumed = lease.isTakenOver() ? Resumed.AFTER_KILL : Resumed.AFTER_STOP;
    RunContext context = new RunContext(services, settings, preparation, run.id(), lease, deadline);
    try {
      return apply(context, steps, resumed);
    } catch (SyncException e) {
      if (e.kind() != FailureKind.ALREADY_RUNNING) {
        new UnfinishedRuns(services).tellHowToGiveUp(run.id());
      }
      throw e;
    } catch (RuntimeException e) {
      new UnfinishedRuns(services).tellHowToGiveUp(run.id());
      throw e;
    }
  }

  private SyncReport apply(RunContext context, StepClock steps, Resumed resumed) {
    ApplyStage stage = new ApplyStage(context, steps);
    Standstill standstill = new Standstill(context);
    try {
      if (resumed != Resumed.NO) {
        Beginning beginning = Beginning.of(services);
        new UnreadableMirror(context)
            .mended(
                () -> {
                  stage.settleInterrupted(resumed == Resumed.AFTER_KILL);
                  stage.lookAgain(isUndo(context.run()));
                });
        steps.keep(SyncStep.PREPARE, beginning);
      }
      stage.apply();
    } catch (DeadlineReachedException e) {
      return suspend(context, standstill, e);
    } catch (UnreadableMirrorException e) {
      // The next sync reads everything and goes on; this one does not know what it has written.
      new UnreadableMirror(context).leaveToNextRun();
      throw e;
    }
    return finish(context.run(), stage.end());
  }

  /** Leaves the rest to the next sync. A run that stops too often without progress is an error. */
  private SyncReport suspend(
      RunContext context, Standstill standstill, DeadlineReachedException stop) {
    RunId run = context.run();
    boolean forTime = stop.waitForJob().isZero() && !deadline.isStopAsked();
    String why =
        stop.waitForJob().isZero()
            ? forTime ? "the time is over" : "stopped as asked"
            : "a Salesforce job needs a longer wait than this runner allows";
    services.listener().note(why + "; the next sync goes on with run " + run);
    lease.renew();
    long stops = forTime ? standstill.stopped() : 0;
    services.store().runs().setState(run, RunState.SUSPENDED);
    services.listener().suspended(run, stop.waitForJob());
    if (stops >= MOST_STOPS) {
      throw new SyncException(
          FailureKind.UNAVAILABLE,
          "run "
              + run
              + " ran out of time before its next batch, "
              + (stops + 1)
              + " times in a row: what it has sent is kept. Allow a run more time, or run"
              + " aou-sync sync once from the command line, which goes on with this run.");
    }
    return report(run);
  }

  private boolean isUndo(RunId run) {
    return services.store().runs().find(run).filter(r -> r.undone() != null).isPresent();
  }

  private SyncReport finish(RunId run, RunState state) {
    lease.renew();
    services.store().personalData().forgetAgain();
    SyncReport report = report(run);
    boolean holds = report.contacts().holds() && report.journeys().holds();
    boolean lost = state.isComplete() && !holds;
    services.store().runs().finish(run, lost ? RunState.FAILED : state, services.clock().instant());
    if (lost) {
      throw new SyncException(
          FailureKind.BUG,
          "the balance of run "
              + run
              + " does not add up: some rows have no outcome. Please report this.");
    }
    SyncReport ended = report(run);
    return new SiteHooks(services, lease).after(ended) ? report(run) : ended;
  }

  private SyncReport report(RunId run) {
    return Reports.of(services.store(), run);
  }

  private void fail(RunId run, SyncException cause) {
    if (cause.kind() == FailureKind.ALREADY_RUNNING) {
      // Another run took over and has given this one up.
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
