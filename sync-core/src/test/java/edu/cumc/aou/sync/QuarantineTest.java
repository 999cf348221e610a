package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineTest {

  private static final String CODE = "FIELD_CUSTOM_VALIDATION_EXCEPTION";

  private SyncWorld world = new SyncWorld(true);

  private Optional<Hold> hold(int number) {
    return world.store.holds().find(pmiId(number));
  }

  /** Three runs in which Salesforce refuses the second person. */
  private SyncReport threeRuns() {
    world.people(1, 4);
    world.crm.refuse(pmiId(2), CODE, "Phone");
    world.firstSync();
    world.nextSync();
    return world.nextSync();
  }

  private SyncReport retry(int... numbers) {
    world.clock.advance(Duration.ofHours(1));
    Set<PmiId> some = Arrays.stream(numbers).mapToObj(n -> pmiId(n)).collect(Collectors.toSet());
    return world.sync().run(SyncRequest.retry("test", some, false));
  }

  @Test
  void run_sameRefusalThreeTimes_holdsTheParticipant_andCountsThemAsHeld() {
    SyncReport third = threeRuns();
    assertThat(third.contacts().refused()).isEqualTo(1);
    assertThat(third.quarantined()).isEqualTo(1);
    assertThat(hold(2)).hasValueSatisfying(h -> assertThat(h.kind()).isEqualTo(Kind.QUARANTINE));
    assertThat(hold(2).orElseThrow().reason()).isEqualTo("contact: " + CODE);
    assertThat(hold(1)).isEmpty();
    assertThat(world.notes)
        .contains("1 participant was put into quarantine, see aou-sync failures");

    SyncReport fourth = world.nextSync();
    assertThat(fourth.plannedTotal()).isZero();
    assertThat(fourth.contacts().held()).isEqualTo(1);
    assertThat(fourth.held()).containsEntry("contact.quarantine", 1L);
    assertThat(fourth.contacts().holds()).isTrue();
    assertThat(fourth.needsSomebody(false)).isTrue();
  }

  /** At least 20, and at least half of what was attempted: then the org is at fault. */
  @ParameterizedTest
  @CsvSource({"19, 19, 19", "20, 20, 0", "20, 40, 0", "20, 41, 20"})
  void run_sameRefusalOfMany_isTheOrgsFromTwentyAndHalfOn(int refused, int people, int held) {
    world = new SyncWorld(true, "guards.max-field-changes.share = 100%");
    world.people(1, people);
    world.firstSync();
    for (int n = 1; n <= refused; n++) {
      world.crm.refuse(pmiId(n), CODE, "Phone");
    }
    SyncReport report = morningOnWhichEverybodyChanges(people, 1);
    for (int day = 2; day <= 3; day++) {
      report = morningOnWhichEverybodyChanges(people, day);
    }

    assertThat(report.contacts().refused()).isEqualTo(refused);
    assertThat(report.quarantined()).isEqualTo(held);
  }

  private SyncReport morningOnWhichEverybodyChanges(int people, int day) {
    for (int n = 1; n <= people; n++) {
      world.contact(n, "Last Name_HP", "Day" + day);
    }
    return world.nextSync();
  }

  @Test
  void retry_ofTooMany_isToldToNameFewer() {
    world = new SyncWorld(true, "guards.max-updates { number = 1, share = 0% }");
    world.people(1, 4);
    world.firstSync();
    for (int number = 1; number <= 2; number++) {
      world.contact(number, "First Name_HP", "Moved");
    }
    SyncReport stopped = retry(1, 2);
    assertThat(stopped.state()).isEqualTo(RunState.GUARDED);
    assertThat(stopped.trips())
        .singleElement()
        .satisfies(
            t ->
                assertThat(t.message())
                    .contains("2 Contact updates, allowed are 1; try fewer participants at once")
                    .doesNotContain("--plan"));
    assertThat(retry(1).contacts().updated()).isEqualTo(1);
  }

  @Test
  void run_otherReasonInBetween_doesNotHold() {
    world.people(1, 2);
    world.crm.refuse(pmiId(2), CODE, "Phone");
    world.firstSync();
    world.crm.refuse(pmiId(2), CODE, "Email");
    world.nextSync();
    world.crm.refuse(pmiId(2), CODE, "Phone");
    assertThat(world.nextSync().quarantined()).isZero();
    assertThat(hold(2)).isEmpty();
  }

  @Test
  void run_sourceMovesOn_triesAgain() {
    threeRuns();
    world.crm.accept(pmiId(2));
    world.contact(2, "Phone_HP", "212-555-0100");
    SyncReport report = world.nextSync();
    assertThat(report.contacts().inserted()).isEqualTo(1);
    assertThat(report.journeys().updated()).isEqualTo(1);
  }

  @Test
  void run_refusedField_doesNotHold() {
    world.people(1, 2);
    world.contact(2, "Email_HP", "no address");
    world.firstSync();
    world.nextSync();
    assertThat(world.nextSync().quarantined()).isZero();
    assertThat(hold(2)).isEmpty();
  }

  @Test
  void run_switchedOff_neverHolds() {
    world = new SyncWorld(true, "quarantine.after = 0");
    threeRuns();
    assertThat(hold(2)).isEmpty();
  }

  @Test
  void run_releasedByHand_isTriedAgain_andCountsFromTheBeginning() {
    threeRuns();
    assertThat(world.store.holds().release(List.of(pmiId(2)))).isEqualTo(1);
    SyncReport report = world.nextSync();
    assertThat(report.contacts().refused()).isEqualTo(1);
  }

  @Test
  void retry_sendsJustThoseNamed_andLiftsTheirQuarantine() {
    threeRuns();
    world.crm.accept(pmiId(2));
    world.contact(1, "Phone_HP", "212-555-0101");
    SyncReport report = retry(2);
    assertThat(report.mode()).isEqualTo(RunMode.RETRY);
    assertThat(report.contacts().rows()).isEqualTo(1);
    assertThat(report.contacts().inserted()).isEqualTo(1);
    assertThat(report.contacts().updated()).isZero();
    assertThat(report.journeys().updated()).isEqualTo(1);
    assertThat(report.contacts().holds()).isTrue();
    assertThat(report.notInSource()).isZero();
    assertThat(hold(2)).isEmpty();
    SyncReport next = world.nextSync();
    assertThat(next.contacts().updated()).isEqualTo(1);
    assertThat(next.contacts().unchanged()).isEqualTo(3);
  }

  @Test
  void retry_failsAgain_isHeldAgainAtOnce() {
    threeRuns();
    SyncReport report = retry(2);
    assertThat(report.contacts().refused()).isEqualTo(1);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(hold(2)).isPresent();
  }

  @Test
  void retry_leavesOtherHoldsAndAnomaliesAlone() {
    threeRuns();
    Hold review = new Hold(pmiId(3), Kind.REVIEW, "X", Instant.EPOCH, null);
    world.store.holds().put(List.of(review));
    long open = world.store.anomalies().count(new RunId(1)).stream().mapToLong(a -> a.open()).sum();
    SyncReport report = retry(2, 3);
    assertThat(report.contacts().held()).isEqualTo(1);
    assertThat(hold(3)).contains(review);
    assertThat(world.store.anomalies().count(report.run()).stream().mapToLong(a -> a.open()).sum())
        .isEqualTo(open);
  }

  @Test
  void retry_isNoBaselineForTheGuardOnRows() {
    threeRuns();
    retry(2);
    assertThat(world.store.runs().lastDone(1)).extracting(Run::id).containsExactly(new RunId(3));
    assertThat(world.nextSync().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void retry_whomTheSourceDoesNotHave_isNoted() {
    threeRuns();
    retry(2, 77);
    assertThat(world.notes).contains("1 of the participants that were named are not in the source");
  }

  @Test
  void retry_guardTrips_sendsNothing_andKeepsTheQuarantine() {
    threeRuns();
    world.people(1, 4);
    world.remove(1);
    world.remove(3);
    world.remove(4);
    SyncReport report = retry(2);
    assertThat(report.state()).isEqualTo(RunState.GUARDED);
    assertThat(hold(2)).isPresent();
    assertThat(world.store.runs().find(report.run()).orElseThrow().trips())
        .isEqualTo(report.trips())
        .isNotEmpty();
  }

  @Test
  void retry_whileARunIsUnfinished_isRefused() {
    threeRuns();
    RunId run = world.store.runs().create(RunMode.SYNC, "org", "print", world.clock.instant());
    world.store.runs().setState(run, RunState.SUSPENDED);
    assertThatThrownBy(() -> retry(2))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("must be finished first")
        .hasMessageContaining("retry");
  }

  @Test
  void run_planThatWasKilled_isGivenUp() {
    world.people(1, 2);
    world.firstSync();
    RunId killed = world.store.runs().create(RunMode.PLAN, "org", "print", world.clock.instant());
    world.nextSync();
    assertThat(world.store.runs().find(killed).orElseThrow().state()).isEqualTo(RunState.ABANDONED);
  }
}
