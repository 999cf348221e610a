package edu.cumc.aou.salesforce.bulk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as Salesforce last described it.
 *
 * @param id finds the job again, even from another process
 * @param object the API name; empty text for a query with an unknown object
 * @param processed rows that were tried, including failed ones; for a query the rows found
 * @param failed rows that were refused; 0 for a query
 * @param retries how often Salesforce restarted one of its batches
 * @param processingTime how long Salesforce worked at it
 * @param problemOrNull why it failed; null if it did not
 */
public record BulkJob(
    String id,
    String object,
    BulkOperation operation,
    BulkState state,
    long processed,
    long failed,
    int retries,
    Duration processingTime,
    @Nullable BulkProblem problemOrNull) {

  /** Why the job failed as a whole; empty if it did not, or is not over. */
  public Optional<BulkProblem> problem() {
    return Optional.ofNullable(problemOrNull);
  }

  /** Rows that Salesforce accepted. */
  public long succeeded() {
    return processed - failed;
  }

  @Override
  public String toString() {
    return "BulkJob["
        + operation
        + " "
        + object
        + " "
        + state
        + ", processed "
        + processed
        + ", failed "
        + failed
        + (problemOrNull == null ? "" : ", " + problemOrNull.code())
        + "]";
  }
}
