package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.JourneyId;
import java.time.Instant;
import java.util.List;

/**
 * What the CRM tells of a Contact's life: who made it, who touched it last, and what hangs on it.
 *
 * @param state whether it is there
 * @param journeys those that are there; none of a Contact that is not
 * @param otherChildren the objects of other records that point at it, each once
 */
public record ContactTrace(
    ContactId id,
    State state,
    Touches touches,
    List<JourneyTrace> journeys,
    List<String> otherChildren) {

  public ContactTrace {
    journeys = List.copyOf(journeys);
    otherChildren = List.copyOf(otherChildren);
  }

  /** Where a record is. */
  public enum State {
    THERE,
    /** In the recycle bin. */
    BINNED,
    /** In the recycle bin, because it was merged into another. */
    MERGED
  }

  /**
   * By whom and when a record was made, and was changed last; by the CRM's clock, in whole seconds.
   *
   * @param createdByUs whether the user that we log in as made it
   * @param changedByUs whether the last change is that user's
   */
  public record Touches(
      boolean createdByUs, Instant createdAt, boolean changedByUs, Instant changedAt) {

    /** Whether only our user has touched the record, and not after a moment. */
    public boolean areOurs(Instant until) {
      return createdByUs && changedByUs && !changedAt.isAfter(until);
    }
  }

  /** A journey of the Contact. */
  public record JourneyTrace(JourneyId id, Touches touches) {}

  /** Without ids. */
  @Override
  public String toString() {
    return "ContactTrace[" + state + "]";
  }
}
