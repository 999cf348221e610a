package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a load asks of the client. Every request that writes asks the permit of the load first, and
 * every wait asks it meanwhile. For one load; not thread-safe.
 */
public interface LoadCalls {

  /**
   * A record as a call takes it.
   *
   * @throws IllegalArgumentException if no call can carry it
   */
  Object prepared(BulkIngest order, Map<String, @Nullable Object> record);

  /** Writes at most 200 records that were prepared, in one call or in halves of it. */
  Answer send(BulkIngest order, List<Object> prepared);

  /**
   * Writes at most 25 new records that were prepared, in one call, each as a request of its own:
   * its answer says more than one of many does.
   *
   * @throws SalesforceException if the call fails as a whole
   */
  Answer sendEach(BulkIngest order, List<Object> prepared);

  /** Jobs. */
  Bulk bulk();

  /** Begins a query; the caller closes it. */
  RecordCursor query(String soql);

  ObjectDescription describe(String object);

  /** Begins with what each load needs first, beside what the caller does meanwhile. */
  void getReady(String object);

  /** Salesforce's own time. */
  Instant serverTime();

  /** The id of the user who is logged in; empty if nobody tells. */
  Optional<String> userId();

  /** The time here. */
  Instant now();

  /** Asks the permit now, before the journal is told; the next request does not ask again. */
  void askToWrite();

  /** Asks the permit in something that takes time. */
  void askMeanwhile();

  /** Asks the permit whether a wait for a job that has begun is sat out. */
  void askToWaitFor(Duration wait);

  /** Lets time pass. */
  void pause(Duration wait);

  /** How long an answer is waited for: after it, a call is carried out or never will be. */
  Duration answerTimeout();

  /** Notes that the next call sends records again. */
  void noteRepeat();

  /**
   * What came of the records of a call.
   *
   * @param results in their order; null where nothing is known
   * @param broken the part of them that failed as a whole; null if none did
   * @param repeated whether an attempt before the last one may have written them
   */
  record Answer(List<@Nullable SaveResult> results, @Nullable Broken broken, boolean repeated) {}

  /**
   * Records whose call failed; those after them were not sent.
   *
   * @param from the first of them
   * @param to after the last of them
   * @param sentAt when they were last sent
   */
  record Broken(int from, int to, SalesforceException failure, Instant sentAt) {}
}
