package edu.cumc.aou.salesforce.bulk;

/** The state of a job. */
public enum BulkState {
  /** Waits for its rows. Salesforce discards it after a day. */
  OPEN("Open"),
  /** Has its rows, or its query, and waits for its turn: minutes in a busy org. */
  UPLOAD_COMPLETE("UploadComplete"),
  IN_PROGRESS("InProgress"),
  /** Finished, although perhaps no row was accepted. */
  JOB_COMPLETE("JobComplete"),
  /** Stopped by a failure; some rows may have been written before. */
  FAILED("Failed"),
  /** Stopped on request; some rows may have been written before. */
  ABORTED("Aborted"),
  /** A state that this client does not know; not final. */
  OTHER("");

  private final String wireName;

  BulkState(String wireName) {
    this.wireName = wireName;
  }

  /** Reads a state as Salesforce writes it. */
  public static BulkState of(String wireName) {
    for (BulkState state : values()) {
      if (state.wireName.equalsIgnoreCase(wireName)) {
        return state;
      }
    }
    return OTHER;
  }

  /** As Salesforce writes it; empty text for {@link #OTHER}. */
  public String wireName() {
    return wireName;
  }

  /** Whether the job will change no more. */
  public boolean isFinal() {
    return this == JOB_COMPLETE || this == FAILED || this == ABORTED;
  }
}
