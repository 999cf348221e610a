package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lease of {@link InMemorySyncStore}. */
final class InMemoryLeaseTable implements LeaseTable {

  private enum Status {
    FREE,
    ACTIVE,
    SUSPENDED
  }

  private final CallGate gate;
  private final Clock clock;
  private Status status = Status.FREE;
  private long token;
  private String holder = "";
  private Instant since = Instant.EPOCH;
  private Instant until = Instant.EPOCH;
  private final Map<Long, Duration> beating = new HashMap<>();

  InMemoryLeaseTable(CallGate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public LeaseAnswer acquire(String asker, Duration duration) {
    return gate.counted(
        () -> {
          Instant now = clock.instant();
          beat();
          if (status == Status.ACTIVE && now.isBefore(until)) {
            Instant latest = now.plus(duration);
            until = until.isAfter(latest) ? latest : until;
            return new Busy(holder, since, until);
          }
          boolean takenOver = status == Status.ACTIVE;
          status = Status.ACTIVE;
          holder = asker;
          since = now;
          until = now.plus(duration);
          return new Granted(++token, takenOver);
        });
  }

  @Override
  public void renew(long held, Duration duration) {
    gate.counted(() -> prove(held, duration));
  }

  /** Extends the lease if it still is the holder's. The caller holds the gate. */
  void prove(long held, Duration duration) {
    if (!holds(held)) {
      throw new SyncException(
          FailureKind.ALREADY_RUNNING,
          "another run has taken over the lease: this one stops. Nothing needs to be done.");
    }
    until = clock.instant().plus(duration);
  }

  @Override
  public <T> T during(long held, Duration duration, Supplier<T> work) {
    gate.uncounted(() -> beating.put(held, duration));
    try {
      return work.get();
    } finally {
      gate.uncounted(
          () -> {
            beat();
            return beating.remove(held);
          });
    }
  }

  /** What the beats until now have done to the lease: the last one was just now. */
  private void beat() {
    @Nullable Duration duration = status == Status.ACTIVE ? beating.get(token) : null;
    if (duration != null) {
      Instant beaten = clock.instant().plus(duration);
      until = beaten.isAfter(until) ? beaten : until;
    }
  }

  @Override
  public void suspend(long held) {
    leave(held, Status.SUSPENDED);
  }

  @Override
  public void release(long held) {
    leave(held, Status.FREE);
  }

  private void leave(long held, Status next) {
    gate.counted(
        () -> {
          if (holds(held)) {
            status = next;
          }
        });
  }

  private boolean holds(long held) {
    return status == Status.ACTIVE && token == held;
  }
}
