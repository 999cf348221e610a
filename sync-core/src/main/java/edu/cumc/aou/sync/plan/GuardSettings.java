package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.config.ConfigSection;

/**
 * The limits that stop a run before its first write.
 *
 * @param maxShrink the share of rows that may be missing compared with the last good runs
 * @param maxSkipped the share of participants that a plan may skip for one reason before a person
 *     has approved it; after that, maxShrink more than the last good runs skipped
 * @param maxFieldClears the records in which one field may be cleared
 * @param maxFieldChanges the records in which one field may get another value; a share of those
 *     that have one
 * @param maxOtherPersons the Contacts whose name and birth date may change at once
 * @param apiReserve the share of the org's daily API calls that must stay free
 * @param twoPersons whether a second person must approve a plan before a run carries it out
 */
public record GuardSettings(
    int minContacts,
    int minJourneys,
    double maxShrink,
    Allowance maxRejected,
    Allowance maxInserts,
    Allowance maxUpdates,
    Allowance maxClears,
    Allowance maxFieldClears,
    Allowance maxFieldChanges,
    Allowance maxOtherPersons,
    Allowance maxWithdrawals,
    Allowance maxDeletes,
    double maxSkipped,
    double apiReserve,
    boolean twoPersons) {

  /**
   * How many records a plan may affect: the larger of a number and a share.
   *
   * @param share of the existing records
   */
  public record Allowance(int number, double share) {

    /** The allowance for a population. */
    public long of(long population) {
      return Math.max(number, (long) Math.floor(share * population));
    }

    /** Whether it allows everything, as a share of 100 % does. */
    public boolean isAll() {
      return share >= 1;
    }

    static Allowance read(ConfigSection section) {
      Allowance allowance =
          new Allowance(
              section.integer("number", 0, 0, Integer.MAX_VALUE), section.share("share", 0));
      section.done();
      return allowance;
    }
  }

  /** Reads the section {@code guards}. */
  public static GuardSettings read(ConfigSection guards) {
    GuardSettings settings =
        new GuardSettings(
            guards.integer("min-contacts", 1, 0, Integer.MAX_VALUE),
            guards.integer("min-journeys", 1, 0, Integer.MAX_VALUE),
            guards.share("max-shrink", 0.05),
            Allowance.read(guards.section("max-rejected")),
            Allowance.read(guards.section("max-inserts")),
            Allowance.read(guards.section("max-updates")),
            Allowance.read(guards.section("max-clears")),
            Allowance.read(guards.section("max-field-clears")),
            Allowance.read(guards.section("max-field-changes")),
            Allowance.read(guards.section("max-other-persons")),
            Allowance.read(guards.section("max-withdrawals")),
            Allowance.read(guards.section("max-deletes")),
            SkippedGuard.read(guards),
            guards.share("api-reserve", 0.1),
            guards.flag("two-persons", false));
    guards.done();
    return settings;
  }
}
