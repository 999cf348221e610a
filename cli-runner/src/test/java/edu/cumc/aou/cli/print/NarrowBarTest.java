package edu.cumc.aou.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.SyncStep;
import org.junit.jupiter.api.Test;

class NarrowBarTest {

  @Test
  void line_fitsTheNarrowestTerminal_whateverTheStepAndItsCounts() {
    for (SyncStep step : SyncStep.values()) {
      for (long total : new long[] {-1, 0, 7, 2_000, 1_000_000, 123_456_789}) {
        assertThat(NarrowBar.line(step.title(), Math.max(0, total), total))
            .hasSizeLessThan(40)
            .doesNotContain("\n");
      }
    }
  }

  @Test
  void line_hasSeparatorsOfThousands_andABarWhereThereIsRoom() {
    assertThat(NarrowBar.line("Plan", 1_000, 2_000))
        .isEqualTo("Plan [======       ] 1,000 of 2,000 50%");
    assertThat(NarrowBar.line("Sending Contacts", 120_000, 240_000))
        .isEqualTo("Sending Contacts 120,000 of 240,000 50%");
    assertThat(NarrowBar.line("Comparing", 120_000, -1)).isEqualTo("Comparing 120,000");
  }
}
