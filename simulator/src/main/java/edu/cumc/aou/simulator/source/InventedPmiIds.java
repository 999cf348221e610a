package edu.cumc.aou.simulator.source;

/**
 * Gives every person a PMI ID of the shape {@code P0########}, which the programme never issues. It
 * is a permutation, so ids never repeat, and neighbours are far apart. Immutable.
 */
final class InventedPmiIds {
  /** How many different ids there are. */
  static final int COUNT = 100_000_000;

  private static final int HALF_BITS = 14;
  private static final int HALF_MASK = (1 << HALF_BITS) - 1;
  private static final int ROUNDS = 4;

  private final Draw draw;

  InventedPmiIds(Draw draw) {
    this.draw = draw;
  }

  String of(int index) {
    // The Feistel network permutes 28 bits, more than there are ids: walk on until inside.
    int id = index;
    do {
      id = permute(id);
    } while (id >= COUNT);
    String digits = Integer.toString(id);
    return "P0" + "0".repeat(8 - digits.length()) + digits;
  }

  private int permute(int value) {
    int left = value >>> HALF_BITS;
    int right = value & HALF_MASK;
    for (int round = 0; round < ROUNDS; round++) {
      int mixed = left ^ ((int) draw.bits(right, Draw.Topic.PMI_ID, round) & HALF_MASK);
      left = right;
      right = mixed;
    }
    return (left << HALF_BITS) | right;
  }
}
