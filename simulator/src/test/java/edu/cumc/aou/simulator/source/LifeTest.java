package edu.cumc.aou.simulator.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifeTest {
  private static final int PARTICIPANTS = 50_000;
  private static final int FIRST_DAY = 21;
  private static final int LAST_DAY = 30;

  @Test
  void dailyRates_areThoseOfARealSite() {
    Map<Happening, Integer> counts = happenings();
    assertThat(percent(counts, Happening.APPEARED)).isBetween(0.1, 0.3);
    assertThat(percent(counts, Happening.JOURNEY_CHANGED)).isBetween(1.0, 3.0);
    assertThat(percent(counts, Happening.CONTACT_CHANGED)).isBetween(0.2, 0.5);
    assertThat(percent(counts, Happening.WITHDREW)).isBetween(0.015, 0.025);
    assertThat(percent(counts, Happening.BLANKED)).isBetween(0.015, 0.025);
    assertThat(percent(counts, Happening.REPAIRED)).isBetween(0.04, 0.06);
  }

  @Test
  void newcomers_takeTheirFirstStepsFasterThanOthersTakeTheirLater() {
    People people = new People(new SourceOptions(1, 10, 1, false));
    int newcomers = 0;
    int others = 0;
    for (int index = 100; index < 2_100; index++) {
      newcomers += journeyChanges(Life.newcomer(people.person(index), 2), 3);
      others += journeyChanges(Life.onDayOne(people.person(index)), 3);
    }
    assertThat(newcomers).isGreaterThan(5 * others);
  }

  private static int journeyChanges(Life life, int firstDay) {
    int changes = 0;
    for (int day = firstDay; day < firstDay + 10; day++) {
      changes += life.live(day) == Happening.JOURNEY_CHANGED ? 1 : 0;
    }
    return changes;
  }

  /** On the last ten days, when the first newcomers have settled. */
  private static Map<Happening, Integer> happenings() {
    People people = new People(new SourceOptions(2, PARTICIPANTS, 1, false));
    Population population = new Population(people.draw(), PARTICIPANTS);
    Map<Happening, Integer> counts = new EnumMap<>(Happening.class);
    int index = 0;
    for (int joined = 1; joined <= LAST_DAY; joined++) {
      for (int newcomers = population.newcomers(joined); newcomers > 0; newcomers--) {
        Person person = people.person(index++);
        Life life = joined == 1 ? Life.onDayOne(person) : Life.newcomer(person, joined);
        if (joined >= FIRST_DAY) {
          counts.merge(Happening.APPEARED, 1, Integer::sum);
        }
        for (int day = joined + 1; day <= LAST_DAY; day++) {
          Happening happening = life.live(day);
          if (day >= FIRST_DAY) {
            counts.merge(happening, 1, Integer::sum);
          }
        }
      }
    }
    return counts;
  }

  private static double percent(Map<Happening, Integer> counts, Happening happening) {
    int days = LAST_DAY - FIRST_DAY + 1;
    return 100.0 * counts.getOrDefault(happening, 0) / days / PARTICIPANTS;
  }
}
