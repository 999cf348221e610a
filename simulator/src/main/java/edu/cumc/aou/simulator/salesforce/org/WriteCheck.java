package edu.cumc.aou.simulator.salesforce.org;

import java.util.Optional;

/** Looks at what the API is about to write, before the org's own rules do. */
@FunctionalInterface
public interface WriteCheck {
  /**
   * Looks at one record, and refuses it by throwing what the API answers.
   *
   * @param present the record as it is; empty if it is to be created
   */
  void check(Draft draft, Optional<Row> present);
}
