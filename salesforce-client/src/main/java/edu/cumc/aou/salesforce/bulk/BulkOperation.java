package edu.cumc.aou.salesforce.bulk;

/** What a job does. */
public enum BulkOperation {
  INSERT("insert"),
  /** By the column {@code Id}. */
  UPDATE("update"),
  /** By an external id. */
  UPSERT("upsert"),
  /** To the recycle bin; {@code Id} is the only column. */
  DELETE("delete"),
  /** Deletes for good, which needs a special permission; {@code Id} is the only column. */
  HARD_DELETE("hardDelete"),
  QUERY("query"),
  /** A query with deleted and archived records. */
  QUERY_ALL("queryAll");

  private final String wireName;

  BulkOperation(String wireName) {
    this.wireName = wireName;
  }

  /** As Salesforce writes it. */
  public String wireName() {
    return wireName;
  }

  /** Whether it reads instead of writing. */
  public boolean isQuery() {
    return this == QUERY || this == QUERY_ALL;
  }
}
