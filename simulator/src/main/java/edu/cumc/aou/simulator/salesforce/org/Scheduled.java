package edu.cumc.aou.simulator.salesforce.org;

import java.time.Instant;
import java.util.Optional;

/** Work that the org does by itself as time passes, such as bulk jobs. */
public interface Scheduled {
  /** When its next step is due; empty if there is none. */
  Optional<Instant> due();

  /** Does the next due step. */
  void run();
}
