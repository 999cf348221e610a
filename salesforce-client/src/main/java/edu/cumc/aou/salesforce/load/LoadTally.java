package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.SalesforceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a load.
 *
 * @param saved rows that are as requested
 * @param refused rows that would be refused again
 * @param failureOrNull what ended the load early; null if nothing did
 */
public record LoadTally(long saved, long refused, @Nullable SalesforceException failureOrNull) {

  /** What ended the load early: rows that it did not reach were not written. */
  public Optional<SalesforceException> failure() {
    return Optional.ofNullable(failureOrNull);
  }
}
