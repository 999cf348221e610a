package edu.cumc.aou.lambda;

import edu.cumc.aou.sync.config.ConfigSection;

/** What an event can ask for, and the options that go with it. */
enum Task {
  /** The daily sync; goes on with what an invocation before has left. */
  SYNC,
  /** What a sync would send; changes nothing in Salesforce. */
  PLAN,
  /** Whether a run is possible; changes nothing. */
  CHECK,
  /** Everybody in quarantine, and everybody whose record failed in the last run. */
  RETRY,
  /** Sends a test message to everybody in {@code notify}. */
  NOTIFY;

  /** How an event names it. */
  String word() {
    return ConfigSection.word(this);
  }

  /** Whether this option, {@code full}, {@code initialLoad} or {@code strict}, goes with it. */
  boolean takes(String option) {
    return switch (this) {
      case SYNC, PLAN -> true;
      case RETRY -> !option.equals("full");
      case CHECK, NOTIFY -> false;
    };
  }
}
