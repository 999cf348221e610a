package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.WriteOutcome;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Abandonment;
import edu.cumc.aou.sync.run.Abandonment.Abandoned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Giving up a run that was interrupted, wherever that was. */
class AbandonTest {

  private static final int PEOPLE = 7;
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static SyncWorld world(boolean unique) {
    SyncWorld world = new SyncWorld(unique);
    world.people(1, PEOPLE);
    return world;
  }

  private static Abandoned abandon(SyncWorld world, RunId run) {
    return Abandonment.abandon(world.services(), run, "test", LEASE, Duration.ofHours(1));
  }

  private static RunId killedAtMutation(SyncWorld world, long nth, boolean after) {
    if (after) {
      world.store.failAfter(nth, Kill::new);
    } else {
      world.store.failBefore(nth, Kill::new);
    }
    assertThatThrownBy(world::firstSync).isInstanceOf(Kill.class);
    world.clock.advance(LEASE.plusSeconds(1));
    return world.store.runs().latest(1).get(0).id();
  }

  private static long mutations(boolean unique) {
    SyncWorld world = world(unique);
    world.firstSync();
    return world.store.mutations();
  }

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void runKilledAnywhere_isGivenUp_andTheNextPlansAfresh_withNobodyTwice(
      boolean unique, boolean after) {
    long all = mutations(unique);
    for (long nth = 3; nth <= all; nth++) {
      SyncWorld world = world(unique);
      RunId killed = killedAtMutation(world, nth, after);
      if (world.store.runs().find(killed).orElseThrow().state().isTerminal()) {
        continue;
      }

      Abandoned abandoned = abandon(world, killed);

      assertThat(world.store.runs().find(killed).orElseThrow().state())
          .isEqualTo(RunState.ABANDONED);
      assertThat(world.store.changes().count(killed))
          .as("killed at %d", nth)
          .noneMatch(c -> c.state().name().equals("SENT") || c.state().name().equals("UNKNOWN"));
      assertThat(abandoned.run()).isEqualTo(killed);
      SyncReport next = world.firstSync();
      assertThat(next.run()).isNotEqualTo(killed);
      assertThat(next.state()).isEqualTo(RunState.DONE);
      for (int n = 1; n <= PEOPLE; n++) {
        assertThat(world.crm.contactsWith(pmiId(n))).as("killed at %d", nth).isEqualTo(1);
      }
      world.nextSync();
      assertThat(world.nextSync().plannedTotal()).as("killed at %d", nth).isZero();
    }
  }

  /** The run never read back what it had sent, but nothing else of the sync wrote meanwhile. */
  @Test
  void contactsOfARunThatWasGivenUp_areDeletedByItsUndo_ifNobodyTouchedThem() {
    SyncWorld world = world(true);
    long nth = mutations(true);
    RunId killed = killedAtMutation(world, nth, false);
    while (world.crm.desk().records(CrmObject.CONTACT).size() < PEOPLE
        || world.store.runs().find(killed).orElseThrow().state().isTerminal()
        || readBack(world, killed)) {
      nth--;
      world = world(true);
      killed = killedAtMutation(world, nth, false);
    }
    abandon(world, killed);
    String touched = world.crm.desk().records(CrmObject.CONTACT).get(0).id();
    world.clock.advance(Duration.ofMinutes(1));
    world.crm.editContact(new ContactId(touched), FieldValues.of(Map.of()));

    world.clock.advance(Duration.ofHours(1));
    SyncReport undo = world.sync().run(SyncRequest.undo("test", killed, null).deletingCreated());

    assertThat(undo.contacts().deleted()).isEqualTo(PEOPLE - 1);
    assertThat(undo.errors())
        .extracting(SyncReport.ErrorCount::code)
        .contains(WriteOutcome.TOUCHED_SINCE);
  }

  private static boolean readBack(SyncWorld world, RunId run) {
    return world.store.runs().find(run).orElseThrow().tallies().get("read-back-at") > 0;
  }

  @Test
  void runThatGoesOn_isNotGivenUp() {
    SyncWorld world = world(true);
    RunId killed = killedAtMutation(world, mutations(true) / 2, true);
    Granted unused = (Granted) world.store.lease().acquire("another", LEASE);

    assertThatThrownBy(() -> abandon(world, killed))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_RUNNING));
    assertThat(world.store.runs().find(killed).orElseThrow().state().isTerminal()).isFalse();
  }

  @Test
  void runThatIsOver_orUnknown_isRefused() {
    SyncWorld world = world(true);
    RunId done = world.firstSync().run();

    assertThatThrownBy(() -> abandon(world, done)).hasMessageContaining("is over (done)");
    assertThatThrownBy(() -> abandon(world, new RunId(99))).hasMessageContaining("no run 99");
    assertThat(world.nextSync().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void updatesThatArrivedUnheard_areFound_andCanBeTakenBack() {
    List<Long> found = new ArrayList<>();
    for (long nth = 3; nth <= 30 && !found.contains(3L); nth++) {
      SyncWorld world = world(true);
      world.firstSync();
      world.nextSync();
      IntStream.rangeClosed(1, 3).forEach(n -> world.contact(n, "Last Name_HP", "Other" + n));
      world.store.failBefore(nth, Kill::new);
      assertThatThrownBy(world::nextSync).isInstanceOf(Kill.class);
      RunId killed = world.store.runs().latest(1).get(0).id();
      world.clock.advance(LEASE.plusSeconds(1));
      found.add(abandon(world, killed).found());
      if (found.contains(3L)) {
        SyncReport undone = world.sync().run(SyncRequest.undo("test", killed, null));

        assertThat(undone.state()).isEqualTo(RunState.DONE);
        assertThat(world.store.changes().count(undone.run()))
            .anySatisfy(c -> assertThat(c.count()).isEqualTo(3));
      }
    }
    assertThat(found).as("found after a kill at each call to the store").contains(3L);
  }
}
