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
 * What a load asks of the client. Every writing request asks the permit of the load first, and
 * every wait asks it meanwhile. For one load; not thread-safe.
 */
public interface LoadCalls {

  /**
   * A record in the form of a call.
   *
   * @throws IllegalArgumentException if no call can carry it
   */
  Object prepared(BulkIngest order, Map<String, @Nullable Object> record);

  /** Writes at most 200 prepared records, in one call or in halves of it. */
  Answer send(LoadOrder order, List<Object> prepared);

  /**
   * Writes at most 25 prepared new records in one call, each as a request of its own, because its
   * answer then says more.
   *
   * @throws SalesforceException if the call fails as a whole
   */
  Answer sendEach(LoadOrder order, List<Object> prepared);

  /** Jobs. */
  Bulk bulk();

  /** Starts a query; the caller closes it. */
  RecordCursor query(String soql);

  ObjectDescription describe(String object);

  /** Starts what each load needs first, while the caller does something else. */
  void getReady(String object);

  /** Salesforce's own time. */
  Instant serverTime();

  /** The id of the logged-in user; empty if unknown. */
  Optional<String> userId();

  /** The local time. */
  Instant now();

  /** Asks the permit now, before the journal is told; the next request does not ask again. */
  void askToWrite();

  /** Asks the permit during something that takes time. */
  void askMeanwhile();

  /** Asks the permit whether to wait for a started job. */
  void askToWaitFor(Duration wait);

  /** Lets time pass. */
  void pause(Duration wait);

  /** How long to wait for an answer; after that, a call has been carried out or never will be. */
  Duration answerTimeout();

  /** Notes that the next call repeats records. */
  void noteRepeat();

  /**
   * The results of a call's records.
   *
   * @param results in their order; null where unknown
   * @param broken the part that failed as a whole; null if none did
   * @param repeated whether an earlier attempt may have written them
   */
  record Answer(List<@Nullable SaveResult> results, @Nullable Broken broken, boolean repeated) {}

  /**
   * Records of a failed call; later ones were not sent.
   *
   * @param from the first of them
   * @param to after the last of them
   * @param sentAt when they were last sent
   */
  record Broken(int from, int to, SalesforceException failure, Instant sentAt) {}
}
