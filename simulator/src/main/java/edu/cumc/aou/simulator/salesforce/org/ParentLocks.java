package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Accounts that a batch has locked. From the first record of an Account that it writes to its
 * end, no other batch can write a record of that Account. Not thread-safe: the org's lock guards
 * it.
 */
public final class ParentLocks {
  private final Map<String, Object> holders = new HashMap<>();
  private Optional<Object> current = Optional.empty();

  /** Does work that locks what it touches until the release. */
  public void holdFor(Object batch, Runnable work) {
    current = Optional.of(batch);
    try {
      work.run();
    } finally {
      current = Optional.empty();
    }
  }

  /**
   * Locks the Account of a record before it is written.
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

  /** Releases everything that the batch holds. */
  public void release(Object batch) {
    holders.values().removeIf(batch::equals);
  }
}
