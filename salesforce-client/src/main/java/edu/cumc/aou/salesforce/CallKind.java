package edu.cumc.aou.salesforce;

/** What a request was for, in counts of what a run cost. */
public enum CallKind {
  LOGIN,
  QUERY,
  DESCRIBE,
  READ,
  WRITE,
  /** Bulk jobs: making, uploading, asking how they stand, results. */
  BULK,
  /** Limits, change feeds. */
  OTHER,
  /** Requests that Salesforce does not count: the list of versions. */
  FREE
}
