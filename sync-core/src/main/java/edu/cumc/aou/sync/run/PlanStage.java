package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.adoption.AdoptionAnswers;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.ChangedFieldsGuard;
import edu.cumc.aou.sync.plan.ClearedFieldsGuard;
import edu.cumc.aou.sync.plan.DayOrderGuard;
import edu.cumc.aou.sync.plan.EarlierVersion;
import edu.cumc.aou.sync.plan.GoneRowsGuard;
import edu.cumc.aou.sync.plan.Guards;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.plan.Planner;
import edu.cumc.aou.sync.plan.Planner.PlanPolicy;
import edu.cumc.aou.sync.plan.SkippedGuard;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.settings.SyncSettings.WhenDeleted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of a run before the first write: is the source ready, what should change, do the guards
 * agree.
 */
public final class PlanStage {

  private static final int GOOD_RUNS = 5;
  private static final int MONTH_OF_RUNS = 40;

  /** The number of this version's way to read the source; raise it when the way changes. */
  private static final long READING = 2;

  /**
   * A count older than this may miss a load that has ended since; then the run would plan twice.
   */
  private static final Duration COUNTS_HOLD = Duration.ofMinutes(1);

  private static final String APPROVE_SYNC =
      "look at the plan (aou-sync plan --out FILE) and approve it with sync --plan FILE";

  private static final String APPROVE_RETRY =
      "try fewer participants at once (name them, or give --at-most N)";

  private static final String APPROVE_UNDO =
      "look at the plan (aou-sync undo %1$s --dry-run) and approve it with undo %1$s --approved PLAN";

  private final RunServices services;
  private final SyncSettings settings;
  private final Preparation preparation;
  private final RunId run;
  private final Guards guards;
  private final SourceWatch watch;
  private final LeaseKeeper lease;
  private final Deadline deadline;
  private final KeyCheck keys;
  private @Nullable SourceCounts counted;
  private @Nullable List<Run> goodRuns;
  private @Nullable List<Run> earlierRuns;
  private Instant countedAt = Instant.MIN;

  public PlanStage(RunContext context) {
    this.services = context.services();
    this.settings = context.settings();
    this.preparation = context.preparation();
    this.run = context.run();
    this.lease = context.lease();
    this.deadline = context.deadline();
    this.watch =
        new SourceWatch(
            services, preparation.query(), settings.reloadWait(), context.lease()::renew, deadline);
    this.keys = new KeyCheck(context);
    this.guards = new Guards(settings.guards(), run);
  }

  /** The guards that find the source not credible. */
  public List<GuardTrip> checkSource() {
    counted = watch.counts();
    countedAt = services.clock().instant();
    List<GuardTrip> trips = new ArrayList<>(guards.checkSource(counted, goodRuns()));
    Tallies before = lastGood().map(Run::tallies).orElse(Tallies.none());
    trips.addAll(preparation.knownColumns().gone(before));
    preparation.knownColumns().leftOut(before).forEach(services.listener()::note);
    return trips;
  }

  /** Only the holder of the lease may end a run. */
  private List<Run> goodRuns() {
    if (goodRuns == null) {
      goodRuns = services.store().runs().lastDone(GOOD_RUNS);
    }
    return goodRuns;
  }

  /** Enough of them to hold what happens once a month. One that was undone is no example. */
  private List<Run> earlierRuns() {
    if (earlierRuns == null) {
      Set<RunId> undone =
          services.store().runs().latest(2 * MONTH_OF_RUNS).stream()
              .filter(r -> r.mode() == RunMode.UNDO)
              .map(Run::undone)
              .filter(Objects::nonNull)
              .collect(Collectors.toSet());
      earlierRuns =
          services.store().runs().lastDone(MONTH_OF_RUNS).stream()
              .filter(r -> !undone.contains(r.id()))
              .toList();
    }
    return earlierRuns;
  }

  /** The last good run before this one. */
  public Optional<Run> lastGood() {
    return goodRuns().stream().findFirst();
  }

  /** Counting reads both relations fully, so a fresh count is used again. */
  private SourceCounts countsBeforeReading() {
    SourceCounts before = counted;
    counted = null;
    return before != null
            && Duration.between(countedAt, services.clock().instant()).compareTo(COUNTS_HOLD) <= 0
        ? before
        : watch.counts();
  }

  /** The policies of a plan made now. */
  public static PlanPolicy policy(RunServices services, SyncSettings settings) {
    return new PlanPolicy(
        Set.copyOf(settings.withdrawalFields()),
        settings.status().withdrawalColumns(),
        recreatesDeleted(settings),
        KeyCheck.areCreatesStopped(services.store()),
        earlierVersion(services.store(), settings),
        LocalDate.ofInstant(services.clock().instant(), settings.localZone()));
  }

  static boolean recreatesDeleted(SyncSettings settings) {
    return settings.contact().whenDeleted() == WhenDeleted.RECREATE;
  }

  private static @Nullable EarlierVersion earlierVersion(SyncStore store, SyncSettings settings) {
    return store.runs().lastDone(1).stream()
        .filter(run -> run.tallies().get(PlanTallies.READING) < READING)
        .map(run -> new EarlierVersion(run.id(), settings.status()))
        .findFirst()
        .orElse(null);
  }

  /** The adoption for a plan made now. */
  public static Adoption adoption(RunServices services, SyncSettings settings) {
    return new Adoption(
        services.crm(),
        services.store().mirror(),
        settings.adoption(),
        AdoptionAnswers.of(services.store()),
        services.listener());
  }

  /**
   * Compares all participants, or some of them, and writes the plan. If a loader empties and
   * refills its tables meanwhile, that looks like a mass withdrawal or like new people. So it drops
   * the plan, and plans again after the load.
   *
   * @param only the participants of the plan; empty for everybody
   */
  public void plan(Set<PmiId> only) {
    SourceCounts before = countsBeforeReading();
    Tallies tallies = planOnce(before, only);
    while (!(watch.isStill(before) && isAllRead(before, tallies, only))) {
      services.store().changes().discard(run);
      before = watch.afterLoad();
      tallies = planOnce(before, only);
    }
    if (!only.isEmpty() && tallies.get(PlanTallies.RETRIED) < only.size()) {
      services
          .listener()
          .note(
              only.size()
                  - tallies.get(PlanTallies.RETRIED)
                  + " of the participants that were named are not in the source");
    }
    services
        .store()
        .runs()
        .addTallies(
            run,
            tallies
                .with(preparation.knownColumns().remembered())
                .with(
                    Tallies.of(
                        Map.of(PlanTallies.READING, READING, PlanTallies.COUNTS_CHANGES, 1L))));
  }

  private Tallies planOnce(SourceCounts before, Set<PmiId> only) {
    List<PmiId> unused = keys.holdLost(recreatesDeleted(settings));
    PlanPolicy policy = policy(services, settings);
    try (Cursor<SourceEntry> source = services.source().read(preparation.query())) {
      Planner planner =
          new Planner(
              services.store(), preparation.mapping(), policy, adoption(services, settings));
      return only.isEmpty()
          ? planner.plan(run, source, done -> progress(done, before.contacts()))
          : planner.planSome(run, source, only, done -> progress(done, only.size()));
    }
  }

  private void progress(long done, long total) {
    deadline.requireNotStopped();
    deadline.requireTime();
    lease.keep();
    services.listener().progress(SyncStep.PLAN, done, total);
  }

  private static boolean isAllRead(SourceCounts before, Tallies tallies, Set<PmiId> only) {
    return !only.isEmpty()
        || (tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.ROWS)) == before.contacts()
            && tallies.get(PlanTallies.of(CrmObject.JOURNEY, PlanTallies.ROWS))
                == before.journeys());
  }

  /**
   * The guards that stop the plan. What an undo leaves alone says nothing against the source, so it
   * does not count as rejected participants.
   */
  public List<GuardTrip> checkPlan(SyncRequest request) {
    boolean undo = request.undoneRun().isPresent();
    Tallies tallies = undo ? Tallies.none() : tallies();
    long flags =
        // Settings may spell a field in another case than Salesforce and the plan.
        preparation.mapping().journey().stream()
            .map(field -> field.name().value())
            .filter(name -> settings.withdrawalFields().stream().anyMatch(name::equalsIgnoreCase))
            .mapToLong(name -> services.store().changes().plannedFlags(run, name))
            .max()
            .orElse(0);
    boolean approved = request.approvedPlan().isPresent();
    List<GuardTrip> trips = new ArrayList<>();
    if (!undo && !approved) {
      Tallies before = lastGood().map(Run::tallies).orElse(Tallies.none());
      trips.addAll(preparation.knownColumns().halfGone(before, APPROVE_SYNC));
      trips.addAll(preparation.knownColumns().moved(before, APPROVE_SYNC));
      trips.addAll(
          new ClearedFieldsGuard(settings.guards(), services.store().mirror())
              .check(tallies, approval(request)));
      trips.addAll(DayOrderGuard.check(tallies, lastGood().orElse(null), approval(request)));
      // A person chose the participants of a retry.
      if (request.mode() != RunMode.RETRY) {
        trips.addAll(
            new ChangedFieldsGuard(
                    settings.guards(),
                    services.store().mirror(),
                    this::earlierRuns,
                    settings.withdrawalFields())
                .check(tallies, before, approval(request)));
        trips.addAll(
            new GoneRowsGuard(settings.guards()).check(tallies, before, approval(request)));
      }
    }
    if (request.mode() != RunMode.RETRY) {
      trips.addAll(
          new SkippedGuard(settings.guards())
              .check(tallies, goodRuns(), approved, approval(request)));
    }
    trips.addAll(
        guards.checkPlan(
            new Guards.PlanFigures(
                tallies,
                services.store().changes().count(run),
                services.store().changes().plannedClears(run),
                // A field may tell it in another form than that of a flag.
                Math.max(
                    flags, tallies.get(PlanTallies.of(CrmObject.JOURNEY, PlanTallies.WITHDRAWALS))),
                services.store().mirror().counts(),
                services.crm().usage(),
                approval(request)),
            request.initialLoad(),
            approved));
    return List.copyOf(trips);
  }

  private static String approval(SyncRequest request) {
    if (request.mode() == RunMode.RETRY) {
      return APPROVE_RETRY;
    }
    return request.undoneRun().map(APPROVE_UNDO::formatted).orElse(APPROVE_SYNC);
  }

  private Tallies tallies() {
    return services.store().runs().find(run).map(r -> r.tallies()).orElse(Tallies.none());
  }
}
