package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.report.SyncReport;

/** How a sync ended, for subscribers. */
public enum Occasion {
  /** Done; nobody is needed. */
  DONE,
  /** Done, and a person is needed: exit code 5. */
  PARTIAL,
  /** A guard refused; nothing was changed. */
  GUARDED,
  /** Stopped on request, or out of time; the next sync goes on. */
  STOPPED,
  /** It failed as a whole. */
  FAILED,
  /** Another run holds the store. */
  ALREADY_RUNNING,
  /** Done, with or without the need for a person, after attempts that failed. */
  RECOVERED;

  /**
   * How a run with a report ended.
   *
   * @param strict whether acknowledged anomalies count too
   */
  static Occasion of(SyncReport report, boolean strict) {
    return switch (report.state()) {
      case GUARDED -> GUARDED;
      case FAILED, ABANDONED -> FAILED;
      case PLANNING, APPLYING, SUSPENDED -> STOPPED;
      case PLANNED, DONE, PARTIAL -> report.needsSomebody(strict) ? PARTIAL : DONE;
    };
  }

  /** How a run without a report ended. */
  static Occasion of(RuntimeException failure, boolean stopAsked) {
    FailureKind kind = failure instanceof SyncException e ? e.kind() : FailureKind.BUG;
    if (kind == FailureKind.ALREADY_RUNNING) {
      return ALREADY_RUNNING;
    }
    return stopAsked && kind == FailureKind.UNAVAILABLE ? STOPPED : FAILED;
  }

  /** Whether the sync finished. */
  boolean isGood() {
    return this == DONE || this == PARTIAL;
  }
}
