package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trips when many participants with a Contact have lost their row in a relation, although the
 * relation may have as many rows as before: with other PMI IDs, or with other people. Their
 * Contacts would no longer be updated, and those who came in their place would get second ones.
 * Pure.
 *
 * @since 0.2.0
 */
public final class GoneRowsGuard {

  private final double mostMissing;

  public GoneRowsGuard(GuardSettings settings) {
    this.mostMissing = settings.maxShrink();
  }

  /**
   * Compares a plan with the last good run.
   *
   * @param lastGood the counts of that run; a version that did not count rows leaves nothing to
   *     compare with
   * @param approval how a person who finds it right approves it
   */
  public List<GuardTrip> check(Tallies tallies, Tallies lastGood, String approval) {
    List<GuardTrip> trips = new ArrayList<>();
    if (lastGood.get(PlanTallies.COUNTS_CHANGES) == 0) {
      return trips;
    }
    for (CrmObject object : CrmObject.values()) {
      long before =
          with(lastGood, object) + lastGood.get(PlanTallies.of(object, PlanTallies.NEW_ROW));
      // New people may have no row yet, and staff may delete Contacts: neither makes a row go.
      long gone =
          Math.min(
              before - with(tallies, object), without(tallies, object) - without(lastGood, object));
      long allowed = Math.max(Guards.aFew(before), (long) Math.floor(mostMissing * before + 1e-6));
      if (gone > allowed) {
        trips.add(
            new GuardTrip(
                "guards.max-shrink",
                String.format(
                    Locale.ROOT,
                    "%,d of %,d participants with a Contact no longer have a row in the %s relation (allowed: %,d); wait until it is loaded, see whether its PMI IDs are right, and if they really left, %s, or raise the setting",
                    gone,
                    before,
                    object.word(),
                    allowed,
                    approval)));
      }
    }
    return trips;
  }

  private static long with(Tallies tallies, CrmObject object) {
    return tallies.get(PlanTallies.of(object, PlanTallies.WITH_ROW));
  }

  private static long without(Tallies tallies, CrmObject object) {
    return tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.NOT_IN_SOURCE))
        + tallies.get(PlanTallies.of(object, PlanTallies.WITHOUT_ROW));
  }
}
