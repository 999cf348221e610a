package edu.cumc.aou.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class PmiIdsTest {
  @Test
  void ids_neverRepeat() {
    PmiIds ids = new PmiIds(new Draw(42));
    BitSet seen = new BitSet(PmiIds.COUNT);
    for (int index = 0; index < 1_000_000; index++) {
      seen.set(Integer.parseInt(ids.of(index).substring(2)));
    }
    assertThat(seen.cardinality()).isEqualTo(1_000_000);
  }

  @Test
  void ids_haveTheirShapeUpToTheLast() {
    PmiIds ids = new PmiIds(new Draw(1));
    assertThat(ids.of(0)).matches("P0\\d{8}");
    assertThat(ids.of(PmiIds.COUNT - 1)).matches("P0\\d{8}");
  }

  @Test
  void ids_dependOnTheSeed() {
    assertThat(new PmiIds(new Draw(1)).of(0)).isNotEqualTo(new PmiIds(new Draw(2)).of(0));
  }
}
