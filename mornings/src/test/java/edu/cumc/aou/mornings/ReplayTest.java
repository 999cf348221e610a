package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.life.Matrix;
import edu.cumc.aou.mornings.life.Schedule;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Lives through one seed once more, as the message of a failure says. */
class ReplayTest {

  @Test
  @EnabledIfSystemProperty(named = "seed", matches = "\\d+", disabledReason = "no -Dseed was given")
  void seed() {
    World world = World.valueOf(System.getProperty("world", "fast").toUpperCase(Locale.ROOT));
    Schedule schedule = FastMorningsTest.schedule(Long.getLong("seed"));
    String events = System.getProperty("events");
    if (events != null) {
      Set<Integer> indices =
          Arrays.stream(events.split(","))
              .filter(i -> !i.isEmpty())
              .map(Integer::valueOf)
              .collect(Collectors.toSet());
      schedule = schedule.only(indices);
    }

    Life.Outcome outcome = world.live(schedule, new Matrix());

    assertThat(outcome.violations()).as(schedule.words(world.word())).isEmpty();
  }
}
