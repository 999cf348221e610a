package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoneRowsGuardTest {

  private final GoneRowsGuard guard =
      new GoneRowsGuard(
          SyncSettings.read(
                  ConfigSection.root(SyncSettings.defaults().resolve(), new ConfigProblems()))
              .guards());

  private static Tallies rows(String object, long with, long without, long notInSource) {
    return Tallies.of(
        Map.of(
            object + ".with-row",
            with,
            object + ".without-row",
            without,
            "contact.not-in-source",
            notInSource,
            "counts-changes",
            1L));
  }

  @ParameterizedTest
  @CsvSource({
    // with a row before; with, without and in no relation now; trips
    "100, 95, 5, 0, false",
    "100, 94, 6, 0, true",
    "100, 94, 0, 6, true",
    "100, 94, 3, 3, true",
    "200, 190, 10, 0, false",
    "200, 189, 11, 0, true",
    // staff deleted their Contacts
    "100, 40, 0, 0, false",
    // new people whose row is still to come
    "100, 100, 60, 0, false",
    // both: 7 rows went
    "100, 40, 7, 0, true",
  })
  void rowsThatGo_areThoseOfPeopleWithAContact(
      long before, long with, long without, long absent, boolean trips) {
    for (String object : List.of("contact", "journey")) {
      assertThat(
              guard
                  .check(
                      rows(object, with, without, absent), rows(object, before, 0, 0), "approve it")
                  .isEmpty())
          .isEqualTo(!trips);
    }
  }

  @Test
  void thoseWhoHadNoneBefore_areNotCountedAgain() {
    assertThat(guard.check(rows("journey", 95, 55, 25), rows("journey", 100, 50, 25), "approve"))
        .isEmpty();
    assertThat(guard.check(rows("journey", 94, 51, 30), rows("journey", 100, 50, 25), "approve it"))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("guards.max-shrink");
              assertThat(trip.message())
                  .startsWith(
                      "6 of 100 participants with a Contact no longer have a row in the journey relation (allowed: 5); ")
                  .endsWith("approve it, or raise the setting");
            });
  }

  @Test
  void thoseWhoGotTheirContactInTheLastRun_countAsWell_andThoseOfThisRunDoNot() {
    Tallies last =
        Tallies.of(Map.of("contact.new-row", 20L, "contact.with-row", 5L, "counts-changes", 1L));
    Tallies now =
        Tallies.of(
            Map.of("contact.new-row", 20L, "contact.with-row", 5L, "contact.not-in-source", 20L));

    assertThat(guard.check(now, last, "approve it"))
        .singleElement()
        .satisfies(trip -> assertThat(trip.message()).startsWith("20 of 25 participants"));
  }

  @Test
  void runOfAVersionThatDidNotCount_saysNothing() {
    Map<String, Long> old = new HashMap<>(rows("contact", 100, 0, 0).asMap());
    old.remove("counts-changes");

    List<GuardTrip> trips = guard.check(rows("contact", 1, 99, 0), Tallies.of(old), "approve it");

    assertThat(trips).isEmpty();
  }
}
