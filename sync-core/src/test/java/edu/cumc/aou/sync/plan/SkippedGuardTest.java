package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SkippedGuardTest {

  private final SkippedGuard guard =
      new SkippedGuard(
          SyncSettings.read(
                  ConfigSection.root(SyncSettings.defaults().resolve(), new ConfigProblems()))
              .guards());

  private static Tallies skipped(long rows, long left, long withdrawn) {
    return Tallies.of(
        Map.of(
            "contact.rows", rows,
            "contact.surplus-rows", 10L,
            "contact.skipped.left", left,
            "contact.skipped.withdrawn", withdrawn,
            "journey.skipped.no-contact", rows));
  }

  private static Run done(Tallies tallies) {
    return new Run(
        new RunId(1),
        RunMode.SYNC,
        RunState.DONE,
        "org",
        "print",
        Instant.EPOCH,
        Instant.EPOCH,
        tallies,
        List.of(),
        null,
        OrgSeen.NOTHING);
  }

  private List<GuardTrip> check(Tallies tallies, Run... before) {
    return guard.check(tallies, List.of(before), false, "approve it");
  }

  @Test
  void half_passes_andOneMoreTrips() {
    assertThat(check(skipped(110, 50, 0))).isEmpty();
    assertThat(check(skipped(110, 51, 0)))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("guards.max-skipped");
              assertThat(trip.message())
                  .contains(
                      "51 of 100", "left", "allowed are 50;", "status.organization", "approve it");
            });
  }

  @Test
  void eachReason_isJudgedByItself() {
    assertThat(check(skipped(110, 40, 40))).isEmpty();
    assertThat(check(skipped(110, 0, 90))).hasSize(1);
  }

  @Test
  void laterDay_maySkipALittleMoreThanTheGoodRuns() {
    assertThat(check(skipped(110, 90, 0), done(skipped(110, 5, 0)))).hasSize(1);
    assertThat(check(skipped(110, 85, 0), done(skipped(110, 5, 0)), done(skipped(110, 80, 0))))
        .isEmpty();
    assertThat(check(skipped(110, 86, 0), done(skipped(110, 5, 0)), done(skipped(110, 80, 0))))
        .singleElement()
        .satisfies(trip -> assertThat(trip.message()).contains("86 of 100", "allowed are 85;"));
  }

  @Test
  void reasonThatNoGoodRunHad_isNoFirstRun() {
    assertThat(check(skipped(110, 5, 0), done(skipped(110, 0, 3)))).isEmpty();
    assertThat(check(skipped(110, 6, 0), done(skipped(110, 0, 3)))).hasSize(1);
  }

  @Test
  void smallShareThatJumps_trips_longBeforeTheHalf() {
    Tallies many = skipped(1010, 200, 0);
    assertThat(check(many, done(skipped(1010, 150, 0)))).isEmpty();
    assertThat(check(many, done(skipped(1010, 149, 0))))
        .singleElement()
        .satisfies(trip -> assertThat(trip.message()).contains("200 of 1,000", "allowed are 199;"));
  }

  @Test
  void siteWithFewPeople_mayLoseAFew() {
    assertThat(check(skipped(40, 9, 0), done(skipped(40, 4, 0)))).isEmpty();
    assertThat(check(skipped(40, 10, 0), done(skipped(40, 4, 0)))).hasSize(1);
    assertThat(check(skipped(16, 5, 0), done(skipped(16, 4, 0)))).hasSize(1);
  }

  @Test
  void peopleWhoAreSkippedNoMore_trip_unlessTheirRowsWent() {
    assertThat(check(skipped(110, 15, 0), done(skipped(110, 20, 0)))).isEmpty();
    assertThat(check(skipped(110, 14, 0), done(skipped(110, 20, 0)), done(skipped(110, 14, 0))))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("guards.max-skipped");
              assertThat(trip.message())
                  .startsWith(
                      "6 participants whom the last good run skipped as left would be skipped no more, allowed are 5; ")
                  .contains("status.organization", "approve it");
            });
    assertThat(check(skipped(109, 14, 0), done(skipped(110, 20, 0)))).isEmpty();
    assertThat(check(skipped(1010, 0, 50), done(skipped(1010, 0, 100)))).isEmpty();
    assertThat(check(skipped(1010, 0, 49), done(skipped(1010, 0, 100)))).hasSize(1);
  }

  @Test
  void goodRunWithoutParticipants_saysNothing() {
    assertThat(check(skipped(110, 50, 0), done(Tallies.none()))).isEmpty();
    assertThat(check(skipped(110, 51, 0), done(Tallies.none()))).hasSize(1);
  }

  @Test
  void shareThatGrowsSlowly_neverTrips() {
    assertThat(check(skipped(110, 51, 0), done(skipped(110, 50, 0)))).isEmpty();
  }

  @Test
  void approvedPlan_maySkip() {
    assertThat(guard.check(skipped(110, 90, 0), List.of(), true, "approve it")).isEmpty();
  }

  @Test
  void emptyPlan_passes() {
    assertThat(check(Tallies.none())).isEmpty();
  }
}
