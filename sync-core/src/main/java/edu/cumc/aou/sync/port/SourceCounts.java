package edu.cumc.aou.sync.port;

/**
 * How many rows the two relations hold, and which load they are of: what the guards that notice a
 * half-loaded source go by.
 *
 * @param contacts rows of the contact relation that have a PMI ID of any shape
 * @param journeys rows of the journey relation
 * @param loadMark what the source says of its last load, which changes with each; empty where it
 *     says nothing
 * @param loading whether the source says that a load is going on
 * @param checksum of the values that are read, if they were asked for: another one means that some
 *     row is another although there are as many
 */
public record SourceCounts(
    long contacts, long journeys, String loadMark, boolean loading, String checksum) {

  /** Without a checksum. */
  public SourceCounts(long contacts, long journeys, String loadMark, boolean loading) {
    this(contacts, journeys, loadMark, loading, "");
  }

  /** Of a source that says nothing of its loads. */
  public SourceCounts(long contacts, long journeys) {
    this(contacts, journeys, "", false);
  }
}
