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
 * Oddities that the sync may not settle by itself. Each is listed once and stays while it lasts.
 */
public interface AnomalyTable {

  /** Notes that a run saw these; open ones keep their first run. */
  void seen(RunId run, List<Anomaly> anomalies);

  /**
   * Closes these because a run saw them mended, with the decisions about them; passes over those
   * that are not open.
   */
  void mended(List<Anomaly> anomalies);

  /**
   * Notes for a run what the mirror shows of everybody, whatever their status and even if the
   * source lacks them: several Contacts, several journeys of one Contact, and journeys that lost
   * their Contact. Forgotten participants are left out.
   */
  void look(RunId run);

  /**
   * Closes those that this run did not see; its plan was about everybody and is in the store.
   * EXISTED_BEFORE only shows while sending: it stays open while the plan still creates the
   * participant's Contact, and closes when the plan does not. A decision ends with its anomaly. A
   * decision to wait ends on its day, and a decision to keep a record ends when that record is
   * gone.
   *
   * @param today the day in the local zone
   */
  void closeUnseen(RunId run, LocalDate today);

  /**
   * Counts the open ones by kind, and among them those that this run saw first and those with a
   * decision.
   */
  List<AnomalyCount> count(RunId run);

  /**
   * All open ones, ordered by kind and subject, in constant memory. The caller closes the cursor.
   */
  Cursor<OpenAnomaly> read();

  /**
   * An open anomaly.
   *
   * @param firstRun the run that saw it first
   * @param decision a person's decision about it; null if there is none
   */
  record OpenAnomaly(Anomaly anomaly, RunId firstRun, @Nullable Decision decision) {}

  /** Kinds of oddities. */
  enum Kind {
    /** One PMI ID on several Contacts. */
    DOUBLED_PMI_ID,
    /** A Contact with several journeys. */
    SEVERAL_JOURNEYS,
    /** A Contact that still has no journey. */
    MISSING_JOURNEY,
    /** A journey that lost its Contact, or belongs to a Contact without a participant. */
    ORPHAN_JOURNEY,
    /** A Contact that was deleted in Salesforce while the source still has the participant. */
    DELETED_CONTACT,
    /** A field that Salesforce changed when we wrote the record. */
    NOT_TAKEN_OVER,
    /** A field that we corrected, and that was changed again. */
    CHANGED_BACK,
    /** A Contact that does not show the PMI ID that we wrote to it. */
    KEY_NOT_KEPT,
    /** A create that found an existing Contact. */
    EXISTED_BEFORE
  }

  /**
   * One anomaly.
   *
   * @param subject unique within its kind: a PMI ID, alone or with a field or the id of a journey.
   *     Personal data.
   */
  record Anomaly(Kind kind, String subject) {

    /** The participant. */
    public PmiId pmiId() {
      int blank = subject.indexOf(' ');
      return new PmiId(blank < 0 ? subject : subject.substring(0, blank));
    }

    /** Its field; empty text without one. */
    public String field() {
      return kind == Kind.ORPHAN_JOURNEY ? "" : rest();
    }

    /** Its journey; null if it has none, or concerns all journeys of the Contact. */
    public @Nullable JourneyId journeyId() {
      return kind == Kind.ORPHAN_JOURNEY ? new JourneyId(rest()) : null;
    }

    private String rest() {
      int blank = subject.indexOf(' ');
      return blank < 0 ? "" : subject.substring(blank + 1);
    }

    /** An anomaly of one field in a participant's record. */
    public static Anomaly ofField(Kind kind, PmiId pmiId, FieldName field) {
      return new Anomaly(kind, pmiId.value() + " " + field);
    }

    /**
     * A journey that lost its Contact.
     *
     * @since 0.2.0
     */
    public static Anomaly ofJourney(PmiId pmiId, JourneyId journey) {
      return new Anomaly(Kind.ORPHAN_JOURNEY, pmiId.value() + " " + journey.value());
    }

    @Override
    public String toString() {
      return "Anomaly[" + kind + "]";
    }
  }

  /**
   * Counts of open anomalies.
   *
   * @param isNew those that this run saw first
   * @param acknowledged those with a decision
   */
  record AnomalyCount(Kind kind, long open, long isNew, long acknowledged) {

    /**
     * Whether some wait for a person. An EXISTED_BEFORE does not: it settles itself, or is another
     * anomaly the next morning.
     */
    public boolean isUnanswered() {
      return open > acknowledged && kind != Kind.EXISTED_BEFORE;
    }
  }
}
