package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Event;
import edu.cumc.aou.mornings.life.Kind;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.life.Matrix;
import edu.cumc.aou.mornings.life.Schedule;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules that once showed a fault: each is lived through for good, in both worlds. */
@Tag("slow")
class SchedulesTest {

  private static final String JOBS = "bulk { threshold = 3, rows-per-job = 10000 }\n";
  private static final String RECREATE =
      "bulk { threshold = 3, rows-per-job = 2 }\ncontact.when-deleted = recreate\n";

  private static Event event(int day, Kind kind, int person, int detail, int at) {
    return new Event(0, day, kind, person, detail, at);
  }

  private static void live(boolean unique, int people, int days, Event... events) {
    live("", unique, people, days, events);
  }

  private static void live(String hocon, boolean unique, int people, int days, Event... events) {
    boolean recreate = hocon.contains("recreate");
    Schedule schedule = new Schedule(0, unique, people, days, hocon, recreate, List.of(events));
    for (World world : World.values()) {
      Life.Outcome outcome = world.live(schedule, new Matrix());
      assertThat(outcome.violations()).as(schedule.words(world.word())).isEmpty();
    }
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

  @Test
  void storeAway_whileARunEnds_keepsNobodyAwayAfterwards() {
    live(true, 10, 5, event(3, Kind.UNDOES, 3, 810, 0), event(3, Kind.STORE_DOWN, 7, 607, 15));
    live(false, 6, 2, event(2, Kind.STORE_DOWN, 6, 902, 38), event(2, Kind.UNDOES, 5, 347, 0));
    live(JOBS, false, 9, 5, event(4, Kind.STORE_DOWN, 3, 682, 8), event(4, Kind.UNDOES, 3, 88, 0));
  }

  @Test
  void journeysDoubledByAMerge_areNamedByTheRunThatSeesThem() {
    live(
        RECREATE,
        true,
        6,
        4,
        event(3, Kind.LOGIN_REFUSED, 5, 398, 76),
        event(4, Kind.STAFF_MERGES, 4, 105, 0),
        event(4, Kind.STORE_DOWN, 6, 972, 3));
  }

  @Test
  void contactMadeByHand_afterAJobOfAnInterruptedRun_isNoDoubleOfOurs() {
    live(
        JOBS,
        false,
        7,
        5,
        event(1, Kind.DEADLINE, 7, 670, 3),
        event(2, Kind.STAFF_CREATES_CONTACT, 2, 508, 0));
  }

  @Test
  void pmiIdCleared_whileARunIsInterrupted_journeyGetsNothingOfItsRest() {
    live(
        true,
        2,
        3,
        event(2, Kind.LOGIN_REFUSED, 2, 92, 36),
        event(2, Kind.STAFF_EDITS_JOURNEY, 1, 936, 0),
        event(3, Kind.STAFF_CLEARS_PMI, 1, 188, 0));
  }

  @Test
  void journeySentOnceMore_becauseItsContactWasMerged_isNoCorrection() {
    live(
        false,
        5,
        6,
        event(2, Kind.JOURNEYS_NEVER, 0, 951, 0),
        event(2, Kind.STAFF_MERGES, 1, 329, 23),
        event(4, Kind.STAFF_EDITS_JOURNEY, 1, 10, 0));
  }

  @Test
  void automationStripsThePmiId_createsNobodyTwice() {
    live(false, 3, 4, event(1, Kind.REWRITES_KEY, 1, 0, 0));
    live(true, 3, 4, event(1, Kind.REWRITES_KEY, 1, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REWRITES_KEY", "CLEARS_KEY"})
  void automationTakesThePmiId_andTheAnswerIsLost_createsNobodyTwice(Kind automation) {
    for (String roads : List.of("", JOBS)) {
      for (boolean unique : new boolean[] {false, true}) {
        live(
            roads,
            unique,
            3,
            4,
            event(1, automation, 1, 0, 0),
            event(1, Kind.ANSWER_LOST_APPLIED, 1, 0, 1));
        live(
            roads,
            unique,
            3,
            4,
            event(1, automation, 1, 0, 0),
            event(1, Kind.ANSWER_LOST_APPLIED, 1, 0, 1),
            event(1, Kind.KILL_AFTER, 1, 0, 40));
      }
    }
  }

  @Test
  void staffEdits_betweenTheWriteAndItsReadBack_areNotWhatSalesforceMadeOfIt() {
    live(false, 4, 4, event(1, Kind.STAFF_EDITS_CONTACT, 2, 722, 79));
    live(true, 6, 2, event(1, Kind.STAFF_EDITS_CONTACT, 1, 41, 88));
    live(true, 8, 4, event(1, Kind.STAFF_EDITS_CONTACT, 5, 695, 87));
  }

  @Test
  void rivalAfterAnotherTookOver_isNoSecondRunAtTheSameTime() {
    live(
        RECREATE,
        true,
        2,
        5,
        event(2, Kind.RIVAL, 1, 75, 15),
        event(2, Kind.FREEZE_AND_RIVAL, 1, 302, 3));
  }

  @Test
  void automationStripsThePmiId_ofAContactThatIsUpdated_isNamed() {
    live(
        true,
        7,
        2,
        event(2, Kind.STAFF_EDITS_CONTACT, 6, 149, 0),
        event(2, Kind.REWRITES_KEY, 0, 498, 0));
  }

  @Test
  void fieldLeftAlone_ofSomebodyWhoWasAwayForADay_isNamedAgain() {
    live(true, 3, 4, event(1, Kind.DIRTY_VALUE, 3, 962, 0), event(3, Kind.HALF_LOAD, 0, 0, 0));
    live(
        false,
        3,
        6,
        event(1, Kind.DIRTY_VALUE, 3, 962, 0),
        event(3, Kind.DOUBLED_DIFFERING, 3, 1, 0),
        event(4, Kind.SINGLE_AGAIN, 3, 0, 0),
        event(5, Kind.LEAVES, 3, 0, 0),
        event(6, Kind.RETURNS, 3, 1, 0));
  }

  @Test
  void undo_ofAnAdoption_bringsBackWhatTheJourneyHad() {
    live(
        false,
        1,
        3,
        event(2, Kind.STAFF_EDITS_JOURNEY, 1, 453, 0),
        event(2, Kind.STAFF_MERGES, 1, 708, 0),
        event(2, Kind.UNDOES, 0, 962, 0));
  }
}
