package edu.cumc.aou.salesforce.bulk;

/** Where a job stands. */
public enum BulkState {
  /** Waits for its rows. Salesforce discards it after a day. */
  OPEN("Open"),
  /** Has its rows, or its query, and waits for its turn: minutes in a busy org. */
  UPLOAD_COMPLETE("UploadComplete"),
  IN_PROGRESS("InProgress"),
  /** Finished, which does not mean that any row was accepted. */
  JOB_COMPLETE("JobComplete"),
  /** Broken off; some rows may have been written before. */
  FAILED("Failed"),
  /** Broken off by request; some rows may have been written before. */
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

  /** Whether nothing more will happen to the job. */
  public boolean isFinal() {
    return this == JOB_COMPLETE || this == FAILED || this == ABORTED;
  }
}
