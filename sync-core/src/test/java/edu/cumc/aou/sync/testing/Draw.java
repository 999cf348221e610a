package edu.cumc.aou.sync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance that comes from one seed: the same seed draws the same. What is drawn for one part comes
 * from a stream of its own, so that a change in one part leaves the others as they were. Not
 * thread-safe.
 */
public final class Draw {

  private final long seed;
  private final SplittableRandom random;

  public Draw(long seed) {
    this.seed = seed;
    // neighbouring seeds must not draw alike
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
  }

  /** The stream of a part that is known by its name. */
  public Draw of(String part) {
    return new Draw(seed * 31 + part.hashCode() * 1_000_003L);
  }

  /** A number from 0 to below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from one to another, both included. */
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** True so many times of a hundred. */
  public boolean percent(int share) {
    return random.nextInt(100) < share;
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T one(T... things) {
    return things[random.nextInt(things.length)];
  }

  /** One of these. */
  public <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** Those of the things that a toss of a coin leaves, in their order. */
  public <T> List<T> some(List<T> things, int share) {
    List<T> some = new ArrayList<>();
    for (T thing : things) {
      if (percent(share)) {
        some.add(thing);
      }
    }
    return some;
  }
}
