package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

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

  InMemoryLeaseTable(CallGate gate, Clock clock) {
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public LeaseAnswer acquire(String asker, Duration duration) {
    return gate.counted(
        () -> {
          Instant now = clock.instant();
          if (status == Status.ACTIVE && now.isBefore(until)) {
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
    gate.counted(
        () -> {
          if (!holds(held)) {
            throw new SyncException(
                FailureKind.ALREADY_RUNNING,
                "another run has taken over the lease: this one stops. Nothing needs to be done.");
          }
          until = clock.instant().plus(duration);
        });
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
