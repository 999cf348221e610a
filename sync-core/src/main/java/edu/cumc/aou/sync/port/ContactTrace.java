package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.JourneyId;
import java.time.Instant;
import java.util.List;

/**
 * The history of a Contact in the CRM: who made it, who touched it last, and what hangs on it.
 *
 * @param state whether it is there
 * @param journeys its journeys that are there; none if the Contact is not
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
   * Who made a record and who changed it last, and when; by the CRM's clock, in whole seconds.
   *
   * @param createdByUs whether our login made it
   * @param changedByUs whether our login made the last change
   */
  public record Touches(
      boolean createdByUs, Instant createdAt, boolean changedByUs, Instant changedAt) {

    /** Whether only our login has touched the record, and never after this moment. */
    public boolean areOurs(Instant until) {
      return createdByUs && changedByUs && !changedAt.isAfter(until);
    }
  }

  /** A journey of the Contact. */
  public record JourneyTrace(JourneyId id, Touches touches) {}

  @Override
  public String toString() {
    return "ContactTrace[" + state + "]";
  }
}
