package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
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

/**
 * Looks at a source and at a plan before anything is written. A guard that trips changes nothing.
 * Pure.
 */
public final class Guards {

  /** An initial load is one into a mirror that has fewer Contacts than this. */
  public static final long INITIAL_LOAD_BELOW = 100;

  private final GuardSettings settings;

  public Guards(GuardSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether the source looks as if it were loaded: enough rows, and not many fewer than in the last
   * good runs.
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
                  "the source has %,d %s rows, %.1f%% fewer than the %,d of the last good runs (allowed: %.1f%%); wait until it is loaded, or raise guards.max-shrink if so many really left",
                  rows,
                  word,
                  missing * 100,
                  before,
                  settings.maxShrink() * 100)));
    }
  }

  /** In whole rows, so that a share that is met exactly is not missed by a rounding. */
  private long allowedToShrink(long before) {
    return Math.round(Math.floor(settings.maxShrink() * before + 1e-6));
  }

  /**
   * What a plan would do, as far as guards judge it.
   *
   * @param approval how somebody who finds it right approves it
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
   * Whether a plan stays within what is allowed. {@code approved}: a person has looked at it, so
   * its size is no question any more.
   */
  public List<GuardTrip> checkPlan(PlanFigures plan, boolean initialLoad, boolean approved) {
    List<GuardTrip> trips = new ArrayList<>();
    long participants =
        plan.tallies().get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.ROWS))
            - plan.tallies().get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.SURPLUS_ROWS));
    long rejected = plan.tallies().sum(PlanTallies.of(CrmObject.CONTACT, PlanTallies.REJECTED));
    limit(
        trips,
        "guards.max-rejected",
        "rejected participants",
        rejected,
        settings.maxRejected(),
        participants,
        false,
        plan.approval());
    boolean isInitial = initialLoad && plan.mirror().contacts() < INITIAL_LOAD_BELOW;
    if (!isInitial) {
      long inserts =
          count(plan, CrmObject.CONTACT, Change.Action.INSERT)
              + count(plan, CrmObject.CONTACT, Change.Action.ADOPT);
      limit(
          trips,
          "guards.max-inserts",
          "new Contacts",
          inserts,
          settings.maxInserts(),
          plan.mirror().contacts(),
          approved,
          plan.approval());
    }
    long contactUpdates = count(plan, CrmObject.CONTACT, Change.Action.UPDATE);
    limit(
        trips,
        "guards.max-updates",
        "Contact updates" + corrections(plan, CrmObject.CONTACT),
        contactUpdates,
        settings.maxUpdates(),
        plan.mirror().contacts(),
        approved,
        plan.approval());
    long journeyUpdates = plannedJourneyUpdates(plan);
    limit(
        trips,
        "guards.max-updates",
        "journey updates" + corrections(plan, CrmObject.JOURNEY),
        journeyUpdates,
        settings.maxUpdates(),
        plan.mirror().journeys(),
        approved,
        plan.approval());
    limit(
        trips,
        "guards.max-clears",
        "fields cleared",
        plan.clears(),
        settings.maxClears(),
        plan.mirror().journeys(),
        approved,
        plan.approval());
    if (!isInitial) {
      limit(
          trips,
          "guards.max-withdrawals",
          "withdrawals",
          plan.withdrawals(),
          settings.maxWithdrawals(),
          plan.mirror().contacts(),
          approved,
          plan.approval());
    }
    checkCalls(plan, trips);
    return trips;
  }

  /** On the morning after an upgrade, how many of the updates correct what was wrong before. */
  private static String corrections(PlanFigures plan, CrmObject object) {
    long corrected = plan.tallies().get(PlanTallies.of(object, PlanTallies.CORRECTED));
    return corrected == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " (%,d of them only correct what an earlier version of aou-sync had wrong)",
            corrected);
  }

  /** Journeys that exist; those that wait for their journey are part of an insert. */
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

  private static void limit(
      List<GuardTrip> trips,
      String guard,
      String what,
      long count,
      Allowance allowance,
      long population,
      boolean approved,
      String approval) {
    long allowed = allowance.of(population);
    if (count > allowed && !approved) {
      String initial =
          guard.equals("guards.max-inserts") && population < INITIAL_LOAD_BELOW
              ? "; if this is the first load, run with --initial-load"
              : "; " + approval + ", or raise the setting";
      if (guard.equals("guards.max-rejected")) {
        initial = "; see aou-sync status for the reasons, correct the source, or raise the setting";
      }
      trips.add(
          new GuardTrip(
              guard,
              String.format(
                  Locale.ROOT, "%,d %s, allowed are %,d%s", count, what, allowed, initial)));
    }
  }

  /** A plan that would use up the org's calls leaves none for others. */
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
      trips.add(
          new GuardTrip(
              "guards.api-reserve",
              String.format(
                  Locale.ROOT,
                  "about %,d API calls are needed and %,d of %,d are used today, which leaves fewer than the reserve of %,d; run later, or lower the setting",
                  needed,
                  usage.dailyUsed(),
                  usage.dailyMax(),
                  reserve)));
    }
  }
}
