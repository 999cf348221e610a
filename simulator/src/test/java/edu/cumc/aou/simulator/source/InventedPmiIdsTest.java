package edu.cumc.aou.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class InventedPmiIdsTest {
  @Test
  void ids_neverRepeat() {
    InventedPmiIds ids = new InventedPmiIds(new Draw(42));
    BitSet seen = new BitSet(InventedPmiIds.COUNT);
    for (int index = 0; index < 1_000_000; index++) {
      seen.set(Integer.parseInt(ids.of(index).substring(2)));
    }
    assertThat(seen.cardinality()).isEqualTo(1_000_000);
  }

  @Test
  void ids_haveTheirShapeUpToTheLast() {
    InventedPmiIds ids = new InventedPmiIds(new Draw(1));
    assertThat(ids.of(0)).matches("P0\\d{8}");
    assertThat(ids.of(InventedPmiIds.COUNT - 1)).matches("P0\\d{8}");
  }

  @Test
  void ids_dependOnTheSeed() {
    assertThat(new InventedPmiIds(new Draw(1)).of(0))
        .isNotEqualTo(new InventedPmiIds(new Draw(2)).of(0));
  }
}
