package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Event;
import edu.cumc.aou.mornings.life.Kind;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.life.Matrix;
import edu.cumc.aou.mornings.life.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules that once showed a fault: each is lived through for good. */
class SchedulesTest {

  private static Event event(int day, Kind kind, int person, int detail, int at) {
    return new Event(0, day, kind, person, detail, at);
  }

  private static void live(boolean unique, int people, int days, Event... events) {
    Schedule schedule = new Schedule(0, unique, people, days, "", false, List.of(events));
    Life.Outcome outcome = World.FAST.live(schedule, new Matrix());
    assertThat(outcome.violations()).as(schedule.words("fast")).isEmpty();
  }

  @Test
  void personWithdraws_whileARunIsInterrupted_getsNothingOfItsRest() {
    live(
        true,
        3,
        3,
        event(1, Kind.ORG_THROTTLES, 0, 1, 38),
        event(2, Kind.LEAVES, 3, 0, 0),
        event(2, Kind.WITHDRAWN_IS_BLANKED, 2, 0, 0));
  }

  @Test
  void blankOfAnotherSort_contradictsNothing() {
    live(
        false, 3, 4, event(2, Kind.DOUBLED_EQUAL, 1, 0, 0), event(2, Kind.NO_BREAK_BLANK, 1, 0, 0));
  }

  @Test
  void staffEditsWhatSalesforceHadTaken_sourceWinsAgain() {
    live(
        false,
        3,
        4,
        event(3, Kind.STAFF_EDITS_JOURNEY, 1, 1, 0),
        event(3, Kind.STAFF_EDITS_CONTACT, 1, 1, 0));
  }

  @Test
  void contactMergedOnceMore_isAdoptedWhereItIsNow() {
    live(
        false,
        3,
        5,
        event(2, Kind.STAFF_MERGES, 2, 211, 0),
        event(4, Kind.STAFF_MERGES, 2, 756, 0));
  }

  @Test
  void recordsMerged_whileARunIsInterrupted_areInTheTablesAfterIt() {
    live(
        false,
        8,
        4,
        event(3, Kind.CONTACT_CHANGES, 2, 3, 0),
        event(3, Kind.LOGIN_REFUSED, 0, 2, 37),
        event(4, Kind.STAFF_MERGES, 1, 0, 0));
  }
}
