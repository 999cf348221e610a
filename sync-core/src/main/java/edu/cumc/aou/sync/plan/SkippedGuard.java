package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Trips when a plan skips most participants for one reason, which otherwise looks like a quiet day.
 * That happens on a first load, and on the day when a status column changes its words. If good runs
 * skipped participants for that reason or another, their share counts: the plan may skip as many
 * more as may be missing from the source on one day, and a few at a small site. The other way
 * round, as many fewer than the last good run. Pure.
 */
public final class SkippedGuard {

  private static final String GUARD = "guards.max-skipped";

  /** A share that is met exactly must not trip. */
  private static final double ROUNDING = 1e-6;

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
                long allowed = allowed(name, participants(tallies), lastDone);
                if (count > allowed) {
                  String reason = name.substring(prefix.length());
                  trips.add(trip(reason, count, tallies, allowed, approval));
                }
              }
            });
    lastDone.stream()
        .findFirst()
        .map(Run::tallies)
        .ifPresent(last -> checkTakenIn(tallies, last, prefix, approval, trips));
    return trips;
  }

  /** People who left, or are tests, or have withdrawn, would be taken for active ones. */
  private void checkTakenIn(
      Tallies tallies, Tallies last, String prefix, String approval, List<GuardTrip> trips) {
    long participants = participants(tallies);
    long gone = Math.max(0, participants(last) - participants);
    long allowed =
        Math.max(Guards.aFew(participants), (long) Math.floor(mostMore * participants + ROUNDING));
    last.asMap()
        .forEach(
            (name, before) -> {
              long fewer = before - tallies.get(name) - gone;
              if (name.startsWith(prefix) && fewer > allowed) {
                String reason = name.substring(prefix.length());
                trips.add(
                    new GuardTrip(
                        GUARD,
                        String.format(
                            Locale.ROOT,
                            "%,d participants whom the last good run skipped as %s would be skipped no more, allowed are %,d; look at %s with aou-sync check, and if it is right, %s, or raise guards.max-shrink",
                            fewer,
                            reason,
                            allowed,
                            column(reason),
                            approval)));
              }
            });
  }

  private long allowed(String name, long participants, List<Run> lastDone) {
    OptionalDouble before =
        lastDone.stream()
            .filter(run -> participants(run.tallies()) > 0)
            .mapToDouble(run -> share(run.tallies(), name))
            .max();
    if (before.isEmpty()) {
      return (long) Math.floor(most * participants + ROUNDING);
    }
    double known = before.getAsDouble();
    double more =
        known * participants
            + Math.max((double) Guards.aFew(participants), mostMore * participants);
    double half = Math.max(most, known + mostMore) * participants;
    return (long) Math.floor(Math.min(more, half) + ROUNDING);
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
      String reason, long count, Tallies tallies, long allowed, String approval) {
    return new GuardTrip(
        GUARD,
        String.format(
            Locale.ROOT,
            "%,d of %,d participants would be skipped as %s%s, allowed are %,d; look at %s with"
                + " aou-sync check, and if it is right, %s, or raise the setting",
            count,
            participants(tallies),
            reason,
            Guards.corrections(
                tallies.get(
                    PlanTallies.of(CrmObject.CONTACT, PlanTallies.CORRECTED_SKIPPED + reason))),
            allowed,
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
