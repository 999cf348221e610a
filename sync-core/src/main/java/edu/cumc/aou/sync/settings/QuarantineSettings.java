package edu.cumc.aou.sync.settings;

import edu.cumc.aou.sync.config.ConfigSection;

/**
 * When to hold a participant after the same failure again and again.
 *
 * @param after after how many runs with the same failure; 0 for never
 * @param maxShare the share of a run's records above which a common cause is the org's fault and
 *     holds nobody
 */
public record QuarantineSettings(int after, double maxShare) {

  /** Reads the section {@code quarantine}. */
  static QuarantineSettings read(ConfigSection section) {
    QuarantineSettings settings =
        new QuarantineSettings(
            section.integer("after", 3, 0, 100), section.share("max-share", 0.5));
    section.done();
    return settings;
  }
}
