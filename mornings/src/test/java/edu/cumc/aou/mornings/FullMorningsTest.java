package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import org.junit.jupiter.api.Test;

/** Mornings with the real client and store, against the simulated org and a real database. */
class FullMorningsTest {

  @Test
  void aHundredMornings_areAsTheyShouldBe() {
    Lives lives = new Lives(World.FULL);
    lives.live(1, FastMorningsTest::schedule, () -> lives.mornings() < 100);

    assertThat(lives.failures()).as(() -> lives.report(FastMorningsTest::schedule, 3)).isEmpty();
  }
}
