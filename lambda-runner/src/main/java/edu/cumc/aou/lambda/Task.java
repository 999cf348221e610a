package edu.cumc.aou.lambda;

import edu.cumc.aou.sync.config.ConfigSection;

/** What an event can ask for, with its options. */
enum Task {
  /** The daily sync; resumes what an earlier invocation has left. */
  SYNC,
  /** What a sync would send; changes nothing in Salesforce. */
  PLAN,
  /** Whether a run is possible; changes nothing. */
  CHECK,
  /** Retries everybody in quarantine, and everybody with a record that failed in the last run. */
  RETRY,
  /** Sends a test message to everybody in {@code notify}. */
  NOTIFY;

  /** The event's word for it. */
  String word() {
    return ConfigSection.word(this);
  }

  /** Whether it accepts this option: {@code full}, {@code initialLoad} or {@code strict}. */
  boolean takes(String option) {
    return switch (this) {
      case SYNC, PLAN -> true;
      case RETRY -> !option.equals("full");
      case CHECK, NOTIFY -> false;
    };
  }
}
