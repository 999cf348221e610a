package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.life.Trees;
import edu.cumc.aou.mornings.world.PlannerOnly;
import edu.cumc.aou.mornings.world.SourceColumnsOf;
import edu.cumc.aou.sync.port.RawRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** The planner alone: source, mirror or Salesforce is disturbed, and all three agree again. */
class TreesTest {

  @Test
  void threeTrees_agreeWithinThreeRounds() {
    List<String> wrong = new ArrayList<>();
    long cases = live(1, seed -> seed <= 400, wrong);

    assertThat(wrong).isEmpty();
    assertThat(cases).isGreaterThan(1_500);
  }

  /** Lives through seeds as long as it may; gives how often a tree was disturbed. */
  static long live(long from, LongPredicate more, List<String> wrong) {
    PlannerOnly planner =
        new PlannerOnly(SourceColumnsOf.with(RawRow.Type.DATE), Life.settings(""));
    long cases = 0;
    for (long seed = from; more.test(seed); seed++) {
      Trees.Outcome outcome = Trees.live(planner, seed);
      cases += outcome.cases();
      for (String violation : outcome.violations()) {
        wrong.add("seed " + seed + ", " + violation);
      }
    }
    return cases;
  }
}
