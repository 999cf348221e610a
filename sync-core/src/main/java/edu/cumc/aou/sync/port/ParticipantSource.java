package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRelation;
import java.util.Optional;

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

  /**
   * One participant. This reads the stream up to them; an implementation that can ask for one key
   * does better.
   *
   * @return empty when the source has no row with this PMI ID
   */
  default Optional<SourceEntry> find(SourceQuery query, PmiId pmiId) {
    try (Cursor<SourceEntry> entries = read(query)) {
      while (entries.hasNext()) {
        SourceEntry entry = entries.next();
        if (entry instanceof SourceEntry.Found found && found.participant().pmiId().equals(pmiId)) {
          return Optional.of(entry);
        }
        if (entry instanceof SourceEntry.Rejected rejected && pmiId.equals(rejected.pmiId())) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }
  }
}
