package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not as it should be and is not for the sync to decide. Listed once, kept while it lasts.
 */
public interface AnomalyTable {

  /** Notes that a run saw these; those that are open already keep their first run. */
  void seen(RunId run, List<Anomaly> anomalies);

  /**
   * Notes for a run what the mirror shows of everybody, whatever their status and whether the
   * source still has them: several Contacts, several journeys of one Contact, and journeys that
   * lost their Contact. Those who are forgotten are not named.
   */
  void look(RunId run);

  /**
   * Closes those that this run, whose plan looked at everybody and is in the store, did not see.
   * One of kind EXISTED_BEFORE is only seen while sending: it stays while the plan is to create the
   * participant's Contact once more, and is settled when the plan is not. Decisions end with their
   * anomaly; one to wait ends on its day, and one to keep a record when that is gone.
   *
   * @param today the day in the local zone
   */
  void closeUnseen(RunId run, LocalDate today);

  /**
   * How many are open, by kind, how many of them this run saw first, and about how many somebody
   * has decided.
   */
  List<AnomalyCount> count(RunId run);

  /**
   * All that are open, ordered by kind and subject, in constant memory. The caller closes the
   * cursor.
   */
  Cursor<OpenAnomaly> read();

  /**
   * One that is open.
   *
   * @param firstRun the run that saw it first
   * @param decision what somebody decided about it; null if nobody did
   */
  record OpenAnomaly(Anomaly anomaly, RunId firstRun, @Nullable Decision decision) {}

  /** What is odd. */
  enum Kind {
    /** One PMI ID on several Contacts. */
    DOUBLED_PMI_ID,
    /** A Contact with several journeys. */
    SEVERAL_JOURNEYS,
    /** A Contact that still has no journey. */
    MISSING_JOURNEY,
    /** A journey whose Contact was taken from it, or is no participant's any more. */
    ORPHAN_JOURNEY,
    /** A Contact that was deleted in Salesforce, of a participant that the source still has. */
    DELETED_CONTACT,
    /** A field of which Salesforce made something else when we sent it. */
    NOT_TAKEN_OVER,
    /** A field that was corrected, and that somebody or something changed again. */
    CHANGED_BACK,
    /** A Contact that does not show the PMI ID that was written to it. */
    KEY_NOT_KEPT,
    /** A create that found a Contact there already. */
    EXISTED_BEFORE
  }

  /**
   * One anomaly.
   *
   * @param subject what it is about, unique within its kind: a PMI ID, or a PMI ID and a field or
   *     the id of a journey. Personal data.
   */
  record Anomaly(Kind kind, String subject) {

    /** Whom it is about. */
    public PmiId pmiId() {
      int blank = subject.indexOf(' ');
      return new PmiId(blank < 0 ? subject : subject.substring(0, blank));
    }

    /** The field that it is about; empty text if it is about none. */
    public String field() {
      return kind == Kind.ORPHAN_JOURNEY ? "" : rest();
    }

    /** The journey that it is about; null if it is about none, or about all of the Contact's. */
    public @Nullable JourneyId journeyId() {
      return kind == Kind.ORPHAN_JOURNEY ? new JourneyId(rest()) : null;
    }

    private String rest() {
      int blank = subject.indexOf(' ');
      return blank < 0 ? "" : subject.substring(blank + 1);
    }

    /** About one field of a participant's record. */
    public static Anomaly ofField(Kind kind, PmiId pmiId, FieldName field) {
      return new Anomaly(kind, pmiId.value() + " " + field);
    }

    @Override
    public String toString() {
      return "Anomaly[" + kind + "]";
    }
  }

  /**
   * A number of open anomalies.
   *
   * @param isNew those of them that the run saw first
   * @param acknowledged those of them about which somebody has decided
   */
  record AnomalyCount(Kind kind, long open, long isNew, long acknowledged) {

    /**
     * Whether some wait for somebody to look at them. What existed before settles itself, or is
     * another anomaly the next morning.
     */
    public boolean isUnanswered() {
      return open > acknowledged && kind != Kind.EXISTED_BEFORE;
    }
  }
}
