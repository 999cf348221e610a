package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Participants who are held: nothing is sent until a person or a rule releases them. */
public interface HoldTable {

  /** Begins the reason of an UNDO hold when that undo deleted the Contact. */
  String DELETED_BY = "deleted by run ";

  /** All holds ordered by PMI ID in binary order. The caller closes the cursor. */
  Cursor<Hold> read();

  /** The hold of one participant. */
  Optional<Hold> find(PmiId pmiId);

  /** Enters holds; each replaces the participant's earlier hold. */
  void put(List<Hold> holds);

  /**
   * Lifts the holds of these participants; returns how many. For a forgotten participant, it also
   * removes the rest from the mirror, because without its values it must be read anew. It also
   * removes a Contact that an undo {@link #DELETED_BY deleted}, so that the next run creates it
   * again.
   */
  int release(List<PmiId> pmiIds);

  /** Why a participant is held. */
  enum Kind {
    /** Failed too often. */
    QUARANTINE,
    /** A person must decide. */
    REVIEW,
    /** An undo put back the values. */
    UNDO,
    /** The store no longer has the data; see {@link PersonalData}. */
    FORGOTTEN
  }

  /**
   * One hold.
   *
   * @param reason a code, never a value
   * @param valuesHash hash of what would be sent; null if the hold does not end when the source
   *     changes
   * @param decided the {@link #mark} of the hold that a person last acknowledged; null if nobody
   *     has
   */
  record Hold(
      PmiId pmiId,
      Kind kind,
      String reason,
      Instant since,
      @Nullable String valuesHash,
      @Nullable String decided) {

    /** A hold that nobody has acknowledged. */
    public Hold(PmiId pmiId, Kind kind, String reason, Instant since, @Nullable String valuesHash) {
      this(pmiId, kind, reason, since, valuesHash, null);
    }

    /** Whether an undo has deleted the Contact. */
    public boolean isOfDeleted() {
      return kind == Kind.UNDO && reason.startsWith(DELETED_BY);
    }

    /** Tells the hold from an earlier or later hold of the same participant. */
    public String mark() {
      return valuesHash == null ? since.toString() : valuesHash;
    }

    /** Whether a person has acknowledged exactly this hold. */
    public boolean isAcknowledged() {
      return mark().equals(decided);
    }
  }
}
