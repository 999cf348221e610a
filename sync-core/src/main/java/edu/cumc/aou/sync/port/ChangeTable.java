package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plan, ledger and before-image in one. Holds personal data. */
public interface ChangeTable {

  /** Adds rows to a run's plan; their {@code seq} continues that of the stored rows. */
  void append(RunId run, List<Change> changes);

  /**
   * The next rows with one of the actions and states, by {@code seq}; fewer than {@code limit}
   * means that there are no more.
   */
  List<Change> page(
      RunId run,
      CrmObject object,
      Set<Change.Action> actions,
      Set<Change.State> states,
      long afterSeq,
      int limit);

  /** Marks rows as SENT and counts the attempt, before the call goes out. */
  void markSent(RunId run, List<Long> seqs);

  /** As {@link #markSent(RunId, List)}; also stores the ingest job that takes the rows. */
  void markSent(RunId run, List<Long> seqs, JobId job);

  /** The next rows in state SENT that an ingest job took, by {@code seq}. */
  List<Change> pageOfJob(RunId run, CrmObject object, JobId job, long afterSeq, int limit);

  /** Stores the results of rows. */
  void settle(RunId run, List<Settlement> settlements);

  /**
   * Assigns journeys to waiting rows: a row becomes PLANNED when its participant now has exactly
   * one Contact and one journey in the mirror. A row that was planned for another journey stays as
   * it is. Returns the rest.
   */
  Awaiting resolveAwaiting(RunId run);

  /** How many rows wait for the journey of a Contact that this run created. */
  long awaitingNew(RunId run);

  /** How many rows there are of each sort. */
  List<ChangeCount> count(RunId run);

  /** How many fields the run's plan would clear, those of journeys that wait included. */
  long plannedClears(RunId run);

  /** How many planned journey updates set this field to {@code 1} or {@code true}. */
  long plannedFlags(RunId run, String field);

  /** The newest rows of one participant over all runs, newest first. */
  List<ParticipantChange> history(PmiId pmiId, int limit);

  /** The causes for which rows of a run were rejected, refused or failed, most frequent first. */
  List<FailureCause> failureCauses(RunId run);

  /**
   * Rows of a run that Salesforce refused, or that failed, and that met the same end in each of the
   * other runs: same object, code and fields. By {@code seq}; fewer than {@code limit} means that
   * there are no more. Leaves out rows that our own rules reject.
   *
   * @param others earlier runs; if none, all refused or failed rows are returned
   */
  List<Change> repeatedFailures(RunId run, List<RunId> others, long afterSeq, int limit);

  /** The last {@code seq} of a run; 0 when it has no rows. */
  long lastSeq(RunId run);

  /** Blanks old and new values of some rows of a run; their results stay. */
  void blankValues(RunId run, long afterSeq, long upToSeq);

  /**
   * Removes some rows of a run for good.
   *
   * @return how many rows were removed
   */
  long remove(RunId run, long afterSeq, long upToSeq);

  /** Removes all rows of a run with an incomplete plan. */
  void discard(RunId run);

  /**
   * The result of a row.
   *
   * @param contactId the id of a new Contact; null to leave it
   * @param journeyId null to leave it
   * @param errorCode null for DONE
   * @param row the row as stored, with its attempts, to spare reading it again; null if unknown.
   *     Only for a planned row without a result
   */
  record Settlement(
      long seq,
      Change.State state,
      @Nullable ContactId contactId,
      @Nullable JourneyId journeyId,
      @Nullable String errorCode,
      List<String> errorFields,
      @Nullable Change row) {
    public Settlement {
      errorFields = List.copyOf(errorFields);
      if (row != null && (row.seq() != seq || row.state() != Change.State.PLANNED)) {
        throw new IllegalArgumentException("not the planned row that this came of");
      }
    }

    public Settlement(
        long seq,
        Change.State state,
        @Nullable ContactId contactId,
        @Nullable JourneyId journeyId,
        @Nullable String errorCode,
        List<String> errorFields) {
      this(seq, state, contactId, journeyId, errorCode, errorFields, null);
    }

    /** The same, with its row. */
    public Settlement of(Change of) {
      return new Settlement(seq, state, contactId, journeyId, errorCode, errorFields, of);
    }
  }

  /**
   * Rows that still wait for a journey. No count includes rows of a participant without a Contact.
   *
   * @param resolved how many just got their journey
   * @param missing the Contact has no journey yet
   * @param ambiguous the Contact has several journeys, or the participant several Contacts
   */
  record Awaiting(long resolved, long missing, long ambiguous) {}

  /**
   * A number of rows.
   *
   * @param errorCode empty text if there is none
   */
  record ChangeCount(
      CrmObject object, Change.Action action, Change.State state, String errorCode, long count) {}

  /**
   * One cause, and how many rows it stopped.
   *
   * @param code see {@code Change.errorCode}
   * @param fields the fields that it blames; may be empty
   */
  record FailureCause(
      CrmObject object,
      Change.Action action,
      Change.State state,
      String code,
      List<String> fields,
      long count) {
    public FailureCause {
      fields = List.copyOf(fields);
    }
  }

  /** A row and the run it belongs to. */
  record ParticipantChange(RunId run, Change change) {}
}
