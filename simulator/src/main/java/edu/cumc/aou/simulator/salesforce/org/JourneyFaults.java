package edu.cumc.aou.simulator.salesforce.org;

import java.time.Duration;
import java.util.Objects;

/**
 * How the flow that creates one journey per Contact goes wrong. Only the seed and the Contact's id
 * decide which Contacts are hit, so the same run meets the same faults again. Immutable.
 *
 * @param late the share of journeys that come late, 0 to 1
 * @param lateBy how much later than the others these come
 * @param missing the share of Contacts that never get a journey, 0 to 1
 * @param doubled the share of Contacts that get two, 0 to 1
 * @param seed the seed of the draw
 */
public record JourneyFaults(
    double late, Duration lateBy, double missing, double doubled, long seed) {

  /** The flow of an org without faults. */
  public static final JourneyFaults NONE = new JourneyFaults(0, Duration.ZERO, 0, 0, 0);

  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if a share is not between 0 and 1, or {@code lateBy} is
   *     negative
   */
  public JourneyFaults {
    Objects.requireNonNull(lateBy, "lateBy is null");
    checkShare("late", late);
    checkShare("missing", missing);
    checkShare("doubled", doubled);
    if (lateBy.isNegative()) {
      throw new IllegalArgumentException("lateBy is negative");
    }
  }

  public JourneyFaults withLate(double share, Duration by, long otherSeed) {
    return new JourneyFaults(share, by, missing, doubled, seed(otherSeed));
  }

  public JourneyFaults withMissing(double share, long otherSeed) {
    return new JourneyFaults(late, lateBy, share, doubled, seed(otherSeed));
  }

  public JourneyFaults withDoubled(double share, long otherSeed) {
    return new JourneyFaults(late, lateBy, missing, share, seed(otherSeed));
  }

  /** One draw serves all three, so the last seed wins. */
  private long seed(long other) {
    return other == 0 ? seed : other;
  }

  private static void checkShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is not between 0 and 1");
    }
  }
}
