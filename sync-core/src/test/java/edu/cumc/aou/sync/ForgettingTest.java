package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Forgetting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgettingTest {

  private final SyncWorld world = new SyncWorld(true);

  private Removed forget(int number) {
    return Forgetting.forget(
        world.store,
        List.of(pmiId(number)),
        world.clock,
        world.pause,
        "test",
        Duration.ofMinutes(5));
  }

  private void deleteContact(int number) {
    MirroredContact contact =
        world.store.mirror().find(pmiId(number)).orElseThrow().contacts().get(0);
    contact.journeys().forEach(j -> world.crm.deleteJourney(j.id()));
    world.crm.deleteContact(contact.id());
  }

  @Test
  void forget_contactStillThere_isLeftAlone_whateverTheSourceSays() {
    world.people(1, 3);
    world.firstSync();
    assertThat(forget(2)).isEqualTo(new Removed(2, 0, 0, 2));

    world.contact(2, "Phone_HP", "212-555-0100");
    SyncReport report = world.nextSync();

    assertThat(report.plannedTotal()).isZero();
    assertThat(report.held()).containsEntry("contact.forgotten", 1L);
    assertThat(report.contacts().holds()).isTrue();
    assertThat(world.store.changes().history(pmiId(2), 10)).isEmpty();
  }

  @Test
  void forget_contactDeletedLater_leavesNothingButTheHold_andIsNeverCreatedAgain() {
    world.people(1, 3);
    world.firstSync();
    forget(2);
    deleteContact(2);

    for (int day = 0; day < 3; day++) {
      SyncReport report = world.nextSync();
      assertThat(report.contacts().inserted()).isZero();
      assertThat(report.anomalies()).isEmpty();
    }

    assertThat(world.store.mirror().find(pmiId(2))).isEmpty();
    assertThat(world.store.changes().history(pmiId(2), 10)).isEmpty();
    assertThat(world.store.ids().counts().contactPmi()).isEqualTo(2);
    assertThat(world.crm.contactsWith(pmiId(2))).isZero();
  }

  @Test
  void forget_releasedLater_isReadAnew_andLooksAsItDidBefore() {
    world.people(1, 3);
    world.firstSync();
    forget(2);
    world.nextSync();

    world.store.holds().release(List.of(pmiId(2)));
    SyncReport report = world.nextSync();

    assertThat(report.plannedTotal()).isZero();
    assertThat(report.contacts().unchanged()).isEqualTo(3);
    assertThat(world.store.mirror().find(pmiId(2)))
        .hasValueSatisfying(e -> assertThat(e.contacts().get(0).fields().isEmpty()).isFalse());
  }

  @Test
  void forget_runThatMustBeFinished_isRefused_andTheRunCanBeFinished() {
    world.people(1, 3);
    world.firstSync();
    world.contact(2, "Phone_HP", "212-555-0100");
    world.clock.advance(Duration.ofDays(1));
    SyncReport suspended =
        world
            .sync()
            .run(new SyncRequest(RunMode.SYNC, "test", false, false, null, world.clock.instant()));
    assertThat(suspended.finishedAt()).isNull();

    assertThatThrownBy(() -> forget(2))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("must be finished first");

    assertThat(world.nextSync().contacts().updated()).isEqualTo(1);
    assertThat(forget(2).changes()).isEqualTo(3);
  }
}
