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
 * repeats what may be repeated; waits no longer than the settings say. A login that was refused is
 * not tried again, lest the user be locked out: with other credentials, make another client.
 * Thread-safe. Whoever connected closes it.
 *
 * <p>Every method throws {@link SalesforceException} when the call as a whole failed. What happens
 * to one record of many is a {@link SaveResult}. Values of fields that are sent may be null,
 * String, Boolean, Integer, Long, BigDecimal, LocalDate, Instant, or a map with one key for a
 * parent named by its external id.
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

  /** Makes a client with a clock, waits and a chance of its own. No call is made yet. */
  static Salesforce connect(SalesforceSettings settings, Surroundings surroundings) {
    return RestSalesforce.open(settings, surroundings);
  }

  /** The settings that it was made with. */
  SalesforceSettings settings();

  /** The versions of the API that the org offers, oldest first. Not counted by Salesforce. */
  List<ApiVersion> versions();

  /** Salesforce's own time, in whole seconds. Not counted by Salesforce. */
  Instant serverTime();

  /**
   * Salesforce's own time as an answer of hers gave it within the last {@code age}, and asked for
   * if none did: for what may lie some seconds early and must never lie late.
   */
  Instant serverTime(Duration age);

  /** The org's allowances by name, such as {@code DailyApiRequests}. */
  Map<String, ApiLimit> limits();

  /** What the calls of this client have cost. Makes no call. */
  ApiUsage usage();

  /** Which org this is; read once. */
  Organization organization();

  /**
   * The id of the user who is logged in, which stands in {@code CreatedById} and {@code
   * LastModifiedById} of what this client writes. The login tells it; of a session that was handed
   * over it costs one call, the first time.
   *
   * @return empty if Salesforce does not tell
   */
  Optional<String> userId();

  /**
   * What the org says of an object; remembered for ten minutes. Throws NOT_FOUND when there is none
   * of that name, or the user may not see it.
   */
  ObjectDescription describe(String object);

  /** The objects that the user may see, in Salesforce's order. One call. */
  List<ObjectSummary> objects();

  /**
   * The same client with headers of your own on each call: {@code Sforce-Duplicate-Rule-Header},
   * {@code Sforce-Auto-Assign}, {@code If-Unmodified-Since}. It shares session, connections and
   * counts with this one, which closes them. The rows of a Bulk job are uploaded without them.
   */
  Salesforce with(CallHeaders headers);

  /**
   * Sends a request of your own by this client's session. A {@code GET} is repeated as all reading
   * is, anything else as {@link RawRequest#repeatable} says.
   */
  RawAnswer send(RawRequest request);

  /**
   * Begins a query; the first page is read at once. Children of a query within the query are read
   * to the last ({@link SalesforceRecord#children}). The caller closes the cursor.
   */
  RecordCursor query(String soql);

  /** As {@link #query}, with deleted and archived records. */
  RecordCursor queryAll(String soql);

  /**
   * Begins a query by REST or, when {@link #count} finds that many records, as a Bulk job. What a
   * job cannot run, such as groups and functions, goes by REST however much it is.
   *
   * @param bulkFrom from how many records on a job is worth its wait: a page of REST has 2,000
   */
  RecordCursor read(String soql, long bulkFrom);

  /**
   * The number that a query beginning with {@code SELECT COUNT()} gives; see {@link Soql#count}.
   */
  long count(String soql);

  /** As {@link #count}, with deleted and archived records. */
  long countAll(String soql);

  /** As {@link #count} of each, at most {@link #MAX_COUNTS}, in their order. One call. */
  List<Long> counts(List<String> soql);

  /** Jobs that write or read many records at once. */
  Bulk bulk();

  /**
   * Reads as this client does, and asks a permit before each request and in each wait: for the end
   * of a query job as well as before a request is repeated. For one reading; not thread-safe.
   */
  Reading reading(Permit permit);

  /** Writes any number of records: the way for more than a few. */
  Loader loader();

  /**
   * Loads a CSV file, and writes another that says what became of each row. Closes neither.
   *
   * @param rows the first line names the columns by their API names; RFC 4180, any line ends
   * @throws IllegalArgumentException if the file lacks a column, or a row has more or fewer cells
   *     than the first line; names the row. Those before it may have been written, and stand in the
   *     results
   * @throws java.io.UncheckedIOException if the file cannot be read, or the results not be written
   */
  LoadTally load(CsvLoad load, Reader rows, Writer results, Permit permit);

  /** One record; empty when there is none of that id, or it is deleted. */
  Optional<SalesforceRecord> get(String object, String id, List<String> fields);

  /**
   * The one record whose external id has the value; empty when there is none. Throws REJECTED with
   * the code {@code MULTIPLE_CHOICES} when several have it.
   */
  Optional<SalesforceRecord> getByExternalId(
      String object, String externalIdField, String value, List<String> fields);

  /**
   * Updates the one record whose external id has the value, and never creates one. Throws NOT_FOUND
   * when there is none, REJECTED with {@code MULTIPLE_CHOICES} when several have it.
   *
   * @param fields without the external id and without {@code Id}
   */
  void updateByExternalId(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields);

  /**
   * Deletes the one record whose external id has the value. Throws REJECTED with {@code
   * MULTIPLE_CHOICES} when several have it.
   *
   * @return whether there was one; false as well where a repeat finds that the first attempt, whose
   *     answer was lost, has deleted it
   */
  boolean deleteByExternalId(String object, String externalIdField, String value);

  /**
   * Creates one record and gives its id. Sent once: if the answer is lost, the exception says so.
   */
  String create(String object, Map<String, @Nullable Object> fields);

  /** Updates one record. Throws NOT_FOUND or REJECTED when there is none of that id. */
  void update(String object, RecordUpdate update);

  /**
   * Creates or updates the one record whose external id has the value. Throws REJECTED with the
   * code {@code MULTIPLE_CHOICES} when several have it.
   *
   * @param fields without the external id and without {@code Id}
   */
  SaveResult.Saved upsert(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields);

  /** Deletes one record; one that is deleted already is fine. */
  void delete(String object, String id);

  /**
   * Creates records, at most {@link #MAX_COLLECTION}; the results are in their order. A record that
   * makes Salesforce refuse the whole call is singled out. Sent once: if an answer is lost, the
   * exception says so, and any of the records may exist.
   */
  List<SaveResult> createAll(String object, List<Map<String, @Nullable Object>> records);

  /** Updates records, likewise; safe to repeat. */
  List<SaveResult> updateAll(String object, List<RecordUpdate> updates);

  /**
   * Creates or updates records by an external id, likewise; safe to repeat. No value may occur
   * twice.
   *
   * @param records each with the external id among its fields, and without {@code Id}
   */
  List<SaveResult> upsertAll(
      String object, String externalIdField, List<Map<String, @Nullable Object>> records);

  /** Deletes records, likewise; one that is deleted already counts as saved. */
  List<SaveResult> deleteAll(List<String> ids);

  /**
   * Takes records out of the recycle bin, likewise; by the SOAP API, for REST has no call for it.
   * One that is not in the bin is Refused with {@code UNDELETE_FAILED}: also one that an attempt
   * before, whose answer was lost, has taken out.
   */
  List<SaveResult> undeleteAll(List<String> ids);

  /**
   * Sends up to 25 writes in one call. Sent once if any of them is a create: if the answer is lost,
   * the exception says so. In a request of all or none, what was rolled back is Refused with {@code
   * PROCESSING_HALTED}, beside the one that was to blame.
   *
   * @return by reference, in their order; the id is empty text where Salesforce does not give it:
   *     after an update or a deletion of a record that the same request made, and after an upsert
   *     up to version 45
   */
  Map<String, SaveResult> composite(CompositeRequest request);

  /**
   * Reads records by id, at most {@link #MAX_RETRIEVE}; the answers are in the order of the ids,
   * empty where there is no record that the user may see.
   */
  List<Optional<SalesforceRecord>> retrieve(String object, List<String> ids, List<String> fields);

  /** Ids of records that are new or changed; the window is cut down to whole minutes. */
  Changes.Updated updated(String object, Instant from, Instant to);

  /** Ids of records that are gone, likewise. */
  Changes.Deleted deleted(String object, Instant from, Instant to);

  /** Ends the connections. The session in Salesforce goes on: others may share it. */
  @Override
  void close();
}
