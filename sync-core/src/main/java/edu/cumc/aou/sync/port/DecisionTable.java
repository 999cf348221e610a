package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.time.Instant;
import java.util.List;

/**
 * What people have decided: one row for each subject, in which the last decision counts. Holds
 * personal data. Thread-safe, except for cursors.
 */
public interface DecisionTable {

  /** The longest reason to store. */
  int LONGEST_WHY = 500;

  /** Stores decisions, and replaces earlier ones about the same subject. */
  void put(List<Decision> decisions);

  /** Takes decisions back; returns how many. */
  int remove(List<Decision> decisions);

  /**
   * Removes decisions from before this moment about flaws and holds that no longer exist; returns
   * how many. Keeps answers about adoptions, because they tell who linked which records.
   */
  int removeUnused(Instant before);

  /** All of one kind, in the order of subjects. The caller closes the cursor. */
  Cursor<Decision> read(Kind kind);

  /** Those about one participant. */
  List<Decision> of(PmiId pmiId);

  /** What a decision can be about. */
  enum Kind {
    /** A {@link FlawTable.Flaw}: its subject and {@code what}. */
    FLAW,
    /** A {@link HoldTable.Hold}: the PMI ID and the kind of the hold. */
    HOLD,
    /**
     * An {@link AnomalyTable.Anomaly}: its subject and kind. The decision ends with the anomaly.
     */
    ANOMALY,
    /** A Contact without a PMI ID, and the participant it belongs to: the participant's PMI ID. */
    ADOPTION
  }

  /** What was decided. */
  enum Verdict {
    /** Known: no news while the source stays the same. */
    ACKNOWLEDGED,
    /** The Contact in {@code answer} belongs to the participant. */
    ADOPT,
    /** None of the fitting Contacts belongs to the participant. */
    NONE,
    /** Of several records, the one in {@code answer} belongs to the participant. */
    KEEP,
    /** Known until the day in {@code answer}. */
    WAIT
  }

  /**
   * One decision.
   *
   * @param subject the participant or record
   * @param about which part of the subject; empty text for all of it
   * @param answer what the verdict names; empty text if nothing
   * @param who the person, as the operating system knows them
   * @param why in their words; may be empty text
   * @param sourceHash of the source at that time; empty text where it does not matter
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
