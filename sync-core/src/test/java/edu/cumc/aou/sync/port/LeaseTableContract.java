package edu.cumc.aou.sync.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.LeaseTable.Busy;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.LeaseTable.LeaseAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a {@link LeaseTable} must do. */
public interface LeaseTableContract extends StoreContractPart {

  /** Long enough that it never runs out by itself during a test. */
  Duration LEASE = Duration.ofMinutes(10);

  @Test
  default void acquire_freeLease_isGranted() {
    LeaseAnswer answer = store().lease().acquire("first", LEASE);

    assertThat(answer)
        .isInstanceOfSatisfying(Granted.class, g -> assertThat(g.takenOver()).isFalse());
  }

  @Test
  default void acquire_heldLease_saysWhoHoldsIt() {
    granted(store().lease().acquire("cli@host:1", LEASE));

    assertThat(store().lease().acquire("second", LEASE))
        .isInstanceOfSatisfying(
            Busy.class,
            busy -> {
              assertThat(busy.holder()).isEqualTo("cli@host:1");
              assertThat(busy.since()).isBefore(busy.until());
            });
  }

  @Test
  default void acquire_heldBySameHolder_isBusyToo() {
    granted(store().lease().acquire("same", LEASE));

    assertThat(store().lease().acquire("same", LEASE)).isInstanceOf(Busy.class);
  }

  @Test
  default void acquire_releasedLease_isGrantedWithAHigherToken() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    store().lease().release(first.token());

    Granted second = granted(store().lease().acquire("second", LEASE));

    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(second.takenOver()).isFalse();
  }

  @Test
  default void acquire_suspendedLease_isGrantedAtOnce() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    store().lease().suspend(first.token());

    Granted second = granted(store().lease().acquire("second", LEASE));

    assertThat(second.token()).isGreaterThan(first.token());
    assertThat(second.takenOver()).isFalse();
    assertThat(store().lease().acquire("third", LEASE)).isInstanceOf(Busy.class);
  }

  @Test
  default void acquire_leaseThatRanOut_isTakenOver() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.plusSeconds(1));

    Granted second = granted(store().lease().acquire("second", LEASE));

    assertThat(second.takenOver()).isTrue();
    assertThat(second.token()).isGreaterThan(first.token());
  }

  @Test
  default void acquire_leaseThatEndsLaterThanItsLength_isCutToIt() {
    // as if the clock had been set back since
    granted(store().lease().acquire("first", LEASE.multipliedBy(60)));
    assertThat(store().lease().acquire("second", LEASE)).isInstanceOf(Busy.class);
    passTime(LEASE.plusSeconds(1));

    assertThat(granted(store().lease().acquire("third", LEASE)).takenOver()).isTrue();
  }

  @Test
  default void acquire_leaseAboutToRunOut_isBusy() {
    granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.minusSeconds(60));

    assertThat(store().lease().acquire("second", LEASE)).isInstanceOf(Busy.class);
  }

  @Test
  default void acquire_afterATakeoverThatEndedWell_isNoTakeover() {
    granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.plusSeconds(1));
    store().lease().release(granted(store().lease().acquire("second", LEASE)).token());

    assertThat(granted(store().lease().acquire("third", LEASE)).takenOver()).isFalse();
  }

  @Test
  default void acquire_manyAtOnce_grantsOne() throws Exception {
    int askers = 6;
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<LeaseAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < askers; i++) {
        String holder = "asker " + i;
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return store().lease().acquire(holder, LEASE);
                }));
      }
      start.countDown();
      int granted = 0;
      for (Future<LeaseAnswer> answer : answers) {
        granted += answer.get() instanceof Granted ? 1 : 0;
      }
      assertThat(granted).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  default void renew_heldLease_extendsIt() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.minusSeconds(60));

    store().lease().renew(first.token(), LEASE);
    passTime(LEASE.minusSeconds(60));

    assertThat(store().lease().acquire("second", LEASE)).isInstanceOf(Busy.class);
  }

  @Test
  default void renew_heldLease_keepsSinceAndMovesUntil() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    Busy before = (Busy) store().lease().acquire("second", LEASE);

    store().lease().renew(first.token(), LEASE.multipliedBy(6));

    Busy after = (Busy) store().lease().acquire("second", LEASE.multipliedBy(6));
    assertThat(after.since()).isEqualTo(before.since());
    assertThat(after.until()).isAfter(before.until());
  }

  @Test
  default void renew_leaseThatRanOutButWasNotTaken_holdsItAgain() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.plusSeconds(1));

    store().lease().renew(first.token(), LEASE);

    assertThat(store().lease().acquire("second", LEASE)).isInstanceOf(Busy.class);
  }

  @Test
  default void renew_leaseTakenOver_isAlreadyRunning() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.plusSeconds(1));
    granted(store().lease().acquire("second", LEASE));

    assertAlreadyRunning(first);
  }

  @Test
  default void renew_leaseTakenOverAndReleased_isAlreadyRunning() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.plusSeconds(1));
    store().lease().release(granted(store().lease().acquire("second", LEASE)).token());

    assertAlreadyRunning(first);
  }

  @Test
  default void renew_suspendedLeaseTakenByTheNext_isAlreadyRunning() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    store().lease().suspend(first.token());
    Granted second = granted(store().lease().acquire("second", LEASE));

    assertAlreadyRunning(first);
    assertThatCode(() -> store().lease().renew(second.token(), LEASE)).doesNotThrowAnyException();
  }

  @Test
  default void releaseAndSuspend_tokenThatNoLongerHolds_doNothing() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.plusSeconds(1));
    Granted second = granted(store().lease().acquire("second", LEASE));

    store().lease().release(first.token());
    store().lease().suspend(first.token());

    assertThat(store().lease().acquire("third", LEASE))
        .isInstanceOfSatisfying(Busy.class, b -> assertThat(b.holder()).isEqualTo("second"));
    assertThatCode(() -> store().lease().renew(second.token(), LEASE)).doesNotThrowAnyException();
  }

  @Test
  default void during_longWork_renewsTheLeaseMeanwhile() {
    Duration shortLease = Duration.ofSeconds(6);
    Granted first = granted(store().lease().acquire("first", shortLease));
    Busy before = (Busy) store().lease().acquire("second", shortLease);

    Instant later =
        store().lease().during(first.token(), shortLease, () -> laterThan(before.until()));

    assertThat(later).isAfter(before.until());
  }

  /** Time passes, a little at a time, until the lease is seen to be renewed. */
  private Instant laterThan(Instant until) {
    for (int look = 0; look < 40; look++) {
      passTime(Duration.ofMillis(50));
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      Busy busy = (Busy) store().lease().acquire("second", Duration.ofSeconds(6));
      if (busy.until().isAfter(until)) {
        return busy.until();
      }
    }
    throw new AssertionError("nothing renewed the lease");
  }

  @Test
  default void during_itsWork_givesWhatTheWorkGives() {
    Granted first = granted(store().lease().acquire("first", LEASE));

    assertThat(store().lease().during(first.token(), LEASE, () -> "done")).isEqualTo("done");
  }

  @Test
  default void during_leaseTakenByAnother_neverTakesItBack() {
    Granted first = granted(store().lease().acquire("first", LEASE));
    passTime(LEASE.plusSeconds(1));
    granted(store().lease().acquire("second", LEASE));

    store().lease().during(first.token(), Duration.ofMillis(30), () -> pauseFor(200));

    assertAlreadyRunning(first);
    assertThat(store().lease().acquire("third", LEASE))
        .isInstanceOfSatisfying(Busy.class, b -> assertThat(b.holder()).isEqualTo("second"));
  }

  private static long pauseFor(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return millis;
  }

  private void assertAlreadyRunning(Granted lost) {
    assertThatThrownBy(() -> store().lease().renew(lost.token(), LEASE))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_RUNNING));
  }

  private static Granted granted(LeaseAnswer answer) {
    assertThat(answer).isInstanceOf(Granted.class);
    return (Granted) answer;
  }
}
