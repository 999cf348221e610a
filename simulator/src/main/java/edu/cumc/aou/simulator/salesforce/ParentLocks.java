package edu.cumc.aou.simulator.salesforce;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which Accounts a batch holds: from the first record of theirs that it writes to its end, nobody
 * else can write a record of theirs. Not thread-safe: the org's lock guards it.
 */
final class ParentLocks {
  private final Map<String, BulkJob> holders = new HashMap<>();
  private Optional<BulkJob> current = Optional.empty();

  /** Does work that holds what it touches until it is released. */
  void holdFor(BulkJob job, Runnable work) {
    current = Optional.of(job);
    try {
      work.run();
    } finally {
      current = Optional.empty();
    }
  }

  /**
   * Takes the Account of a record that is about to be written.
   *
   * @throws ApiException {@code UNABLE_TO_LOCK_ROW} if another batch holds it
   */
  void take(@Nullable Object accountId) {
    if (accountId == null) {
      return;
    }
    String id = accountId.toString();
    BulkJob holder = holders.get(id);
    if (holder != null && current.filter(holder::equals).isEmpty()) {
      throw ApiException.ofRecord(
          400,
          "UNABLE_TO_LOCK_ROW",
          "unable to obtain exclusive access to this record or 1 records: " + id);
    }
    current.ifPresent(job -> holders.put(id, job));
  }

  /** Lets go of everything that the job's batch holds. */
  void release(BulkJob job) {
    holders.values().removeIf(job::equals);
  }
}
