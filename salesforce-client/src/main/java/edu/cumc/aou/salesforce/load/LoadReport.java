package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.SalesforceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of a load that had its rows in a list.
 *
 * @param results one for each row, in their order
 * @param failureOrNull what ended the load early; null if nothing did
 */
public record LoadReport(List<LoadOutcome> results, @Nullable SalesforceException failureOrNull) {

  public LoadReport {
    results = List.copyOf(results);
  }

  /** What ended the load early. */
  public Optional<SalesforceException> failure() {
    return Optional.ofNullable(failureOrNull);
  }

  /** How many records are as requested. */
  public long saved() {
    return results.stream().filter(LoadOutcome.Saved.class::isInstance).count();
  }

  @Override
  public String toString() {
    return "LoadReport[" + saved() + " of " + results.size() + " saved]";
  }
}
