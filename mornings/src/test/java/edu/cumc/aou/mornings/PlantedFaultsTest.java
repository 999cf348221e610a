package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Event;
import edu.cumc.aou.mornings.life.Kind;
import edu.cumc.aou.mornings.life.Matrix;
import edu.cumc.aou.mornings.life.Schedule;
import edu.cumc.aou.mornings.plant.Planted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The judge is judged: each planted fault is found where it is known to show. */
class PlantedFaultsTest {

  /**
   * A life that shows a fault.
   *
   * @param seed of a random life; 0 for the events that follow
   */
  record Known(Planted fault, long seed, String events) {

    Schedule schedule() {
      if (seed > 0) {
        return FastMorningsTest.schedule(seed);
      }
      boolean recreate = events.startsWith("recreate|");
      List<Event> happening =
          Arrays.stream(events.replace("recreate|", "").split("\\|"))
              .map(e -> e.split(":"))
              .map(
                  e ->
                      new Event(
                          0,
                          Integer.parseInt(e[0]),
                          Kind.valueOf(e[1]),
                          Integer.parseInt(e[2]),
                          Integer.parseInt(e[3]),
                          Integer.parseInt(e[4])))
              .toList();
      return new Schedule(
          0, false, 5, 5, recreate ? "contact.when-deleted = recreate\n" : "", recreate, happening);
    }
  }

  static List<Known> known() throws IOException {
    try (var stream = PlantedFaultsTest.class.getResourceAsStream("planted.csv")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(";", -1))
          .map(c -> new Known(Planted.valueOf(c[0]), Long.parseLong(c[2]), c[5]))
          .toList();
    }
  }

  /** Seeds draw other lives when actors are added: a fault is found soon all the same. */
  private static final int LIVES = 60;

  @ParameterizedTest
  @MethodSource("known")
  void plantedFault_isFound(Known known) {
    int lives = known.seed() == 0 ? 1 : LIVES;
    for (int i = 0; i < lives; i++) {
      Schedule schedule =
          new Known(known.fault(), known.seed() + i * (lives / LIVES), known.events()).schedule();
      Planted.ran();
      boolean found = !World.FAST.live(schedule, known.fault()).isGood() && Planted.ran() > 0;
      if (found && World.FAST.live(schedule, new Matrix()).isGood()) {
        return;
      }
    }
    fail(known.fault() + " was planted, and the judge did not object");
  }

  @Test
  void everyPlantedFault_isKnown() throws IOException {
    assertThat(known().stream().map(Known::fault)).containsExactlyInAnyOrder(Planted.values());
    assertThat(Stream.of(Planted.values())).hasSizeGreaterThanOrEqualTo(40);
  }
}
