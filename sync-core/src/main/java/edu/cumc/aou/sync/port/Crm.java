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
 * Salesforce as the sync sees it. Its contract is {@code CrmContract}. The implementation takes
 * care of retries, login and paging. Thread-safe unless stated otherwise.
 *
 * <p>Methods throw {@link SyncException} when the whole call failed: AUTH, CONFIG (unknown object
 * or field, missing permission), THROTTLED (quota), UNAVAILABLE (after its own retries), PROTOCOL.
 * The result for one record of a write is a {@link WriteOutcome}.
 */
public interface Crm {

  /** The most records that one query by id may ask for. */
  int MAX_BATCH = 200;

  OrgIdentity org();

  /**
   * The same CRM; while it reads Contacts and journeys, it asks the permit before each request and
   * during each wait. For one thread. An implementation without waits returns itself.
   */
  default Crm asking(WaitPermit permit) {
    return this;
  }

  /**
   * Salesforce's own time, for watermarks, because the local clock may be wrong. It may be some
   * seconds early, and is never late.
   */
  Instant serverTime();

  /** What describe says about an object; may be cached. */
  ObjectInfo describe(CrmObject object);

  /** How many records a scope holds. One call. */
  long count(CrmObject object, CrmScope scope);

  /** How many records of each object a scope holds. One call. */
  Map<CrmObject, Long> counts(CrmScope scope);

  /**
   * The Contacts of a scope with the given fields, normalised for each field's kind, in constant
   * memory. They come in no particular order unless the scope has one; even then, Contacts that
   * changed during the reading may come out of order. The implementation checks the number of
   * records against the count that the CRM announced. The caller closes the cursor.
   */
  Cursor<Contact> contacts(CrmScope scope, List<FieldName> fields);

  /**
   * Contacts by id, at most {@link #MAX_BATCH}, with the given fields, whether or not the sync
   * looks after them. Leaves out those that are gone. One call.
   */
  List<Contact> contactsById(List<ContactId> ids, List<FieldName> fields);

  /**
   * The histories of Contacts, at most {@link #MAX_BATCH}, whether they are there or in the recycle
   * bin. Leaves out those that are gone for good. A few calls.
   */
  List<ContactTrace> traces(List<ContactId> ids);

  /** The journeys of a scope, as {@link #contacts} gives Contacts. */
  Cursor<Journey> journeys(CrmScope scope, List<FieldName> fields);

  /**
   * The last change of each record that changed at or after {@code from} and before {@code before},
   * in the order of these times, including deleted records and those that the sync does not look
   * after. In constant memory; the caller closes the cursor.
   */
  Cursor<RecordStamp> stamps(CrmObject object, Instant from, Instant before);

  /**
   * The same without the records that our own login changed last, as {@link #changedByOthers}
   * leaves them out. Deleted records are included, no matter who deleted them.
   */
  Cursor<RecordStamp> stampsOfOthers(CrmObject object, Instant from, Instant before);

  /**
   * The ids of records that another user changed last, at or after this moment; deleted ones are
   * left out. A change that automation makes after a write counts as the writer's. If our own user
   * is unknown, all changed records are returned. The caller closes the cursor.
   */
  Cursor<String> changedByOthers(CrmObject object, Instant since);

  /**
   * Writes rows: a few by calls of some hundred records, many by jobs, one job after the other. It
   * pulls rows as it needs them, and tells the journal the result of each. If the answer to a
   * create is lost, it looks for the record before it tries again. If another user has created such
   * a record meanwhile, the row is refused ({@link WriteOutcome#CREATED_SINCE}). If an automation
   * has changed the PMI ID of the new record, the row counts as written, or is refused ({@link
   * WriteOutcome#CREATED_WITHOUT_KEY}). When the method returns, every row has its final result.
   *
   * @throws SyncException if the write ended early. The journal then knows which rows are in
   *     progress; rows that it does not know of were not sent
   */
  void write(WriteOrder order, Iterator<WriteRow> rows, WriteJournal journal);

  /**
   * Finds out the results of a job from an interrupted run: aborts a job that has not begun, waits
   * for one in progress. Reports rows that it did not write as going again.
   *
   * @param rows those that the journal has for the job, without a result
   * @param since by the CRM's clock, a moment before the run began to write
   */
  void takeUp(
      WriteOrder order, JobTable.Job job, List<WriteRow> rows, Instant since, WriteJournal journal);

  /**
   * Looks for the records of creates without an answer and sends nothing; the calls grow with the
   * number of records. Reports missing records as going again.
   *
   * @param since by the CRM's clock, a moment before the run began to write
   * @param mayBeUnderWay whether the call for one of them may still be in progress: then no record
   *     is reported missing before {@link #readTimeout} has passed
   */
  void settle(
      WriteOrder order,
      Iterator<WriteRow> rows,
      Instant since,
      boolean mayBeUnderWay,
      WriteJournal journal);

  /**
   * Stops a job unless it is over. One call.
   *
   * @return whether the job has stopped writing
   */
  boolean stopJob(JobId job);

  /**
   * The ids of an sObject's records by the values of a field, for records that others point at. One
   * call.
   *
   * @param value only this value; null for all, as long as they are few
   * @return empty if there are too many to read at once
   * @throws edu.cumc.aou.sync.model.SyncException CONFIG if the user sees no such object or field
   */
  default Optional<Map<String, List<String>>> idsBy(
      String object, String field, @Nullable String value) {
    return Optional.of(Map.of());
  }

  /**
   * What the user sees of a record that others point at: an Account, an owner, a record type. At
   * most one call.
   *
   * @param from the object that points at it
   * @return empty for an id of another kind
   */
  default Optional<PointedRecord> pointedAt(CrmObject from, String id) {
    return Optional.empty();
  }

  /**
   * A record that others point at.
   *
   * @param object its sObject, e.g. {@code Account}
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
   * The active automation in the org that acts on the records the sync writes. At most {@link
   * #AUTOMATION_CALLS} calls.
   *
   * @return one for each sort that the CRM has and each object; none if it has no such things
   */
  default List<Automation> automation() {
    return List.of();
  }

  /** The most calls that {@link #automation} makes. */
  int AUTOMATION_CALLS = 6;

  /**
   * The automation of one sort that acts on one object.
   *
   * @param seen whether the user may see this sort at all
   * @param names of the active ones
   */
  record Automation(CrmObject object, OrgTraits.Sort sort, boolean seen, List<String> names) {

    public Automation {
      names = List.copyOf(names);
    }
  }

  /**
   * Whether e-mail of automation may leave the org. Runs something harmless in the org to find out,
   * so use it for sandboxes only. One call.
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
   * What an administrator should know about the connection to this CRM: its API version is not
   * offered, or a login will be retired. At most one call, which the CRM does not count.
   */
  default List<Concern> concerns() {
    return List.of();
  }

  /**
   * One concern.
   *
   * @param setting the setting it is about
   * @param serious whether a run fails now, rather than one day
   * @param advice what to do
   */
  record Concern(String setting, boolean serious, String message, String advice) {}

  /** What the calls have cost so far. No call. */
  CrmUsage usage();

  /**
   * How long the implementation waits for an answer. After that time, a call that was sent has been
   * applied or never will be.
   */
  Duration readTimeout();
}
