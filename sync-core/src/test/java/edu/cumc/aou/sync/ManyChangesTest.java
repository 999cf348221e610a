package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days with more changes than go by calls of a few records. */
@Tag("slow")
class ManyChangesTest {

  private static final String JOBS = "bulk { threshold = 10, rows-per-job = 30 }";
  private static final int PEOPLE = 75;

  private SyncWorld world;

  private SyncWorld world(boolean unique) {
    world = new SyncWorld(unique, JOBS);
    world.people(1, PEOPLE);
    return world;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_ofManyChanges_sendsThemByJobs_oneAfterTheOther(boolean unique) {
    SyncReport report = world(unique).firstSync();

    assertEverybodyOnce(report);
    // three jobs of Contacts, and three of journeys
    assertThat(world.crm.jobs().count()).isEqualTo(6);
    assertThat(world.store.jobs().count(new RunId(1))).isEqualTo(6);
    assertThat(world.store.jobs().unfinished(new RunId(1))).isEmpty();
    assertThat(world.nextSync().plannedTotal()).isZero();
  }

  @Test
  void run_ofFewChanges_needsNoJob() {
    world = new SyncWorld(true, JOBS);
    world.people(1, 10);

    world.firstSync();

    assertThat(world.crm.jobs().count()).isZero();
  }

  @Test
  void run_recordThatAJobRefuses_losesNothingElse_andIsReported() {
    world(true).crm.refuse(pmiId(7), "STRING_TOO_LONG", "LastName");

    SyncReport report = world.firstSync();

    assertThat(report.contacts().inserted()).isEqualTo(PEOPLE - 1);
    assertThat(report.contacts().refused()).isEqualTo(1);
    assertThat(world.crm.contactsWith(pmiId(7))).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_jobThatFailsAsAWhole_isFinishedBySmallCalls(boolean unique) {
    world(unique).crm.jobs().failNext("InternalServerError");

    SyncReport report = world.firstSync();

    assertEverybodyOnce(report);
    assertThat(world.notes).anyMatch(n -> n.contains("InternalServerError"));
    // the Contacts' one that failed, and those of the journeys
    assertThat(world.crm.jobs().count()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_uploadWhoseAnswerIsLost_isAborted_andSentBySmallCalls(boolean unique) {
    world(unique).crm.jobs().loseNextUpload();

    assertEverybodyOnce(world.firstSync());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_killedAtAnyMoment_takesUpTheJobsInFlight_withEverybodyExactlyOnce(boolean unique) {
    world(unique).firstSync();
    long mutations = world.store.mutations();
    for (long nth = 1; nth <= mutations; nth++) {
      world(unique);
      if (unique) {
        world.store.failAfter(nth, Kill::new);
      } else {
        world.store.failBefore(nth, Kill::new);
      }
      assertThatThrownBy(world::firstSync).isInstanceOf(Kill.class);
      world.clock.advance(Duration.ofMinutes(6));
      world.firstSync();
      assertExactlyOnce("mutation " + nth);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_killedAroundAnyCallToSalesforce_isFinishedByTheNext(boolean unique) {
    world(unique).firstSync();
    long calls = world.crm.usage().calls();
    for (long nth = 1; nth <= calls; nth++) {
      for (boolean after : List.of(false, true)) {
        world(unique);
        if (after) {
          world.crm.failAfter(nth, Kill::new);
        } else {
          world.crm.failBefore(nth, Kill::new);
        }
        assertThatThrownBy(world::firstSync).isInstanceOf(Kill.class);
        world.clock.advance(Duration.ofMinutes(6));
        world.firstSync();
        assertExactlyOnce("call " + nth);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_whoseJobSalesforceHasForgotten_asksBeforeItSendsAgain(boolean unique) {
    world(unique);
    killWhenTheFirstJobIsClosed();
    world.clock.advance(Duration.ofMinutes(6));
    world.crm.serverTime();
    world.crm.jobs().forget();

    world.firstSync();

    assertExactlyOnce("after the job was forgotten");
  }

  /** The store's mutation that closes the first job is looked for; what follows it is the kill. */
  private void killWhenTheFirstJobIsClosed() {
    for (long nth = 1; ; nth++) {
      SyncWorld tried = world;
      world.store.failAfter(nth, Kill::new);
      assertThatThrownBy(tried::firstSync).isInstanceOf(Kill.class);
      if (world.store.jobs().unfinished(new RunId(1)).stream()
              .anyMatch(j -> j.state() == JobTable.State.CLOSED)
          && world.crm.jobs().isAnyUnderWay()) {
        return;
      }
      world(world.isPmiFieldUnique());
    }
  }

  @Test
  void run_whoseDeadlineComesWhileAJobRuns_isSuspended_andTheNextOneTakesTheJobUp() {
    world(true);

    SyncReport suspended =
        world
            .sync()
            .run(
                new SyncRequest(
                    RunMode.SYNC,
                    "test",
                    false,
                    true,
                    null,
                    world.clock.instant().plus(Duration.ofSeconds(100))));

    assertThat(suspended.state()).isEqualTo(RunState.SUSPENDED);
    assertThat(world.store.jobs().unfinished(new RunId(1))).hasSize(1);
    assertEverybodyOnce(world.firstSync());
  }

  private void assertEverybodyOnce(SyncReport report) {
    assertThat(report.contacts().inserted()).isEqualTo(PEOPLE);
    assertThat(report.contacts().holds()).isTrue();
    assertExactlyOnce("the run");
  }

  private void assertExactlyOnce(String when) {
    for (int n = 1; n <= PEOPLE; n++) {
      assertThat(world.crm.contactsWith(pmiId(n))).as("%s, person %d", when, n).isEqualTo(1);
    }
    assertThat(world.store.ids().counts().complete()).as(when).isEqualTo(PEOPLE);
    assertThat(world.nextSync().plannedTotal()).as(when).isZero();
  }

  /** The process is gone: nothing of ours catches this. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }
}
