package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SyncException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The participants of one site, read from two relations. Read-only. Its contract is {@code
 * ParticipantSourceContract}.
 *
 * <p>All methods throw {@link SyncException}: CONFIG for a missing relation or column, AUTH for a
 * refused login, UNAVAILABLE when the database does not answer, stops midway or gives keys out of
 * order.
 */
public interface ParticipantSource {

  /** The columns of a relation, with their types. */
  SourceColumns columns(SourceRelation relation);

  /**
   * The values in a column, most frequent first, without NULL; ignores rows without any key, as
   * {@link #read} does. For columns that feed a picklist: the database's work grows with its rows,
   * the answer does not.
   *
   * @param most how many different values to return at most
   */
  List<ValueCount> values(SourceRelation relation, String column, int most);

  /**
   * The length of the longest text in each of these columns, in UTF-16 units without trailing
   * blanks; 0 if there is none. One query for all columns; they must be of type TEXT.
   */
  Map<String, Long> longest(SourceRelation relation, List<String> columns);

  /**
   * How many values these columns have, and how many of them are not at midnight, each in its own
   * zone if it has one. One query for all columns; they must be of type DATETIME or
   * DATETIME_WITH_ZONE.
   */
  Map<String, TimeCount> times(SourceRelation relation, List<String> columns);

  /**
   * The points in time of a column.
   *
   * @param values rows that have one
   * @param withTime those that are not at midnight
   */
  record TimeCount(long values, long withTime) {}

  /**
   * A value and how many rows have it.
   *
   * @param text the value as text; may be personal data
   */
  record ValueCount(String text, long rows) {
    @Override
    public String toString() {
      return "ValueCount[hidden, " + rows + " rows]";
    }
  }

  /**
   * A table or view that maps values to values. Ignores rows without a key; a row without a value
   * maps to blank.
   *
   * @param name written as the relations in the settings
   * @param key the column with the values of the source
   * @param value the column with the values that replace them
   * @throws SyncException CONFIG if it is missing, is too large, or maps one key to two values; and
   *     if this source has no such tables
   */
  default Map<String, String> table(String name, String key, String value) {
    throw new SyncException(
        FailureKind.CONFIG, "this source has no tables of values; write the values with map");
  }

  /** How many rows there are now. */
  SourceCounts counts();

  /**
   * The same with a checksum of what a query reads, if the source can compute one in the same pass.
   * Equal numbers do not suffice: while a run reads, one row may take another's place in either
   * relation.
   */
  default SourceCounts counts(SourceQuery query) {
    return counts();
  }

  /**
   * All participants, ordered by PMI ID in binary order, each exactly once, in constant memory.
   * Ignores rows of the contact relation without any key: these people are only in REDCap. The
   * caller closes the cursor.
   */
  Cursor<SourceEntry> read(SourceQuery query);

  /**
   * One participant. The default reads the stream up to them; override it to ask for one key.
   *
   * @return empty if the source has no row with this PMI ID
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
