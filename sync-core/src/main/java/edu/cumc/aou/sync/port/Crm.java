package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.ObjectInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Salesforce as the sync sees it. Its contract is {@code CrmContract}. Retries, login and paging
 * are the implementation's business; thread-safe unless it says otherwise.
 *
 * <p>Methods throw {@link edu.cumc.aou.sync.SyncException} when the whole call failed: AUTH, CONFIG
 * (unknown object or field, missing permission), THROTTLED (quota), UNAVAILABLE (after its own
 * retries), PROTOCOL. What happens to one record is a {@link WriteResult}.
 */
public interface Crm {

  /** The most records that one write may hold. */
  int MAX_BATCH = 200;

  OrgIdentity org();

  /** Salesforce's own time, for watermarks; the local clock may be wrong. */
  Instant serverTime();

  /** What describe says; may be cached. */
  ObjectInfo describe(CrmObject object);

  /** How many records a scope holds. One call. */
  long count(CrmObject object, CrmScope scope);

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

  /** The journeys of a scope, as {@link #contacts} gives Contacts. */
  Cursor<Journey> journeys(CrmScope scope, List<FieldName> fields);

  /**
   * Creates Contacts, at most {@link #MAX_BATCH}, no PMI ID twice. The results are in the order of
   * the records.
   *
   * @throws LostAnswerException in mode CREATE, when nobody knows whether the Contacts were created
   */
  List<WriteResult<ContactId>> insertContacts(List<ContactInsert> contacts, InsertMode mode);

  /**
   * Updates Contacts by id, at most {@link #MAX_BATCH}. May be sent twice. The results are in the
   * order of the records.
   */
  List<WriteResult<ContactId>> updateContacts(List<RecordUpdate<ContactId>> updates);

  /** Updates journeys by id, likewise. */
  List<WriteResult<JourneyId>> updateJourneys(List<RecordUpdate<JourneyId>> updates);

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

  /** Writes many records at once. */
  IngestJobs jobs();

  /** What the calls have cost so far. No call. */
  CrmUsage usage();

  /**
   * How long the implementation waits for an answer: after that, a call that was sent is either
   * applied or never will be.
   */
  Duration readTimeout();
}
