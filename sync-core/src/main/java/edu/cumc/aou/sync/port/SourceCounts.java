package edu.cumc.aou.sync.port;

/**
 * How many rows the two relations hold, and which load they come from: guards use this to notice a
 * half-loaded source.
 *
 * @param contacts rows of the contact relation that have a PMI ID of any shape
 * @param journeys rows of the journey relation
 * @param loadMark the source's own mark of its last load, which changes with each load; empty if it
 *     has none
 * @param loading whether the source says that a load is in progress
 * @param checksum of the values that are read, if requested: it differs when a row changed, even if
 *     the number of rows did not
 */
public record SourceCounts(
    long contacts, long journeys, String loadMark, boolean loading, String checksum) {

  public SourceCounts(long contacts, long journeys, String loadMark, boolean loading) {
    this(contacts, journeys, loadMark, loading, "");
  }

  /** Counts of a source that does not tell about its loads. */
  public SourceCounts(long contacts, long journeys) {
    this(contacts, journeys, "", false);
  }
}
