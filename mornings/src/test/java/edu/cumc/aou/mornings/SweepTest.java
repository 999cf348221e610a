package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Matrix;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever may interrupt a run, in each of its steps: the profile {@code mornings}. */
@EnabledIfSystemProperty(
    named = "mornings.seconds",
    matches = "\\d+",
    disabledReason = "see the profile mornings")
class SweepTest {

  /** Nothing that may interrupt a run was never seen to do so in one of its steps. */
  @ParameterizedTest
  @EnumSource
  void whateverInterruptsARun_doesSoInEachOfItsSteps(World world) {
    Lives lives = new Lives(world).sweep();

    assertThat(lives.failures()).as(lives.report(5)).isEmpty();
    assertThat(lives.matrix().neverHit(world.swept())).as("steps in which it never was").isEmpty();
    assertThat(lives.matrix().cells().keySet())
        .as("how runs end")
        .isEqualTo(Matrix.expected(world.word()));
  }
}
