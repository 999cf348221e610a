package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.WaitPermit;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reading of Salesforce that takes longer than a run may. */
class SlowReadingTest {

  private static final int PEOPLE = 20;
  private static final Duration EACH_RECORD = Duration.ofMinutes(1);
  private static final Duration INVOCATION = Duration.ofMinutes(10);

  private final SyncWorld world = new SyncWorld(true);
  private int readings;
  private Duration untilReady = Duration.ZERO;

  /** Each record that is read takes a minute. */
  private RunServices slowly() {
    RunServices services = world.services();
    return new RunServices(
        services.source(),
        slow(services.crm(), null),
        services.store(),
        services.clock(),
        services.pause(),
        services.listener());
  }

  /** {@code permit}: asked while a reading gets ready; null if nobody is asked. */
  private Crm slow(Crm crm, @Nullable WaitPermit permit) {
    return (Crm)
        Proxy.newProxyInstance(
            Crm.class.getClassLoader(),
            new Class<?>[] {Crm.class},
            (proxy, method, arguments) -> {
              if (method.getReturnType().equals(Crm.class)) {
                return slow(crm, (WaitPermit) arguments[0]);
              }
              if (method.getReturnType().equals(Cursor.class)) {
                getReady(permit);
              }
              try {
                Object result = method.invoke(crm, arguments);
                return result instanceof Cursor<?> cursor ? slow(cursor) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private boolean rival;
  private int takenOver;

  /** As a query job does. */
  private void getReady(@Nullable WaitPermit permit) {
    Duration left = untilReady;
    while (left.compareTo(Duration.ZERO) > 0) {
      Duration slice = permit == null ? left : permit.every();
      world.clock.advance(slice);
      left = left.minus(slice);
      rivalTries();
      if (permit != null) {
        permit.toWait();
      }
    }
  }

  /** Another run begins, as a scheduler may have it. */
  private void rivalTries() {
    if (rival && world.store.lease().acquire("rival", Duration.ofMinutes(5)) instanceof Granted) {
      takenOver++;
    }
  }

  private <T> Cursor<T> slow(Cursor<T> cursor) {
    return slow(cursor, EACH_RECORD);
  }

  private <T> Cursor<T> slow(Cursor<T> cursor, Duration each) {
    return new Cursor<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public T next() {
        world.clock.advance(each);
        readings++;
        rivalTries();
        return cursor.next();
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  private SyncReport invoke(RunMode mode) {
    world.load();
    return new DailySync(slowly(), world.settings())
        .run(
            new SyncRequest(
                mode, "test", false, true, null, world.clock.instant().plus(INVOCATION)));
  }

  private void fillOrg() {
    world.people(1, PEOPLE);
    world.firstSync();
    world.nextSync();
    world.contact(1, "Last Name_HP", "Other");
    // after so long everything is read anew
    world.clock.advance(Duration.ofDays(20));
  }

  @Test
  void syncThatReadsLongerThanItMay_getsThroughInSeveralGoes() {
    fillOrg();
    List<RunState> states = new ArrayList<>();
    SyncReport report;
    do {
      report = invoke(RunMode.SYNC);
      states.add(report.state());
    } while (report.state() == RunState.SUSPENDED && states.size() < 20);

    assertThat(report.state()).as("%s", states).isEqualTo(RunState.DONE);
    assertThat(states).hasSizeGreaterThan(3);
    assertThat(report.run().value()).isEqualTo(3);
    // Contacts and journeys once, one of each go once more, and what the run itself changed
    assertThat(readings).isLessThan(2 * PEOPLE + 2 * states.size() + 5);
    assertThat(world.crm.contactsWith(pmiId(1))).isEqualTo(1);
    assertThat(world.nextSync().plannedTotal()).isZero();
    assertThat(world.store.mirror().counts().contacts()).isEqualTo(PEOPLE);
    assertThat(world.store.mirror().counts().journeys()).isEqualTo(PEOPLE);
  }

  @Test
  void changesThatTakeLongerToReadThanARunMay_areReadInSeveralGoes() {
    fillOrg();
    world.firstSync();
    editAll();
    List<RunState> states = new ArrayList<>();
    SyncReport report;
    do {
      report = invoke(RunMode.SYNC);
      states.add(report.state());
    } while (report.state() == RunState.SUSPENDED && states.size() < 20);

    assertThat(report.state()).as("%s", states).isEqualTo(RunState.DONE);
    assertThat(states).hasSizeGreaterThan(2);
    assertThat(readings).as("what changed in the last ten minutes is read again").isLessThan(60);
    assertThat(report.plannedTotal()).isZero();
    assertThat(world.nextSync().plannedTotal()).isZero();
  }

  /** Staff edit every Contact, one a minute. */
  private void editAll() {
    for (int n = 1; n <= PEOPLE; n++) {
      world.clock.advance(Duration.ofMinutes(1));
      world.crm.editContact(
          world.store.mirror().find(pmiId(n)).orElseThrow().contacts().get(0).id(),
          TestParticipants.values("LastName", "Edited" + n));
      world.contact(n, "Last Name_HP", "Edited" + n);
    }
  }

  @Test
  void waitForAQueryJob_hearsTheDeadline_andTheNextInvocationGoesOn() {
    fillOrg();
    untilReady = Duration.ofHours(1);
    Instant end = world.clock.instant().plus(INVOCATION);

    SyncReport report = invoke(RunMode.SYNC);

    assertThat(report.state()).isEqualTo(RunState.SUSPENDED);
    assertThat(world.clock.instant()).isBefore(end);
    untilReady = Duration.ZERO;
    for (int i = 0; i < 20 && report.state() == RunState.SUSPENDED; i++) {
      report = invoke(RunMode.SYNC);
    }
    assertThat(report.state()).isEqualTo(RunState.DONE);
    assertThat(report.run().value()).isEqualTo(3);
  }

  @Test
  void planThatReadsLongerThanItMay_stops_andTheNextReadsOn() {
    fillOrg();

    assertThatThrownBy(() -> invoke(RunMode.PLAN))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
        .hasMessageContaining("ran out of time");
    assertThat(world.store.mirror().place()).isPresent();
    assertThat(world.nextSync().state()).isEqualTo(RunState.DONE);
    assertThat(world.notes).anySatisfy(n -> assertThat(n).contains("going on with the reading"));
  }

  @Test
  void sourceThatTakesLongerToReadThanARunMay_stopsInTime_andLeavesNoHalfPlan() {
    int people = 3_000;
    world.people(1, people);
    world.load();
    RunServices services = world.services();
    ParticipantSource slow =
        (ParticipantSource)
            Proxy.newProxyInstance(
                ParticipantSource.class.getClassLoader(),
                new Class<?>[] {ParticipantSource.class},
                (proxy, method, arguments) -> {
                  try {
                    Object result = method.invoke(services.source(), arguments);
                    return result instanceof Cursor<?> cursor
                        ? slow(cursor, Duration.ofMillis(280))
                        : result;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    Instant end = world.clock.instant().plus(INVOCATION);

    SyncReport report =
        new DailySync(
                new RunServices(
                    slow,
                    services.crm(),
                    services.store(),
                    services.clock(),
                    services.pause(),
                    services.listener()),
                world.settings())
            .run(new SyncRequest(RunMode.SYNC, "test", false, true, null, end));

    assertThat(report.state()).isEqualTo(RunState.SUSPENDED);
    assertThat(world.clock.instant()).as("a minute is left").isBefore(end);
    assertThat(world.store.mirror().counts().contacts()).isZero();
    assertThat(world.store.changes().count(report.run())).as("what was planned").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  void refreshLongerThanTheLease_isNotTakenOver(int minutesUntilReady) {
    fillOrg();
    untilReady = Duration.ofMinutes(minutesUntilReady);
    rival = true;

    SyncReport report = new DailySync(slowly(), world.settings()).run(SyncRequest.sync("test"));

    assertThat(takenOver).as("times that another run was granted the lease").isZero();
    assertThat(report.state()).isEqualTo(RunState.DONE);
  }
}
