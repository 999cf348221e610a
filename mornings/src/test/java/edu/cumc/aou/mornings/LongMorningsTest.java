package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As many mornings as a given time allows: the profile {@code mornings}. */
@EnabledIfSystemProperty(
    named = "mornings.seconds",
    matches = "\\d+",
    disabledReason = "see the profile mornings")
class LongMorningsTest {

  @ParameterizedTest
  @EnumSource
  void mornings_areAsTheyShouldBe(World world) {
    long from = Long.getLong("mornings.from", 100_000);
    long end =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(Long.getLong("mornings.seconds") / World.values().length);
    Lives lives = new Lives(world);
    long most = Long.getLong("mornings.most", Long.MAX_VALUE);
    lives.live(
        from, FastMorningsTest::schedule, () -> System.nanoTime() < end && lives.lives() < most);

    System.out.println(lives.counts(from));
    if (lives.canaries() > 0) {
      assertThat(lives.canariesFound()).as("of %d canaries", lives.canaries()).isPositive();
    }
    assertThat(lives.failures()).as(() -> lives.report(FastMorningsTest::schedule, 5)).isEmpty();
  }
}
