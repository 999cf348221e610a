package edu.cumc.aou.sync.port;

/**
 * {@code Contact_PMI}, {@code Contact_Journey} and {@code Relationship}: the contract with the
 * site's analysts. The first two hold every Contact with a PMI ID and every journey of such a
 * Contact; {@code Relationship} holds the participants with exactly one Contact and at most one
 * journey, whose id is NULL while it does not exist; of several, the one that is to be {@link
 * DecisionTable.Verdict#KEEP kept}.
 */
public interface IdTables {

  /**
   * Brings the three tables in line with the mirror, in one transaction: readers never see them
   * half full.
   */
  IdCounts writeBack();

  /** What they hold now. */
  IdCounts counts();

  /**
   * How many rows there are.
   *
   * @param complete rows of {@code Relationship} with a Contact and a journey
   */
  record IdCounts(long contactPmi, long contactJourney, long relationship, long complete) {}
}
