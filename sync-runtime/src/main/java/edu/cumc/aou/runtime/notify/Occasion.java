package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.report.SyncReport;

/** How a sync ended, as somebody may want to be told of it. */
public enum Occasion {
  /** Done; nobody is needed. */
  DONE,
  /** Done, and something needs a person: exit code 5. */
  PARTIAL,
  /** A guard refused; nothing was changed. */
  GUARDED,
  /** Somebody stopped it, or its time was over; the next sync goes on. */
  STOPPED,
  /** It could not be done as a whole. */
  FAILED,
  /** Another run holds the store. */
  ALREADY_RUNNING,
  /** Done, or done and somebody is needed, after attempts that were neither. */
  RECOVERED;

  /**
   * How a run ended that came to a report.
   *
   * @param strict whether anomalies that are acknowledged count too
   */
  static Occasion of(SyncReport report, boolean strict) {
    return switch (report.state()) {
      case GUARDED -> GUARDED;
      case FAILED, ABANDONED -> FAILED;
      case PLANNING, APPLYING, SUSPENDED -> STOPPED;
      case PLANNED, DONE, PARTIAL -> report.needsSomebody(strict) ? PARTIAL : DONE;
    };
  }

  /** How a run ended that did not. */
  static Occasion of(RuntimeException failure, boolean stopAsked) {
    FailureKind kind = failure instanceof SyncException e ? e.kind() : FailureKind.BUG;
    if (kind == FailureKind.ALREADY_RUNNING) {
      return ALREADY_RUNNING;
    }
    return stopAsked && kind == FailureKind.UNAVAILABLE ? STOPPED : FAILED;
  }

  /** Whether the sync came to its end. */
  boolean isGood() {
    return this == DONE || this == PARTIAL;
  }
}
