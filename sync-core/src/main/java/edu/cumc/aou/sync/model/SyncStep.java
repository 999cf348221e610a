package edu.cumc.aou.sync.model;

import java.util.Locale;

/** The steps of a run, in their order. */
public enum SyncStep {
  /** Looks at both sides before anything is read, and takes up the rest of an interrupted run. */
  PREPARE("Preparing"),
  REFRESH_MIRROR("Refreshing the mirror of Salesforce"),
  PLAN("Comparing participants"),
  CHECK_GUARDS("Checking the guards"),
  APPLY_CONTACTS("Sending Contacts"),
  AWAIT_JOURNEYS("Waiting for journeys"),
  WRITE_BACK("Writing ids back"),
  APPLY_JOURNEYS("Sending journeys"),
  /** Reads back what Salesforce made of what was sent. */
  READ_BACK("Reading back what was sent"),
  CLOSE("Closing the run");

  private final String title;

  SyncStep(String title) {
    this.title = title;
  }

  /** The title that people read. */
  public String title() {
    return title;
  }

  /** The word that programs read: lower case with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
