package edu.cumc.aou.salesforce.internal.repeat;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.load.Permit;
import java.time.Duration;
import java.time.Instant;

/** Asks the permit of one load, and remembers what its calls met. Not thread-safe. */
public final class LoadWatch {

  /** How often a writing call is sent while there is no answer. */
  private static final int MOST_IN_SILENCE = 2;

  private final Permit permit;
  private final boolean readsToo;
  private Instant lastSent = Instant.MIN;
  private long unknown;
  private boolean granted;

  public LoadWatch(Permit permit) {
    this(permit, false);
  }

  private LoadWatch(Permit permit, boolean readsToo) {
    this.permit = permit;
    this.readsToo = readsToo;
  }

  /**
   * How often a writing call is sent when its outcome is unknown. After Salesforce's own failure
   * the load sends parts instead, which tells more.
   */
  static int mostAttempts(SalesforceException failure) {
    return failure.isAnswered() ? 1 : MOST_IN_SILENCE;
  }

  /** For reading: each request asks. */
  public static LoadWatch ofReading(Permit permit) {
    return new LoadWatch(permit, true);
  }

  /** Before each attempt that writes nothing. */
  void reading() {
    if (readsToo) {
      permit.toWait();
    }
  }

  /** Before each attempt that may write. */
  void sending(Instant now) {
    if (readsToo) {
      // Making and removing a query job writes no record.
      return;
    }
    if (!granted) {
      permit.toWrite();
    }
    granted = false;
    lastSent = now;
  }

  /** Asks now; the next attempt does not ask again. */
  public void askToWrite() {
    permit.toWrite();
    granted = true;
  }

  public void askMeanwhile() {
    permit.toWait();
  }

  public void askToWaitFor(Duration wait) {
    permit.toWaitFor(wait);
  }

  /** An attempt failed, but may have been carried out. */
  void outcomeUnknown() {
    unknown++;
  }

  public Instant lastSent() {
    return lastSent;
  }

  /** How many attempts so far had an unknown outcome. */
  public long unknown() {
    return unknown;
  }

  /** Lets time pass, and asks the permit as often as it wants. */
  void pause(Surroundings.Pause pause, Duration wait) throws InterruptedException {
    Duration left = wait;
    while (left.compareTo(Duration.ZERO) > 0) {
      Duration slice = left.compareTo(permit.every()) < 0 ? left : permit.every();
      pause.forDuration(slice);
      left = left.minus(slice);
      permit.toWait();
    }
  }
}
