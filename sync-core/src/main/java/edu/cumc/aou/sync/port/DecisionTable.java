package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.time.Instant;
import java.util.List;

/**
 * What people have decided: one row for each thing that was decided about, the last word counts.
 * Holds personal data. Thread-safe, except for cursors.
 */
public interface DecisionTable {

  /** The longest reason that is kept. */
  int LONGEST_WHY = 500;

  /** Enters decisions, or puts them in the place of earlier ones about the same. */
  void put(List<Decision> decisions);

  /** Takes decisions back; returns how many there were. */
  int remove(List<Decision> decisions);

  /**
   * Removes what was decided before a moment about flaws and holds that are no more; returns how
   * many there were. Answers about adoptions stay: they say who linked which records.
   */
  int removeUnused(Instant before);

  /** All of one kind, in the order of subjects. The caller closes the cursor. */
  Cursor<Decision> read(Kind kind);

  /** Those about one participant. */
  List<Decision> of(PmiId pmiId);

  /** What a decision is about. */
  enum Kind {
    /** A {@link FlawTable.Flaw}: its subject and {@code what}. */
    FLAW,
    /** A {@link HoldTable.Hold}: the PMI ID and the kind of the hold. */
    HOLD,
    /** An {@link AnomalyTable.Anomaly}: its subject and kind. It ends with the anomaly. */
    ANOMALY,
    /** Whose a Contact without a PMI ID is: the participant's PMI ID. */
    ADOPTION
  }

  /** What was decided. */
  enum Verdict {
    /** Known: no news while the source says the same. */
    ACKNOWLEDGED,
    /** The Contact in {@code answer} is the participant's. */
    ADOPT,
    /** None of the Contacts that fit is the participant's. */
    NONE,
    /** Of several records, the one in {@code answer} is the participant's. */
    KEEP,
    /** Known until the day in {@code answer}. */
    WAIT
  }

  /**
   * One decision.
   *
   * @param subject the participant or record
   * @param about what of it; empty text if that is all
   * @param answer what the verdict names; empty text if it names nothing
   * @param who the person, as the operating system knows them
   * @param why in their words; may be empty text
   * @param sourceHash of what the source said then; empty text where that does not matter
   */
  record Decision(
      Kind kind,
      String subject,
      String about,
      Verdict verdict,
      String answer,
      String who,
      String why,
      Instant at,
      String sourceHash) {

    public Decision {
      why = why.length() > LONGEST_WHY ? why.substring(0, LONGEST_WHY) : why;
    }

    @Override
    public String toString() {
      return "Decision[" + kind + " " + verdict + "]";
    }
  }
}
