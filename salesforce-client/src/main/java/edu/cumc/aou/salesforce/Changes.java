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

    /** The number only. */
    @Override
    public String toString() {
      return "Updated[" + ids.size() + "]";
    }
  }

  /**
   * Records that are gone.
   *
   * @param earliestDateAvailable deletions before it are forgotten
   */
  public record Deleted(
      List<DeletedRecord> records, Instant earliestDateAvailable, Instant latestDateCovered) {
    public Deleted {
      records = List.copyOf(records);
    }
  }

  /** A record that is gone, and since when. */
  public record DeletedRecord(String id, Instant deletedDate) {
    /** Without the id. */
    @Override
    public String toString() {
      return "DeletedRecord[" + deletedDate + "]";
    }
  }
}
