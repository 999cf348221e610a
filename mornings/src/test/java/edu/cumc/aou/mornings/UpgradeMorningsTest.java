package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Event;
import edu.cumc.aou.mornings.life.Kind;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.life.Matrix;
import edu.cumc.aou.mornings.life.Schedule;
import edu.cumc.aou.mornings.life.Traits;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites that an earlier version has left with a run half done live on under this one. */
class UpgradeMorningsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"sent", "unknown", "job-open", "job-closed", "suspended", "suspended+holds"})
  void oldSite_livesOn(String archive) {
    live(
        archive,
        3,
        new Event(1, 1, Kind.CONTACT_CHANGES, 4, 7, 0),
        new Event(2, 1, Kind.STAFF_EDITS_CONTACT, 5, 3, 0),
        new Event(3, 2, Kind.WITHDRAWS, 6, 0, 0),
        new Event(4, 2, Kind.KILL, 0, 0, 40));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"JOURNEY_ROW_GOES", "REVERTED_LOAD"})
  void oldJob_isFinishedThoughTheSourceNoLongerSaysIt(Kind kind) {
    live("job-open", 2, new Event(1, 1, kind, 4, 84, 0));
  }

  private static void live(String archive, int days, Event... events) {
    Schedule schedule =
        new Schedule(0, false, 26, days, "", false, List.of(events), Traits.upgraded(archive));

    Life.Outcome outcome = World.FULL.live(schedule, new Matrix());

    assertThat(outcome.violations()).as(schedule.words("full")).isEmpty();
  }
}
