package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Salesforce as the sync sees it. Its contract is {@code CrmContract}. Retries, login and paging
 * are the implementation's business; thread-safe unless it says otherwise.
 *
 * <p>Methods throw {@link SyncException} when the whole call failed: AUTH, CONFIG (unknown object
 * or field, missing permission), THROTTLED (quota), UNAVAILABLE (after its own retries), PROTOCOL.
 * What happens to one record of a write is a {@link WriteOutcome}.
 */
public interface Crm {

  /** The most records that one question by id may hold. */
  int MAX_BATCH = 200;

  OrgIdentity org();

  /**
   * The same, whose reading of Contacts and journeys asks a permit in each wait and before each
   * request. For one thread. What has no waits is itself.
   */
  default Crm asking(WaitPermit permit) {
    return this;
  }

  /**
   * Salesforce's own time, for watermarks; the local clock may be wrong. It may be some seconds
   * early, and is never late.
   */
  Instant serverTime();

  /** What describe says; may be cached. */
  ObjectInfo describe(CrmObject object);

  /** How many records a scope holds. One call. */
  long count(CrmObject object, CrmScope scope);

  /** How many records of each object a scope holds. One call. */
  Map<CrmObject, Long> counts(CrmScope scope);

  /**
   * The Contacts of a scope with the given fields, values normalised for each field's kind, in no
   * particular order unless the scope has one, in constant memory. What was read is checked against
   * the count that the CRM announced. The caller closes the cursor.
   */
  Cursor<Contact> contacts(CrmScope scope, List<FieldName> fields);

  /**
   * Contacts by id, at most {@link #MAX_BATCH}, with the given fields, whether the sync looks after
   * them or not. Those that are gone are left out. One call.
   */
  List<Contact> contactsById(List<ContactId> ids, List<FieldName> fields);

  /**
   * What became of Contacts since they were created, at most {@link #MAX_BATCH}, whether they are
   * there or in the recycle bin. Those that are gone for good are left out. A few calls.
   */
  List<ContactTrace> traces(List<ContactId> ids);

  /** The journeys of a scope, as {@link #contacts} gives Contacts. */
  Cursor<Journey> journeys(CrmScope scope, List<FieldName> fields);

  /**
   * When each record changed that did so at or after {@code from} and before {@code before}: all of
   * them, deleted ones included, selected or not. In constant memory; the caller closes the cursor.
   */
  Cursor<RecordStamp> stamps(CrmObject object, Instant from, Instant before);

  /**
   * The ids of records that were changed at or after the moment, and whose last change was not by
   * the user that this port logs in as; deleted ones are left out. What an automation makes of a
   * write counts as the writing user's. All that were changed, where nobody tells who the user is.
   * The caller closes the cursor.
   */
  Cursor<String> changedByOthers(CrmObject object, Instant since);

  /**
   * Writes rows: few by calls of some hundreds of records, many by jobs, one after the other. Rows
   * are pulled as they are needed, and the journal learns of each what became of it. A create whose
   * answer is lost is asked for before it is repeated; if somebody else has created such a record
   * meanwhile, it is refused ({@link WriteOutcome#CREATED_SINCE}). One whose PMI ID an automation
   * has changed counts as written, or is refused ({@link WriteOutcome#CREATED_WITHOUT_KEY}). When
   * the method returns, every row has its last word.
   *
   * @throws SyncException what ended the write early. The journal then says which rows are under
   *     way, and those of which it knows nothing were not sent
   */
  void write(WriteOrder order, Iterator<WriteRow> rows, WriteJournal journal);

  /**
   * Finds out what became of a job of an interrupted run: one that has not begun is aborted, one at
   * work is waited for. What it did not write is told as going again.
   *
   * @param rows those that the journal has for the job, and no outcome
   * @param since by the CRM's clock, a moment before the run began to write
   */
  void takeUp(
      WriteOrder order, JobTable.Job job, List<WriteRow> rows, Instant since, WriteJournal journal);

  /**
   * Finds out which records of creates without an answer are there, in calls in proportion to their
   * number, and sends nothing. Those that are not there are told as going again.
   *
   * @param since by the CRM's clock, a moment before the run began to write
   * @param mayBeUnderWay whether the call for one of them may not have ended yet: then nobody is
   *     told as missing before {@link #readTimeout} has passed
   */
  void settle(
      WriteOrder order,
      Iterator<WriteRow> rows,
      Instant since,
      boolean mayBeUnderWay,
      WriteJournal journal);

  /**
   * Breaks a job off unless it is over. One call.
   *
   * @return whether the job writes nothing any more
   */
  boolean stopJob(JobId job);

  /**
   * The ids of an sObject's records by the values of a field, for what others point at. One call.
   *
   * @param value only those with this one; null for all, as long as they are few
   * @return empty if they are too many to be read at once
   * @throws edu.cumc.aou.sync.model.SyncException CONFIG if the user sees no such object or field
   */
  default Optional<Map<String, List<String>>> idsBy(
      String object, String field, @Nullable String value) {
    return Optional.of(Map.of());
  }

  /**
   * What the user sees of a record that records point at: an Account, an owner, a record type. At
   * most one call.
   *
   * @param from whose records point at it
   * @return empty for an id of another kind
   */
  default Optional<PointedRecord> pointedAt(CrmObject from, String id) {
    return Optional.empty();
  }

  /**
   * A record that others point at.
   *
   * @param object what it is, e.g. {@code Account}
   */
  record PointedRecord(String object, State state) {

    /** Whether other records may point at it. */
    public enum State {
      USABLE,
      DELETED,
      /** A user who has left, or a record type that is switched off. */
      INACTIVE,
      /** A record type that the user's profile does not have. */
      NOT_ALLOWED,
      /** It does not exist, or the user may not see it. */
      NOT_SEEN,
      /** The user may not ask for records of its object. */
      UNKNOWN
    }
  }

  /**
   * What in the org is switched on and acts on the records that the sync writes. At most {@link
   * #AUTOMATION_CALLS} calls.
   *
   * @return one for each sort that the CRM has and each object; none if it has no such things
   */
  default List<Automation> automation() {
    return List.of();
  }

  /** The most calls that {@link #automation} makes. */
  int AUTOMATION_CALLS = 5;

  /**
   * The automation of one sort that acts on one object.
   *
   * @param seen whether the user may see this sort at all
   * @param names of those that are switched on
   */
  record Automation(CrmObject object, OrgTraits.Sort sort, boolean seen, List<String> names) {

    public Automation {
      names = List.copyOf(names);
    }
  }

  /**
   * Whether e-mail of automation may leave the org. Asks by something that is carried out there and
   * leaves nothing behind: for sandboxes alone. One call.
   */
  default Mail mail() {
    return Mail.NOT_TOLD;
  }

  /** Whether e-mail of automation leaves an org. */
  enum Mail {
    LEAVES,
    STAYS,
    /** The user may not ask. */
    NOT_TOLD
  }

  /**
   * What an administrator should know of how this CRM is reached: a version of its API that is not
   * offered, a login that will be retired. At most one call, which the CRM does not count.
   */
  default List<Concern> concerns() {
    return List.of();
  }

  /**
   * One thing to know.
   *
   * @param setting the setting it is about
   * @param serious whether a run cannot work, rather than will not work one day
   * @param advice what to do
   */
  record Concern(String setting, boolean serious, String message, String advice) {}

  /** What the calls have cost so far. No call. */
  CrmUsage usage();

  /**
   * How long the implementation waits for an answer: after that, a call that was sent is either
   * applied or never will be.
   */
  Duration readTimeout();
}
