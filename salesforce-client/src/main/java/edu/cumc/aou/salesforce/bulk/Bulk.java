package edu.cumc.aou.salesforce.bulk;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of Bulk API 2.0. A job that writes goes through {@link #create}, {@link #upload}, {@link
 * #complete} and {@link #await}; then {@link #successful}, {@link #failed} and {@link #unprocessed}
 * tell the result of each row, even after a failed or aborted job. The id of a job is known before
 * anything is uploaded: a caller that stores it can go on after a crash, in another process, and
 * never has to send a row twice. Nothing is written before {@code complete}.
 *
 * <p>Every method throws {@link SalesforceException} when the call failed. Thread-safe; the cursors
 * are not.
 */
public interface Bulk {

  /** The most bytes of a {@link BulkFile}: Salesforce inflates them to 150 MB. */
  long MAX_BYTES = 100_000_000;

  /**
   * Makes a job that waits for its rows. If the answer is lost, the call is repeated: the forgotten
   * job holds no rows, writes nothing, and Salesforce discards it after a day.
   *
   * @throws SalesforceException CONFIGURATION if describe does not know one of the columns; the job
   *     is not made
   */
  BulkJob create(BulkIngest ingest);

  /**
   * Reads, checks and writes rows into memory, without a call. A value that is null or empty text
   * clears its field, a column that the row lacks leaves the field alone. Types are those of {@link
   * edu.cumc.aou.salesforce.Salesforce}; carriage returns become line feeds.
   *
   * @param rows by column, in any case; consumed
   * @throws IllegalArgumentException if a row has a column that the job lacks, or a value that Bulk
   *     cannot carry, or the rows are longer than {@link #MAX_BYTES}; the message names the row's
   *     number and the column
   */
  BulkFile write(BulkIngest ingest, Iterator<? extends Map<String, @Nullable Object>> rows);

  /**
   * Sends the rows of a job, which Salesforce accepts only once.
   *
   * <p>If the answer is lost the exception says so ({@code answerLost}): nothing is written yet, so
   * {@link #abort} the job and begin another.
   *
   * @param file from {@link #write} of this client
   */
  BulkUpload upload(String jobId, BulkFile file);

  /** Writes and uploads rows; both methods tell what may go wrong. */
  default BulkUpload upload(
      String jobId, BulkIngest ingest, Iterator<? extends Map<String, @Nullable Object>> rows) {
    return upload(jobId, write(ingest, rows));
  }

  /**
   * The most bytes that a row takes of {@link #MAX_BYTES}, for callers that cut rows into jobs.
   *
   * @throws IllegalArgumentException as {@link #write}
   */
  int size(BulkIngest ingest, Map<String, @Nullable Object> row);

  /** Lets Salesforce begin. Safe to repeat: a job that has begun is returned as it stands. */
  BulkJob complete(String jobId);

  /** The state of a job that writes. */
  BulkJob job(String jobId);

  /**
   * Asks at growing intervals, at most half a minute, until the job is over.
   *
   * @param atMost how long to wait; zero asks once
   * @return the job as last described: over, perhaps as FAILED or ABORTED; or not over when the
   *     time was, and then it goes on in Salesforce and can be awaited again
   */
  BulkJob await(String jobId, Duration atMost);

  /**
   * Stops a job. Rows that are already written stay written. A job that is over stays as it is.
   *
   * @return the job as it stands
   */
  BulkJob abort(String jobId);

  /** Removes a job that is over, with its results; does nothing if it is gone. */
  void delete(String jobId);

  /** The accepted rows. The caller closes the cursor. */
  BulkRows successful(String jobId);

  /** The refused rows, with the reasons. The caller closes the cursor. */
  BulkRows failed(String jobId);

  /**
   * The rows that were not processed, because the job failed or was aborted. Only the caller knows
   * their number: {@link BulkUpload#rows} less those processed. The caller closes the cursor.
   */
  BulkRows unprocessed(String jobId);

  /**
   * Runs a query as a job and reads it, in constant memory. Waits for the job; closing the cursor
   * deletes it. Records are the same as those of {@link edu.cumc.aou.salesforce.Salesforce#query},
   * except that a parent with only blank fields counts as no parent.
   *
   * @throws SalesforceException CONFIGURATION if a job cannot run the query, because it holds
   *     functions, groups, queries inside or a compound field
   */
  RecordCursor query(String soql);

  /** As {@link #query}, with deleted and archived records. */
  RecordCursor queryAll(String soql);

  /**
   * Starts a query job and returns at once; see {@link BulkQuery}.
   *
   * @param withDeleted whether to read deleted and archived records too
   */
  BulkQuery start(String soql, boolean withDeleted);

  /**
   * Continues reading a query job, perhaps of another process.
   *
   * @param locator from {@link BulkQuery#locator}; empty text for the first page
   */
  BulkQuery resume(String jobId, String locator);
}
