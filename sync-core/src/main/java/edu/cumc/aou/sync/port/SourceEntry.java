package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRow;
import org.jspecify.annotations.Nullable;

/** One element of the source's stream: a participant, or rows that cannot be one. */
public sealed interface SourceEntry {

  /** How many rows of the contact relation this element covers. */
  int contactRows();

  /** How many rows of the journey relation this element covers. */
  int journeyRows();

  /** A participant; more than one row of a relation means that identical rows count as one. */
  record Found(Participant participant, int contactRows, int journeyRows) implements SourceEntry {}

  /**
   * Rows that name no participant, or contradict each other.
   *
   * @param pmiId null when the key is malformed
   * @param key the key in the source, without blanks and in upper case; personal data
   * @param contact the first row from the contact relation; null if there is none
   * @param sourceHash of everything in the rows
   */
  record Rejected(
      RejectReason reason,
      @Nullable PmiId pmiId,
      String key,
      @Nullable SourceRow contact,
      String sourceHash,
      int contactRows,
      int journeyRows)
      implements SourceEntry {

    @Override
    public String toString() {
      return "Rejected[" + reason + ", " + contactRows + ", " + journeyRows + "]";
    }
  }

  /** Why rows are no participant. */
  enum RejectReason {
    /** The key is empty or is not a P with nine digits. */
    MALFORMED_PMI_ID("malformed-pmi-id"),
    /** Two rows with the same PMI ID say different things. */
    CONTRADICTING_ROWS("contradicting-rows"),
    /** Our own rules fail on one of their values. */
    UNREADABLE("unreadable");

    private final String code;

    RejectReason(String code) {
      this.code = code;
    }

    /** The word used in counts, reports and {@code sync_change.error_code}. */
    public String code() {
      return code;
    }
  }
}
