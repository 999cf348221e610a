package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.GuardSettings.Allowance;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a source and a plan before the first write. A guard that trips changes nothing. Pure. */
public final class Guards {

  /** A load is initial while the mirror has fewer Contacts than this. */
  public static final long INITIAL_LOAD_BELOW = 100;

  /** Withdrawals are final, so few may be slips that somebody corrected. */
  private static final int MOST_TAKEN_BACK = 5;

  private static final String FIRST_LOAD = "if this is the first load, run with --initial-load";

  private final GuardSettings settings;
  private final @Nullable RunId run;

  /** For a look at the source without a run. */
  public Guards(GuardSettings settings) {
    this(settings, null);
  }

  /**
   * For a run.
   *
   * @param run the run with the failures that a person must look at
   */
  public Guards(GuardSettings settings, @Nullable RunId run) {
    this.settings = settings;
    this.run = run;
  }

  /** Approving a plan does not make rejected records good. */
  private String rejected() {
    return "aou-sync failures"
        + (run == null ? "" : " " + run)
        + " lists them with their reasons; correct the source, or raise the setting";
  }

  /**
   * Checks that the source is loaded: enough rows, and not many fewer than in the last good runs.
   */
  public List<GuardTrip> checkSource(SourceCounts counts, List<Run> lastDone) {
    List<GuardTrip> trips = new ArrayList<>();
    checkRows(
        "contact",
        "guards.min-contacts",
        counts.contacts(),
        settings.minContacts(),
        CrmObject.CONTACT,
        lastDone,
        trips);
    checkRows(
        "journey",
        "guards.min-journeys",
        counts.journeys(),
        settings.minJourneys(),
        CrmObject.JOURNEY,
        lastDone,
        trips);
    return trips;
  }

  private void checkRows(
      String word,
      String setting,
      long rows,
      long least,
      CrmObject object,
      List<Run> lastDone,
      List<GuardTrip> trips) {
    if (rows < least) {
      trips.add(
          new GuardTrip(
              setting,
              String.format(
                  Locale.ROOT,
                  "the source has %,d %s rows, at least %,d are expected; wait until it is loaded",
                  rows,
                  word,
                  least)));
      return;
    }
    long before =
        lastDone.stream()
            .mapToLong(r -> r.tallies().get(PlanTallies.of(object, PlanTallies.ROWS)))
            .max()
            .orElse(0);
    double missing = before == 0 ? 0 : 1 - (double) rows / before;
    if (before - rows > allowedToShrink(before)) {
      trips.add(
          new GuardTrip(
              "guards.max-shrink",
              String.format(
                  Locale.ROOT,
                  "the source has %,d %s rows, %.1f%% fewer than the %,d of the last good runs (allowed: %.1f%%, or %d rows); wait until it is loaded, or if so many really left, raise guards.max-shrink for the next five good runs",
                  rows,
                  word,
                  missing * 100,
                  before,
                  settings.maxShrink() * 100,
                  aFew(before))));
    }
  }

  /** Counts whole rows, so that rounding does not miss a share that is met exactly. */
  private long allowedToShrink(long before) {
    return Math.max(aFew(before), (long) Math.floor(settings.maxShrink() * before + 1e-6));
  }

  /**
   * What a plan would do, as far as guards judge it.
   *
   * @param approval how a person who finds it right approves it
   */
  public record PlanFigures(
      Tallies tallies,
      List<ChangeCount> counts,
      long clears,
      long withdrawals,
      MirrorCounts mirror,
      CrmUsage usage,
      String approval) {}

  /**
   * Checks that a plan stays within its limits. If {@code approved}, a person has looked at it, and
   * its size does not matter.
   */
  public List<GuardTrip> checkPlan(PlanFigures plan, boolean initialLoad, boolean approved) {
    List<GuardTrip> trips = new ArrayList<>();
    Tallies tallies = plan.tallies();
    MirrorCounts mirror = plan.mirror();
    limit(
        trips,
        new Limit("guards.max-rejected", "rejected participants", settings.maxRejected()),
        tallies.sum(PlanTallies.of(CrmObject.CONTACT, PlanTallies.REJECTED)),
        tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.CORRECTED_REJECTED)),
        tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.ROWS))
            - tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.SURPLUS_ROWS)),
        rejected());
    if (!approved) {
      boolean isInitial = initialLoad && mirror.contacts() < INITIAL_LOAD_BELOW;
      checkSize(plan, isInitial, trips);
    }
    checkCalls(plan, trips);
    return trips;
  }

  private void checkSize(PlanFigures plan, boolean isInitial, List<GuardTrip> trips) {
    MirrorCounts mirror = plan.mirror();
    String approve = plan.approval() + ", or raise the setting";
    limit(
        trips,
        new Limit("guards.max-deletes", "Contacts to delete", settings.maxDeletes()),
        count(plan, CrmObject.CONTACT, Change.Action.DELETE),
        0,
        mirror.contacts(),
        approve);
    if (!isInitial) {
      long corrected =
          corrected(plan, CrmObject.CONTACT, Change.Action.INSERT)
              + corrected(plan, CrmObject.CONTACT, Change.Action.ADOPT);
      boolean isFirst = mirror.contacts() < INITIAL_LOAD_BELOW && corrected == 0;
      limit(
          trips,
          new Limit("guards.max-inserts", "new Contacts", settings.maxInserts()),
          count(plan, CrmObject.CONTACT, Change.Action.INSERT)
              + count(plan, CrmObject.CONTACT, Change.Action.ADOPT)
              + count(plan, CrmObject.CONTACT, Change.Action.RESTORE),
          corrected,
          mirror.contacts(),
          isFirst ? FIRST_LOAD : approve);
    }
    limit(
        trips,
        new Limit("guards.max-updates", "Contact updates", settings.maxUpdates()),
        count(plan, CrmObject.CONTACT, Change.Action.UPDATE),
        corrected(plan, CrmObject.CONTACT, Change.Action.UPDATE),
        mirror.contacts(),
        approve);
    limit(
        trips,
        new Limit("guards.max-updates", "journey updates", settings.maxUpdates()),
        plannedJourneyUpdates(plan),
        corrected(plan, CrmObject.JOURNEY, Change.Action.UPDATE),
        mirror.journeys(),
        approve);
    limit(
        trips,
        new Limit("guards.max-clears", "fields cleared", settings.maxClears()),
        plan.clears(),
        plan.tallies().get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.CORRECTED_CLEARS))
            + plan.tallies().get(PlanTallies.of(CrmObject.JOURNEY, PlanTallies.CORRECTED_CLEARS)),
        mirror.journeys(),
        approve);
    if (!isInitial) {
      limit(
          trips,
          new Limit("guards.max-withdrawals", "withdrawals", settings.maxWithdrawals()),
          plan.withdrawals(),
          plan.tallies().get(PlanTallies.of(CrmObject.JOURNEY, PlanTallies.CORRECTED_WITHDRAWALS)),
          mirror.contacts(),
          approve);
    }
    Allowance withdrawals = settings.maxWithdrawals();
    limit(
        trips,
        new Limit(
            "guards.max-withdrawals",
            "withdrawals taken back",
            new Allowance(Math.min(MOST_TAKEN_BACK, withdrawals.number()), withdrawals.share())),
        plan.tallies().get(PlanTallies.of(CrmObject.JOURNEY, PlanTallies.TAKEN_BACK)),
        0,
        mirror.contacts(),
        approve);
  }

  private static long corrected(PlanFigures plan, CrmObject object, Change.Action action) {
    return plan.tallies().get(PlanTallies.of(object, PlanTallies.corrected(action)));
  }

  /** How many may go on one day at a small site: five, and no more than half. */
  static long aFew(long before) {
    return Math.min(5, before / 2);
  }

  /** On the morning after an upgrade, how many changes only correct an earlier version. */
  static String corrections(long count) {
    return count == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " (%,d of them only correct what an earlier version of aou-sync had wrong)",
            count);
  }

  /** Counts journeys that exist; one that waits to be created belongs to an insert. */
  private static long plannedJourneyUpdates(PlanFigures plan) {
    return plan.counts().stream()
        .filter(c -> c.object() == CrmObject.JOURNEY && c.action() == Change.Action.UPDATE)
        .filter(c -> c.state() == Change.State.PLANNED)
        .mapToLong(ChangeCount::count)
        .sum();
  }

  private static long count(PlanFigures plan, CrmObject object, Change.Action action) {
    return plan.counts().stream()
        .filter(c -> c.object() == object && c.action() == action)
        .mapToLong(ChangeCount::count)
        .sum();
  }

  /** A guard, what it counts, and how many it allows. */
  private record Limit(String guard, String what, Allowance allowance) {}

  private static void limit(
      List<GuardTrip> trips,
      Limit limit,
      long count,
      long corrected,
      long population,
      String advice) {
    long allowed = limit.allowance().of(population);
    if (count > allowed) {
      trips.add(
          new GuardTrip(
              limit.guard(),
              String.format(
                  Locale.ROOT,
                  "%,d %s%s, allowed are %,d; %s",
                  count,
                  limit.what(),
                  corrections(Math.min(corrected, count)),
                  allowed,
                  advice)));
    }
  }

  /** Refuses a plan that would leave no API calls for others. */
  private void checkCalls(PlanFigures plan, List<GuardTrip> trips) {
    CrmUsage usage = plan.usage();
    if (usage.dailyMax() <= 0) {
      return;
    }
    long needed =
        plan.counts().stream()
            .filter(c -> c.action() != Change.Action.REJECT && c.action() != Change.Action.NOTE)
            .mapToLong(c -> c.count() / 200 + 1)
            .sum();
    long left = usage.dailyMax() - usage.dailyUsed() - needed;
    long reserve = (long) (settings.apiReserve() * usage.dailyMax());
    if (left < reserve) {
      long corrected =
          plan.tallies().asMap().entrySet().stream()
              .filter(e -> e.getKey().contains("." + PlanTallies.CORRECTED))
              .mapToLong(Map.Entry::getValue)
              .sum();
      trips.add(
          new GuardTrip(
              "guards.api-reserve",
              String.format(
                  Locale.ROOT,
                  "about %,d API calls are needed and %,d of %,d are used today, which leaves fewer than the reserve of %,d; run later, or lower the setting%s",
                  needed,
                  usage.dailyUsed(),
                  usage.dailyMax(),
                  reserve,
                  corrected == 0
                      ? ""
                      : String.format(
                          Locale.ROOT,
                          " (%,d of the changes only correct what an earlier version of aou-sync had wrong; they come once)",
                          corrected))));
    }
  }
}
