package edu.cumc.aou.sync.port;

/**
 * {@code Contact_PMI}, {@code Contact_Journey} and {@code Relationship}: the contract with the
 * site's analysts.
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
