package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Gap;
import edu.cumc.aou.mornings.life.Schedule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of mornings on the ports that live in memory. */
@Tag("slow")
class FastMorningsTest {

  static Schedule schedule(long seed) {
    return Schedule.of(seed, Gap.heldBack());
  }

  @Test
  void fiveThousandMornings_areAsTheyShouldBe() {
    Lives lives = new Lives(World.FAST);
    lives.live(1, FastMorningsTest::schedule, () -> lives.mornings() < 5_000);

    assertThat(lives.failures()).as(() -> lives.report(FastMorningsTest::schedule, 5)).isEmpty();
    assertThat(lives.canariesFound()).as("of %d canaries", lives.canaries()).isPositive();
  }
}
