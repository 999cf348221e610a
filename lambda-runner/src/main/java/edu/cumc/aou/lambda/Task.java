package edu.cumc.aou.lambda;

import edu.cumc.aou.sync.config.ConfigSection;
import java.util.Set;

/** What an event can ask for, and the options that go with it. */
enum Task {
  /** The daily sync; goes on with what an invocation before has left. */
  SYNC("full", "initialLoad", "strict"),
  /** What a sync would send; changes nothing in Salesforce. */
  PLAN("full", "initialLoad", "strict"),
  /** Whether a run is possible; changes nothing. */
  CHECK,
  /** Everybody in quarantine, and everybody whose record failed in the last run. */
  RETRY("initialLoad", "strict"),
  /** Tells everybody whom the section {@code notify} names that this is a test. */
  NOTIFY;

  private final Set<String> options;

  Task(String... options) {
    this.options = Set.of(options);
  }

  /** How an event names it. */
  String word() {
    return ConfigSection.word(this);
  }

  /** Whether this option says something about it. */
  boolean takes(String option) {
    return options.contains(option);
  }
}
