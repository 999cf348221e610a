package edu.cumc.aou.simulator.salesforce.org;

import java.util.Optional;

/** Looks at what the API is about to write, before the org's own rules do. */
@FunctionalInterface
public interface WriteCheck {
  /**
   * Looks at one record, and refuses it by throwing the API's answer.
   *
   * @param present the present record; empty for a new one
   */
  void check(Draft draft, Optional<Row> present);
}
