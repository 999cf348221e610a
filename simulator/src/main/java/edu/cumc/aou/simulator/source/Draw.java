package edu.cumc.aou.simulator.source;

/**
 * Random numbers that are looked up rather than drawn in turn: the same seed, person, topic and
 * number always give the same answer, in any order. Immutable.
 */
final class Draw {
  /** The purpose of a number; topics keep the answers independent of each other. */
  enum Topic {
    NEWCOMERS,
    PMI_ID,
    BIOBANK_ID,
    SEX,
    FIRST_NAME,
    LAST_NAME,
    BIRTH,
    RACE,
    GENDER,
    EDUCATION,
    LANGUAGE,
    EMAIL,
    PHONE,
    STREET,
    PLACE,
    STYLE,
    SIGN_UP,
    PROGRESS,
    GAP,
    ANSWER,
    TUBE,
    COPE,
    TIME,
    PAST,
    DAY,
    KIND,
    ORGANISATION,
    REDCAP;

    /** Made from the name, so that a new topic does not change everybody's life. */
    private final long salt = name().hashCode() * GOLDEN;
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;

  Draw(long seed) {
    this.seed = mix(seed + GOLDEN);
  }

  long bits(long person, Topic topic, long number) {
    long z = mix(seed ^ (person + 1) * GOLDEN);
    z = mix(z + topic.salt);
    return mix(z + number * GOLDEN);
  }

  /** From 0 inclusive to 1 exclusive. */
  double unit(long person, Topic topic, long number) {
    return (bits(person, topic, number) >>> 11) * 0x1.0p-53;
  }

  /** From 0 inclusive to {@code bound} exclusive. */
  int below(int bound, long person, Topic topic, long number) {
    return (int) (unit(person, topic, number) * bound);
  }

  boolean chance(double probability, long person, Topic topic, long number) {
    return unit(person, topic, number) < probability;
  }

  /** The finaliser of SplitMix64: every bit of the input reaches every bit of the output. */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
