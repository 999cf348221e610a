package edu.cumc.aou.salesforce;

/** What a request was for, to count what a run cost. */
public enum CallKind {
  LOGIN,
  QUERY,
  DESCRIBE,
  READ,
  WRITE,
  /** Bulk jobs: creating, uploading, asking for state, results. */
  BULK,
  /** Limits, change feeds. */
  OTHER,
  /** Requests that Salesforce does not count: the list of versions. */
  FREE
}
