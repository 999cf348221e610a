package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trips when several days of a column begin with a number that can be no month, and no earlier good
 * run met them. Then the day seems to stand before the month in the whole column, and all days up
 * to the 12th would be sent with both exchanged. Pure.
 *
 * @since 0.2.0
 */
public final class DayOrderGuard {

  /** Fewer are slips of single people. */
  private static final int SEVERAL = 5;

  private DayOrderGuard() {}

  /**
   * Checks what a plan refuses.
   *
   * @param lastGood the last good run; null if there is none. A version without this rule knew the
   *     same values by another one, so they are not new after it
   * @param approval how a person who finds it right approves it
   */
  public static List<GuardTrip> check(Tallies tallies, @Nullable Run lastGood, String approval) {
    List<GuardTrip> trips = new ArrayList<>();
    if (lastGood != null && lastGood.tallies().get(PlanTallies.COUNTS_CHANGES) == 0) {
      return trips;
    }
    for (CrmObject object : CrmObject.values()) {
      String prefix = PlanTallies.of(object, PlanTallies.NEW);
      String suffix = ":" + ReadValue.DAY_BEFORE_MONTH;
      tallies
          .asMap()
          .forEach(
              (name, count) -> {
                if (name.startsWith(prefix) && name.endsWith(suffix) && count >= SEVERAL) {
                  String field = name.substring(prefix.length(), name.length() - suffix.length());
                  trips.add(
                      new GuardTrip(
                          object.word() + ".fields." + field,
                          String.format(
                              Locale.ROOT,
                              "%,d of its days begin with a number that is no month, so the day seems to stand first, and all others up to the 12th would be sent with day and month exchanged; add steps = [{ date { from = \"d/M/yyyy\" } }], correct the source, or if only these are wrong, %s",
                              count,
                              approval)));
                }
              });
    }
    return trips;
  }
}
