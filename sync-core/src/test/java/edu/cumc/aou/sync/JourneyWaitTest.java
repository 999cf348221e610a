package edu.cumc.aou.sync;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run waits for the journeys of the people whose values need one, and for no others. */
class JourneyWaitTest {

  private final SyncWorld world = new SyncWorld(true);

  /** Four people have values for their journeys; those of four others never come. */
  @Test
  void journeysForWhichNothingWasPlanned_areNotWaitedFor() {
    world.people(1, 8);
    for (int n = 5; n <= 8; n++) {
      world.removeJourney(n);
    }
    world.load();
    RunServices all = world.services();
    SyncListener withholding =
        new SyncListener() {
          @Override
          public void stepFinished(SyncStep step, Duration took, long calls) {
            if (step == SyncStep.APPLY_CONTACTS) {
              for (int n = 5; n <= 8; n++) {
                PmiId pmiId = new PmiId("P%09d".formatted(n));
                world.store.mirror().find(pmiId).orElseThrow().contacts().stream()
                    .map(MirroredContact::id)
                    .forEach(world.crm::withholdJourney);
              }
            }
          }
        };
    RunServices services =
        new RunServices(
            all.source(), all.crm(), all.store(), all.clock(), all.pause(), withholding);
    Instant began = world.clock.instant();
    SyncReport report =
        new DailySync(services, world.settings())
            .run(new SyncRequest(RunMode.SYNC, "test", false, true, null, null));
    assertThat(report.contacts().inserted()).isEqualTo(8);
    assertThat(report.journeys().updated()).isEqualTo(4);
    assertThat(Duration.between(began, world.clock.instant())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void missingJourney_ofSomebodyForWhomNoValueWaits_isNotTold() {
    world.people(1, 2);
    for (String column :
        List.of("Participant Status", "Withdrawal Status", "Primary Consent Status")) {
      world.journey(2, column, "");
    }
    world.firstSync();
    deleteJourneyOf(1);
    deleteJourneyOf(2);

    SyncReport report = world.nextSync();

    assertThat(report.anomalies())
        .containsExactly(new AnomalyCount(AnomalyTable.Kind.MISSING_JOURNEY, 1, 1, 0));
  }

  @Test
  void journeyThatIsMissingSinceAnEarlierRun_holdsUpNoNewOne() {
    world.people(1, 2);
    world.firstSync();
    deleteJourneyOf(1);
    SyncReport second = world.nextSync();
    assertThat(second.anomalies())
        .containsExactly(new AnomalyCount(AnomalyTable.Kind.MISSING_JOURNEY, 1, 1, 0));
    world.people(3, 3);
    world.load();
    Instant began = world.clock.instant();

    SyncReport third =
        new DailySync(world.services(), world.settings())
            .run(new SyncRequest(RunMode.SYNC, "test", false, false, null, null));

    assertThat(third.contacts().inserted()).isEqualTo(1);
    assertThat(third.journeys().updated()).isEqualTo(1);
    assertThat(Duration.between(began, world.clock.instant())).isLessThan(Duration.ofMinutes(1));
  }

  private void deleteJourneyOf(int number) {
    world.crm.deleteJourney(
        world
            .store
            .mirror()
            .find(new PmiId("P%09d".formatted(number)))
            .orElseThrow()
            .contacts()
            .get(0)
            .journeys()
            .get(0)
            .id());
  }
}
