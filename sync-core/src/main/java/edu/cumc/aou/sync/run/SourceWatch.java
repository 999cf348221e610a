package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.port.SourceQuery;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notices a load of the source while it is read, and waits for its end, as long as the settings
 * allow over the whole run. Not thread-safe.
 */
final class SourceWatch {

  /** Two looks this far apart that see the same mean that a load has ended. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  private final RunServices services;
  private final SourceQuery query;
  private final Duration longest;
  private final Runnable signOfLife;
  private final Deadline deadline;
  private @Nullable Instant giveUpAt;

  /**
   * {@code signOfLife}: called before and after each look, so that no other run takes over
   * meanwhile.
   */
  SourceWatch(
      RunServices services,
      SourceQuery query,
      Duration longest,
      Runnable signOfLife,
      Deadline deadline) {
    this.services = services;
    this.query = query;
    this.longest = longest;
    this.signOfLife = signOfLife;
    this.deadline = deadline;
  }

  /** The source's counts, taken while it reports no load. */
  SourceCounts counts() {
    SourceCounts counts = services.source().counts(query);
    return counts.loading() ? afterLoad() : counts;
  }

  boolean isStill(SourceCounts before) {
    return services.source().counts(query).equals(before);
  }

  /**
   * Waits until two looks see the same.
   *
   * @throws SyncException UNAVAILABLE if that takes too long
   */
  SourceCounts afterLoad() {
    if (giveUpAt == null) {
      giveUpAt = services.clock().instant().plus(longest);
      services
          .listener()
          .note(
              "the source is being loaded; waiting for the end of it, for " + longest + " at most");
    }
    SourceCounts last = services.source().counts(query);
    while (true) {
      deadline.requireNotStopped();
      if (services.clock().instant().plus(BETWEEN_LOOKS).isAfter(giveUpAt)
          || !deadline.allows(BETWEEN_LOOKS)) {
        throw stillChanging();
      }
      signOfLife.run();
      services.pause().forDuration(BETWEEN_LOOKS);
      signOfLife.run();
      SourceCounts now = services.source().counts(query);
      if (now.equals(last) && !now.loading()) {
        return now;
      }
      last = now;
    }
  }

  private SyncException stillChanging() {
    return new SyncException(
        FailureKind.UNAVAILABLE,
        "the source changed while it was being read, and did not come to rest within source.reload-wait: it is probably"
            + " reloading. Nothing was changed; run again when the load has ended, or allow a longer wait.");
  }
}
