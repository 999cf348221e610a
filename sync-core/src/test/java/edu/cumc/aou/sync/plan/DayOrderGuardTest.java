package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DayOrderGuardTest {

  private static List<GuardTrip> check(Map<String, Long> counts) {
    return DayOrderGuard.check(Tallies.of(counts), null, "approve it");
  }

  private static Run done(Map<String, Long> counts) {
    return new Run(
        new RunId(1),
        RunMode.SYNC,
        RunState.DONE,
        "org",
        "print",
        Instant.EPOCH,
        Instant.EPOCH,
        Tallies.of(counts),
        List.of(),
        null,
        OrgSeen.NOTHING);
  }

  @Test
  void valuesThatTheVersionBeforeKnewByAnotherRule_areNotNew() {
    Tallies tallies = Tallies.of(Map.of("journey.new.A__c:day-before-month", 5L));

    assertThat(DayOrderGuard.check(tallies, done(Map.of("reading", 2L)), "approve it")).isEmpty();
    assertThat(DayOrderGuard.check(tallies, done(Map.of("counts-changes", 1L)), "approve it"))
        .hasSize(1);
  }

  @Test
  void severalNewOnes_stopTheRun_underTheNameOfTheField() {
    assertThat(check(Map.of("journey.new.A__c:day-before-month", 5L)))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("journey.fields.A__c");
              assertThat(trip.message())
                  .startsWith("5 of its days begin with a number that is no month")
                  .endsWith("approve it");
            });
    assertThat(check(Map.of("contact.new.Birthdate:day-before-month", 1234L)))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("contact.fields.Birthdate");
              assertThat(trip.message()).startsWith("1,234 of its days");
            });
  }

  @Test
  void slips_knownOnes_andOtherRules_stopNothing() {
    assertThat(
            check(
                Map.of(
                    "journey.new.A__c:day-before-month", 4L,
                    "journey.new.A__c:not-a-date", 100L,
                    "journey.refused-field.A__c:day-before-month", 100L,
                    "contact.acknowledged.Birthdate:day-before-month", 100L)))
        .isEmpty();
  }
}
