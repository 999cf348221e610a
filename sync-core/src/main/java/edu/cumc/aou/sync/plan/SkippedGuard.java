package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trips when a plan skips most participants for one reason, which otherwise looks like a quiet day.
 * That happens on a first load, and on the day when a status column changes its words. If good runs
 * skipped about as many, a person has approved that; then the plan may skip as many more as may be
 * missing from the source on one day. Pure.
 */
public final class SkippedGuard {

  private static final String GUARD = "guards.max-skipped";

  private final double most;
  private final double mostMore;

  public SkippedGuard(GuardSettings settings) {
    this.most = settings.maxSkipped();
    this.mostMore = settings.maxShrink();
  }

  /**
   * Checks whether a plan skips more than allowed.
   *
   * @param approved a person has looked at the plan
   * @param approval how a person who finds it right approves it
   */
  public List<GuardTrip> check(
      Tallies tallies, List<Run> lastDone, boolean approved, String approval) {
    List<GuardTrip> trips = new ArrayList<>();
    String prefix = PlanTallies.of(CrmObject.CONTACT, PlanTallies.SKIPPED);
    if (approved) {
      return trips;
    }
    tallies
        .asMap()
        .forEach(
            (name, count) -> {
              if (name.startsWith(prefix)) {
                double before =
                    lastDone.stream()
                        .mapToDouble(run -> share(run.tallies(), name))
                        .max()
                        .orElse(0);
                double allowed = before == 0 ? most : Math.max(most, before + mostMore);
                if (count > allowed * participants(tallies)) {
                  String reason = name.substring(prefix.length());
                  trips.add(trip(reason, count, tallies, allowed, approval));
                }
              }
            });
    return trips;
  }

  private static double share(Tallies tallies, String name) {
    long participants = participants(tallies);
    return participants == 0 ? 0 : (double) tallies.get(name) / participants;
  }

  private static long participants(Tallies tallies) {
    return tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.ROWS))
        - tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.SURPLUS_ROWS));
  }

  private GuardTrip trip(
      String reason, long count, Tallies tallies, double allowed, String approval) {
    return new GuardTrip(
        GUARD,
        String.format(
            Locale.ROOT,
            "%,d of %,d participants would be skipped as %s%s, allowed are %.0f%%; look at %s with"
                + " aou-sync check, and if it is right, %s, or raise the setting",
            count,
            participants(tallies),
            reason,
            Guards.corrections(
                tallies.get(
                    PlanTallies.of(CrmObject.CONTACT, PlanTallies.CORRECTED_SKIPPED + reason))),
            Math.min(allowed, 1) * 100,
            column(reason),
            approval));
  }

  private static String column(String reason) {
    return switch (reason) {
      case "left" -> "status.organization";
      case "test" -> "status.test";
      case "withdrawn" -> "withdrawal.status-column";
      default -> "the settings of the status";
    };
  }

  static double read(ConfigSection guards) {
    return guards.share("max-skipped", 0.5);
  }
}
