package edu.cumc.aou.salesforce.bulk;

import edu.cumc.aou.salesforce.RecordCursor;

/**
 * The records of a query job. The first call of {@code hasNext}, {@code next} or {@code totalSize}
 * waits until Salesforce has run the query. Not thread-safe.
 *
 * <p>A caller that stores {@link #jobId} and {@link #locator} can continue after a crash with
 * {@link Bulk#resume}, at the beginning of the page that it was reading.
 *
 * <p>{@code close} deletes the job once all its records were read. Before that the job stays in
 * Salesforce for a week, so that it can be resumed; {@link #discard} deletes it.
 */
public interface BulkQuery extends RecordCursor {

  String jobId();

  /** The present page; empty text for the first. The next pages follow from it. */
  String locator();

  /** How many records of this page {@code next} has given: a resume gives them again. */
  long readOfPage();

  /** Closes, and deletes the job in Salesforce whether or not it was fully read. */
  void discard();
}
