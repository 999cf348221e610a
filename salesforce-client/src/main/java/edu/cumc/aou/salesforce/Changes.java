package edu.cumc.aou.salesforce;

import java.time.Instant;
import java.util.List;

/** The answers of the two change feeds; the next window begins at {@code latestDateCovered}. */
public final class Changes {

  private Changes() {}

  /** Records that are new or changed, by id. */
  public record Updated(List<String> ids, Instant latestDateCovered) {
    public Updated {
      ids = List.copyOf(ids);
    }

    @Override
    public String toString() {
      return "Updated[" + ids.size() + "]";
    }
  }

  /**
   * Deleted records.
   *
   * @param earliestDateAvailable Salesforce has forgotten earlier deletions
   */
  public record Deleted(
      List<DeletedRecord> records, Instant earliestDateAvailable, Instant latestDateCovered) {
    public Deleted {
      records = List.copyOf(records);
    }
  }

  /** A deleted record, and when it was deleted. */
  public record DeletedRecord(String id, Instant deletedDate) {
    /** Without the id. */
    @Override
    public String toString() {
      return "DeletedRecord[" + deletedDate + "]";
    }
  }
}
