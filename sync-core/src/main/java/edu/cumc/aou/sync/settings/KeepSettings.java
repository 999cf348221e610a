package edu.cumc.aou.sync.settings;

import edu.cumc.aou.sync.config.ConfigSection;
import java.time.Duration;

/**
 * How long the store keeps what runs leave in it.
 *
 * @param values how long old and new values stay in {@code sync_change}
 * @param runs how long runs and their people stay; at least as long as values
 */
public record KeepSettings(Duration values, Duration runs) {

  public static final KeepSettings DEFAULT =
      new KeepSettings(Duration.ofDays(90), Duration.ofDays(730));

  /** Reads {@code keep-values} and {@code keep-runs} of the section {@code store}. */
  public static KeepSettings read(ConfigSection store) {
    KeepSettings keep =
        new KeepSettings(
            store.duration("keep-values", DEFAULT.values()),
            store.duration("keep-runs", DEFAULT.runs()));
    if (keep.runs().compareTo(keep.values()) < 0) {
      store.problem(
          "keep-runs", "is less than keep-values; runs must stay as long as their values do");
    }
    return keep;
  }
}
