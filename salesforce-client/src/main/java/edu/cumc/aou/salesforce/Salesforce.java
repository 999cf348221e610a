package edu.cumc.aou.salesforce;

import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.internal.RestSalesforce;
import edu.cumc.aou.salesforce.load.CsvLoad;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Loader;
import edu.cumc.aou.salesforce.load.Permit;
import java.io.Reader;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Salesforce org over its REST API. Logs in at the first call, and again when the session ends;
 * repeats what may be repeated; waits no longer than the settings say. It never repeats a refused
 * login, because that could lock the user out: for other credentials, make another client.
 * Thread-safe. The caller that connected closes it.
 *
 * <p>Every method throws {@link SalesforceException} if the call failed as a whole. The result for
 * one record of many is a {@link SaveResult}. Values of fields to send may be null, String,
 * Boolean, Integer, Long, BigDecimal, LocalDate, Instant, or a map with one key for a parent named
 * by its external id.
 */
public interface Salesforce extends AutoCloseable {

  /** The most records that one Collections call takes. */
  int MAX_COLLECTION = 200;

  /** The most ids that {@link #retrieve} takes. */
  int MAX_RETRIEVE = 2000;

  /** The most numbers that {@link #counts} asks for. */
  int MAX_COUNTS = 5;

  /** Makes a client. No call is made yet. */
  static Salesforce connect(SalesforceSettings settings) {
    return connect(settings, Surroundings.real());
  }

  /** Makes a client with its own clock, waits and randomness. No call is made yet. */
  static Salesforce connect(SalesforceSettings settings, Surroundings surroundings) {
    return RestSalesforce.open(settings, surroundings);
  }

  /** Its settings. */
  SalesforceSettings settings();

  /** The versions of the API that the org offers, oldest first. Not counted by Salesforce. */
  List<ApiVersion> versions();

  /** Salesforce's own time, in whole seconds. Not counted by Salesforce. */
  Instant serverTime();

  /**
   * Salesforce's own time, from an answer within the last {@code age}, or asked for if there was
   * none. For uses where some seconds early are fine, and late is not.
   */
  Instant serverTime(Duration age);

  /** The org's allowances by name, such as {@code DailyApiRequests}. */
  Map<String, ApiLimit> limits();

  /** What the calls of this client have cost. Makes no call. */
  ApiUsage usage();

  /** Identifies the org; read once. */
  Organization organization();

  /**
   * The id of the logged-in user, which becomes {@code CreatedById} and {@code LastModifiedById} of
   * what this client writes. The login tells it; for a session that was handed over, the first use
   * costs one call.
   *
   * @return empty if Salesforce does not tell
   */
  Optional<String> userId();

  /**
   * What the org says about an object; remembered for ten minutes. Throws NOT_FOUND if there is
   * none of that name, or the user may not see it.
   */
  ObjectDescription describe(String object);

  /** The objects that the user may see, in Salesforce's order. One call. */
  List<ObjectSummary> objects();

  /**
   * The same client with your own headers on each call: {@code Sforce-Duplicate-Rule-Header},
   * {@code Sforce-Auto-Assign}, {@code If-Unmodified-Since}. It shares session, connections and
   * counts with this one, which closes them. Uploads of a Bulk job's rows do not carry them.
   */
  Salesforce with(CallHeaders headers);

  /**
   * Sends your own request by this client's session. A {@code GET} is repeated like all reading,
   * anything else as {@link RawRequest#repeatable} says.
   */
  RawAnswer send(RawRequest request);

  /**
   * Starts a query and reads its first page at once. Reads the children of a query within the query
   * completely ({@link SalesforceRecord#children}). The caller closes the cursor.
   */
  RecordCursor query(String soql);

  /** As {@link #query}, with deleted and archived records. */
  RecordCursor queryAll(String soql);

  /**
   * Starts a query by REST or, if {@link #count} finds that many records, as a Bulk job. What a job
   * cannot run, such as groups and functions, always goes by REST.
   *
   * @param bulkFrom from this many records on a job is worth its wait: a page of REST has 2,000
   */
  RecordCursor read(String soql, long bulkFrom);

  /** The number that a query with {@code SELECT COUNT()} gives; see {@link Soql#count}. */
  long count(String soql);

  /** As {@link #count}, with deleted and archived records. */
  long countAll(String soql);

  /** As {@link #count} for each, at most {@link #MAX_COUNTS}, in their order. One call. */
  List<Long> counts(List<String> soql);

  /** Jobs that write or read many records at once. */
  Bulk bulk();

  /**
   * Reads as this client does, and asks a permit before each request and in each wait, both for a
   * query job and for a repeat. For one reading; not thread-safe.
   */
  Reading reading(Permit permit);

  /** Writes any number of records: use it for more than a few. */
  Loader loader();

  /**
   * Loads a CSV file, and writes another with the result of each row. Closes neither.
   *
   * @param rows the first line names the columns by their API names; RFC 4180, any line ends
   * @throws IllegalArgumentException if the file lacks a column, or a row has more or fewer cells
   *     than the first line; names the row. Earlier rows may have been written, and are in the
   *     results
   * @throws java.io.UncheckedIOException if the file cannot be read, or the results cannot be
   *     written
   */
  LoadTally load(CsvLoad load, Reader rows, Writer results, Permit permit);

  /** One record; empty if there is none with that id, or it is deleted. */
  Optional<SalesforceRecord> get(String object, String id, List<String> fields);

  /**
   * The one record with this external id; empty if there is none. Throws REJECTED with the code
   * {@code MULTIPLE_CHOICES} if several have it.
   */
  Optional<SalesforceRecord> getByExternalId(
      String object, String externalIdField, String value, List<String> fields);

  /**
   * Updates the one record with this external id, and never creates one. Throws NOT_FOUND if there
   * is none, REJECTED with {@code MULTIPLE_CHOICES} if several have it.
   *
   * @param fields without the external id and without {@code Id}
   */
  void updateByExternalId(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields);

  /**
   * Deletes the one record with this external id. Throws REJECTED with {@code MULTIPLE_CHOICES} if
   * several have it.
   *
   * @return whether there was one; false too if the answer to the first attempt was lost and a
   *     repeat finds the record deleted
   */
  boolean deleteByExternalId(String object, String externalIdField, String value);

  /**
   * Creates one record and returns its id. Sent once: if the answer is lost, the exception says so.
   */
  String create(String object, Map<String, @Nullable Object> fields);

  /** Updates one record. Throws NOT_FOUND or REJECTED if there is none with that id. */
  void update(String object, RecordUpdate update);

  /**
   * Creates or updates the one record with this external id. Throws REJECTED with the code {@code
   * MULTIPLE_CHOICES} if several have it.
   *
   * @param fields without the external id and without {@code Id}
   */
  SaveResult.Saved upsert(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields);

  /** Deletes one record; does nothing if it is already deleted. */
  void delete(String object, String id);

  /**
   * Creates records, at most {@link #MAX_COLLECTION}; the results are in their order. If one record
   * makes Salesforce refuse the whole call, it is singled out. Sent once: if an answer is lost, the
   * exception says so, and any of the records may exist.
   */
  List<SaveResult> createAll(String object, List<Map<String, @Nullable Object>> records);

  /** Updates records in the same way; safe to repeat. */
  List<SaveResult> updateAll(String object, List<RecordUpdate> updates);

  /**
   * Creates or updates records by an external id in the same way; safe to repeat. No value may
   * occur twice.
   *
   * @param records each with the external id among its fields, and without {@code Id}
   */
  List<SaveResult> upsertAll(
      String object, String externalIdField, List<Map<String, @Nullable Object>> records);

  /** Deletes records in the same way; one that is already deleted counts as saved. */
  List<SaveResult> deleteAll(List<String> ids);

  /**
   * Takes records out of the recycle bin in the same way, by the SOAP API, because REST has no call
   * for it. A record that is not in the bin is Refused with {@code UNDELETE_FAILED}, even if an
   * earlier attempt with a lost answer took it out.
   */
  List<SaveResult> undeleteAll(List<String> ids);

  /**
   * Sends up to 25 writes in one call. Sent once if any of them is a create: if the answer is lost,
   * the exception says so. If all or none must succeed, rolled back records are Refused with {@code
   * PROCESSING_HALTED}, beside the one that was to blame.
   *
   * @return by reference, in their order; the id is empty text where Salesforce does not give it:
   *     after an update or a deletion of a record that the same request created, and after an
   *     upsert up to version 45
   */
  Map<String, SaveResult> composite(CompositeRequest request);

  /**
   * Reads records by id, at most {@link #MAX_RETRIEVE}; the answers are in the order of the ids,
   * empty where there is no record that the user may see.
   */
  List<Optional<SalesforceRecord>> retrieve(String object, List<String> ids, List<String> fields);

  /** Ids of new or changed records; the window is cut down to whole minutes. */
  Changes.Updated updated(String object, Instant from, Instant to);

  /** Ids of deleted records in such a window. */
  Changes.Deleted deleted(String object, Instant from, Instant to);

  /** Closes the connections. The session in Salesforce goes on, because others may share it. */
  @Override
  void close();
}
