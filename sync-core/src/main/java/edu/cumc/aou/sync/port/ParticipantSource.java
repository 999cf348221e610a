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
 * <p>All methods throw {@link SyncException}: CONFIG for a relation or column that is not there,
 * AUTH for a refused login, UNAVAILABLE when the database cannot be reached or stops midway or
 * gives keys out of order.
 */
public interface ParticipantSource {

  /** What columns a relation has, and of what type. */
  SourceColumns columns(SourceRelation relation);

  /**
   * The values that occur in a column, the most frequent first, NULL left out; rows without any key
   * are passed over as {@link #read} does. For columns that feed a picklist: the work of the
   * database grows with its rows, what is returned does not.
   *
   * @param most how many different values are returned at most
   */
  List<ValueCount> values(SourceRelation relation, String column, int most);

  /**
   * The length of the longest text in each of these columns, in UTF-16 units without blanks at the
   * end; 0 where there is none. One question for all columns; they must be of type TEXT.
   */
  Map<String, Long> longest(SourceRelation relation, List<String> columns);

  /**
   * How many values these columns have, and how many of them do not stand at midnight, each in its
   * own zone if it has one. One question for all columns; they must be of type DATETIME or
   * DATETIME_WITH_ZONE.
   */
  Map<String, TimeCount> times(SourceRelation relation, List<String> columns);

  /**
   * The points in time of a column.
   *
   * @param values rows that have one
   * @param withTime those that do not stand at midnight
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
   * A table or view that says which value stands for which. Rows without a key are passed over, and
   * a row without a value says blank.
   *
   * @param name as the relations are named in the settings
   * @param key the column of the values that the source has
   * @param value the column of those that stand for them
   * @throws SyncException CONFIG if it is not there, is too large, or says two things of one key;
   *     and if this source has no such tables
   */
  default Map<String, String> table(String name, String key, String value) {
    throw new SyncException(
        FailureKind.CONFIG, "this source has no tables of values; write the values with map");
  }

  /** How many rows there are now. */
  SourceCounts counts();

  /**
   * The same with a checksum of what a query reads, where the source can make one in the same pass.
   * Between the counts before a reading and those after it a row may take another's place in one
   * relation or in both.
   */
  default SourceCounts counts(SourceQuery query) {
    return counts();
  }

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
