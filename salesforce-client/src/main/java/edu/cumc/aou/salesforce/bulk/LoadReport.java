package edu.cumc.aou.salesforce.bulk;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SaveResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of each record of a load.
 *
 * @param results one for each record, in their order
 * @param failureOrNull what ended the load early; null if nothing did
 */
public record LoadReport(List<SaveResult> results, @Nullable SalesforceException failureOrNull) {

  /** The code of a record that may have been written: read it before writing it again. */
  public static final String OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN";

  /** The code of a record that was certainly not written. */
  public static final String NOT_PROCESSED = "NOT_PROCESSED";

  public LoadReport {
    results = List.copyOf(results);
  }

  /** What ended the load early; the records that it did not come to are NOT_PROCESSED. */
  public Optional<SalesforceException> failure() {
    return Optional.ofNullable(failureOrNull);
  }

  /** How many records are as asked. */
  public long saved() {
    return results.stream().filter(SaveResult.Saved.class::isInstance).count();
  }

  /** Numbers only. */
  @Override
  public String toString() {
    return "LoadReport[" + saved() + " of " + results.size() + " saved]";
  }
}
