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

  /** Adds rows to a run's plan; their {@code seq} goes on from the rows that are there. */
  void append(RunId run, List<Change> changes);

  /**
   * The next rows with one of the actions in one of the states, by {@code seq}; fewer than {@code
   * limit} means there are no more.
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

  /** As {@link #markSent(RunId, List)}, and remembers the ingest job that takes the rows. */
  void markSent(RunId run, List<Long> seqs, JobId job);

  /** The next rows in state SENT that an ingest job took, by {@code seq}. */
  List<Change> pageOfJob(RunId run, CrmObject object, JobId job, long afterSeq, int limit);

  /** Stores what came of rows. */
  void settle(RunId run, List<Settlement> settlements);

  /**
   * Gives journeys to the rows that wait for one: those whose participant now has exactly one
   * Contact and one journey in the mirror become PLANNED. Returns what is left.
   */
  Awaiting resolveAwaiting(RunId run);

  /** How many journeys' values wait for the journey of a Contact that this run created. */
  long awaitingNew(RunId run);

  /** How many rows there are of each sort. */
  List<ChangeCount> count(RunId run);

  /** How many fields the run's plan would clear. */
  long plannedClears(RunId run);

  /** How many planned journey updates set this field to the value {@code 1} or {@code true}. */
  long plannedFlags(RunId run, String field);

  /** The newest rows of one participant over all runs, newest first. */
  List<ParticipantChange> history(PmiId pmiId, int limit);

  /** Why rows of a run were rejected, refused or failed, the most frequent cause first. */
  List<FailureCause> failureCauses(RunId run);

  /**
   * The rows of a run that Salesforce refused, or that failed, and that met the same fate in every
   * one of the other runs: the same object, code and fields. By {@code seq}; fewer than {@code
   * limit} means there are no more. Rows that our own rules reject are none of them.
   *
   * @param others runs before it; with none of them, all rows that were refused or failed
   */
  List<Change> repeatedFailures(RunId run, List<RunId> others, long afterSeq, int limit);

  /** The last {@code seq} of a run; 0 when it has no rows. */
  long lastSeq(RunId run);

  /** Blanks old and new values of some rows of a run; what came of them stays. */
  void blankValues(RunId run, long afterSeq, long upToSeq);

  /**
   * Removes some rows of a run for good.
   *
   * @return how many there were
   */
  long remove(RunId run, long afterSeq, long upToSeq);

  /** Removes a run's rows, for a plan that was not completed. */
  void discard(RunId run);

  /**
   * What came of a row.
   *
   * @param contactId the id of a new Contact; null to leave it
   * @param journeyId null to leave it
   * @param errorCode null for DONE
   * @param row the row as the table has it, its attempts included, so that it is not read once
   *     more; null where that is not known. Only of a row that was planned, and has no outcome yet.
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

    /** The same, with the row that it came of. */
    public Settlement of(Change of) {
      return new Settlement(seq, state, contactId, journeyId, errorCode, errorFields, of);
    }
  }

  /**
   * Rows that still wait for a journey. A row whose participant has no Contact that is not gone is
   * in none of the counts.
   *
   * @param resolved how many just got theirs
   * @param missing their Contact has no journey yet
   * @param ambiguous their Contact has more than one journey, or the participant more than one
   *     Contact
   */
  record Awaiting(long resolved, long missing, long ambiguous) {}

  /**
   * A number of rows.
   *
   * @param errorCode empty text where there is none
   */
  record ChangeCount(
      CrmObject object, Change.Action action, Change.State state, String errorCode, long count) {}

  /**
   * One cause and how many rows it stopped.
   *
   * @param code why; see {@code Change.errorCode}
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
