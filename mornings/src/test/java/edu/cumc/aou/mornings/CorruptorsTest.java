package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.Judge;
import edu.cumc.aou.mornings.plant.Corruptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage to a record or to a row is found by the judge, each time it is done. */
class CorruptorsTest {

  private static final List<Morning> MORNINGS =
      LongStream.rangeClosed(1, 25)
          .mapToObj(seed -> World.FAST.lastMorning(FastMorningsTest.schedule(seed)))
          .flatMap(Optional::stream)
          .toList();

  @ParameterizedTest
  @EnumSource
  void damage_isFound(Corruptor corruptor) {
    int done = 0;
    for (Morning morning : MORNINGS) {
      Optional<Morning> damaged = corruptor.damaged(morning);
      if (damaged.isPresent()) {
        done++;
        List<Violation> found = new ArrayList<>(Judge.of(damaged.get()));
        found.addAll(Judge.converged(damaged.get()));
        assertThat(found).as("%s in morning %d", corruptor, MORNINGS.indexOf(morning)).isNotEmpty();
        assertThat(Judge.of(morning)).isEmpty();
      }
    }
    assertThat(done).as("mornings that were damaged").isGreaterThanOrEqualTo(5);
  }
}
