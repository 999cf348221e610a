package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which Accounts a batch holds: from the first record of theirs that it writes to its end, nobody
 * else can write a record of theirs. Not thread-safe: the org's lock guards it.
 */
public final class ParentLocks {
  private final Map<String, Object> holders = new HashMap<>();
  private Optional<Object> current = Optional.empty();

  /** Does work that holds what it touches until it is released. */
  public void holdFor(Object batch, Runnable work) {
    current = Optional.of(batch);
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
    Object holder = holders.get(id);
    if (holder != null && current.filter(holder::equals).isEmpty()) {
      throw ApiException.ofRecord(
          400,
          "UNABLE_TO_LOCK_ROW",
          "unable to obtain exclusive access to this record or 1 records: " + id);
    }
    current.ifPresent(batch -> holders.put(id, batch));
  }

  /** Lets go of everything that the batch holds. */
  public void release(Object batch) {
    holders.values().removeIf(batch::equals);
  }
}
