package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Gap;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.life.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known to be wrong is wrong still: what is mended is taken off the list and lived. */
class KnownFaultsTest {

  @ParameterizedTest(allowZeroInvocations = true)
  @EnumSource
  void knownFault_isThereStill(Gap gap) {
    Life.Outcome outcome = World.FAST.live(gap.schedule(), new Matrix());

    assertThat(outcome.violations())
        .as("\"%s\" is mended: remove it from Gap, and keep its schedule in SchedulesTest", gap)
        .isNotEmpty();
  }
}
