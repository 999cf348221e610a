package edu.cumc.aou.simulator.salesforce.org;

import java.time.Instant;
import java.util.Optional;

/** Work that the org does by itself as time passes, such as bulk jobs. */
public interface Scheduled {
  /** When the next of it is due; empty while there is none. */
  Optional<Instant> due();

  /** Does what is due next. */
  void run();
}
