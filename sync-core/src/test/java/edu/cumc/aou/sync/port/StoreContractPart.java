package edu.cumc.aou.sync.port;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts of {@link SyncStoreContract} need from a backend. */
public interface StoreContractPart {

  /** The store of the running test, empty when the test begins. */
  SyncStore store();

  /**
   * Lets time pass on the clock by which leases run out; a backend that cannot move its database's
   * clock moves the end of the lease back by as much.
   */
  void passTime(Duration duration);

  /** The rows of {@code Relationship} as an analyst sees them, in any order. */
  List<RelationshipRow> relationships();

  /** A row of {@code Relationship}. */
  record RelationshipRow(String contactId, String pmiId, @Nullable String journeyId) {}
}
