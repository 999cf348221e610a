package edu.cumc.aou.sync.model;

/**
 * The Salesforce id of an ingest job.
 *
 * <p>Immutable. {@link #toString()} never shows the value.
 */
public record JobId(String value) {

  /** Accepts 15 or 18 characters; throws {@link IllegalArgumentException} for anything else. */
  public JobId {
    value = SalesforceIds.canonical(value);
  }

  @Override
  public String toString() {
    return "JobId[hidden]";
  }
}
