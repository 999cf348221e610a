package edu.cumc.aou.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.InMemoryCrm.Reading;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many changes, and so little time that a run goes on many times. */
@Tag("slow")
class ShortTimesTest {

  private static final int PEOPLE = 2100;

  /** Half a minute of it is of use: a minute is kept for the end. */
  private static final Duration INVOCATION = Duration.ofSeconds(90);

  private final SyncWorld world = new SyncWorld(true, "bulk.threshold = 100000");

  private SyncReport invoke() {
    return world
        .sync()
        .run(
            new SyncRequest(
                RunMode.SYNC, "test", false, true, null, world.clock.instant().plus(INVOCATION)));
  }

  private int untilDone() {
    int invocations = 0;
    SyncReport report;
    do {
      report = invoke();
      invocations++;
    } while (report.state() == RunState.SUSPENDED && invocations < 50);
    assertThat(report.state()).as("after %s invocations", invocations).isEqualTo(RunState.DONE);
    return invocations;
  }

  private static int sum(Stream<Reading> readings) {
    return readings.mapToInt(Reading::records).sum();
  }

  @Test
  void whatARunHasWritten_isReadOnce_howeverOftenItGoesOn() {
    world.people(1, PEOPLE);
    world.crm.atEachCall(() -> world.clock.advance(Duration.ofSeconds(2)));

    int invocations = untilDone();

    assertThat(invocations).isGreaterThan(3);
    List<Reading> readings = world.crm.readings();
    assertThat(sum(readings.stream().filter(Reading::onlyStamps))).as("times").isZero();
    assertThat(
            sum(
                readings.stream()
                    .filter(r -> r.kind() == CrmScope.Kind.CHANGED_SINCE)
                    .filter(r -> r.object() == CrmObject.CONTACT)))
        .as("Contacts, and a call of 200 more where an invocation ends in it")
        .isBetween(PEOPLE, PEOPLE + 200 * invocations / 2);
  }

  /** Each of their Contacts gets its journey at once, except every hundredth. */
  private void people(int number) {
    world.people(1, number);
    AtomicInteger contacts = new AtomicInteger();
    world.crm.desk().journeysOfNew(() -> contacts.incrementAndGet() % 100 == 0 ? 0 : 1);
    world.crm.atEachCall(() -> world.clock.advance(Duration.ofSeconds(2)));
  }

  @Test
  void waitForJourneysThatDoNotCome_endsHoweverOftenItIsInterrupted() {
    people(800);
    Instant began = world.clock.instant();

    untilDone();

    assertThat(Duration.between(began, world.clock.instant()))
        .as("the wait without progress, and the work itself")
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
    assertThat(world.notes)
        .filteredOn(n -> n.contains("8 new Contacts have no journey yet"))
        .hasSize(1);
  }

  @Test
  void timeTooShortForOneBatch_isAnErrorAtLast_andMoreTimeGoesOn() {
    world.people(1, PEOPLE);
    world.crm.atEachCall(() -> world.clock.advance(Duration.ofSeconds(2)));
    assertThat(invoke().state()).isEqualTo(RunState.SUSPENDED);
    world.crm.atEachCall(() -> world.clock.advance(Duration.ofSeconds(40)));
    assertThat(invoke().state()).isEqualTo(RunState.SUSPENDED);
    assertThat(invoke().state()).isEqualTo(RunState.SUSPENDED);

    for (int morning = 1; morning <= 2; morning++) {
      assertThatThrownBy(this::invoke)
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
          .hasMessageContaining("ran out of time before its next batch")
          .hasMessageContaining("Allow a run more time");
    }

    world.crm.atEachCall(() -> world.clock.advance(Duration.ofSeconds(2)));
    untilDone();
    assertThat(world.crm.desk().records(CrmObject.CONTACT)).hasSize(PEOPLE);
    assertThat(world.nextSync().plannedTotal()).isZero();
  }

  @Test
  void nextMorning_looksAtWhatWasWritten_inSeveralGoes() {
    world.people(1, PEOPLE);
    world.crm.atEachCall(() -> world.clock.advance(Duration.ofMillis(200)));
    untilDone();
    // a page of times takes long
    world.crm.atEachCall(() -> world.clock.advance(Duration.ofSeconds(3)));

    assertThat(untilDone()).isGreaterThan(1);
    assertThat(world.nextSync().plannedTotal()).isZero();
  }
}
