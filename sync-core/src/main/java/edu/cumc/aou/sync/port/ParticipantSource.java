package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.SourceRelation;

/**
 * The participants of one site, read from two relations. Read-only. Its contract is {@code
 * ParticipantSourceContract}.
 *
 * <p>All methods throw {@link edu.cumc.aou.sync.SyncException}: CONFIG for a relation or column
 * that is not there, AUTH for a refused login, UNAVAILABLE when the database cannot be reached or
 * stops midway or gives keys out of order.
 */
public interface ParticipantSource {

  /** What columns a relation has. */
  SourceColumns columns(SourceRelation relation);

  /** How many rows there are now. */
  SourceCounts counts();

  /**
   * All participants, ordered by PMI ID in binary order, each exactly once, in constant memory.
   * Rows of the contact relation without any key are passed over: they are people who are only in
   * REDCap. The caller closes the cursor.
   */
  Cursor<SourceEntry> read(SourceQuery query);
}
