package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Participants that are held: nothing is sent until a person or a rule releases them. */
public interface HoldTable {

  /** How the reason of an UNDO hold begins whose Contact that run has deleted. */
  String DELETED_BY = "deleted by run ";

  /** All holds ordered by PMI ID in binary order. The caller closes the cursor. */
  Cursor<Hold> read();

  /** The hold of one participant. */
  Optional<Hold> find(PmiId pmiId);

  /** Enters holds, or replaces those of the same participant. */
  void put(List<Hold> holds);

  /**
   * Lifts the holds of these participants; returns how many there were. What was still mirrored of
   * somebody who was forgotten goes too: its values are gone, so it must be read anew. So does the
   * Contact that an undo {@link #DELETED_BY deleted}: who is released is created anew.
   */
  int release(List<PmiId> pmiIds);

  /** Why a participant is held. */
  enum Kind {
    /** Failed too often. */
    QUARANTINE,
    /** A person must decide. */
    REVIEW,
    /** Its values were put back by an undo. */
    UNDO,
    /** Its data was removed from the store; see {@link PersonalData}. */
    FORGOTTEN
  }

  /**
   * One hold.
   *
   * @param reason a code, never a value
   * @param valuesHash hash of what would be sent; null if the hold does not end when the source
   *     moves on
   * @param decided the {@link #mark} of the hold that somebody acknowledged last; null if nobody
   *     has
   */
  record Hold(
      PmiId pmiId,
      Kind kind,
      String reason,
      Instant since,
      @Nullable String valuesHash,
      @Nullable String decided) {

    /** One that nobody has acknowledged. */
    public Hold(PmiId pmiId, Kind kind, String reason, Instant since, @Nullable String valuesHash) {
      this(pmiId, kind, reason, since, valuesHash, null);
    }

    /** Whether an undo has deleted the Contact. */
    public boolean isOfDeleted() {
      return kind == Kind.UNDO && reason.startsWith(DELETED_BY);
    }

    /** What tells it from an earlier or later hold of the same participant. */
    public String mark() {
      return valuesHash == null ? since.toString() : valuesHash;
    }

    /** Whether somebody has acknowledged just this hold. */
    public boolean isAcknowledged() {
      return mark().equals(decided);
    }
  }
}
