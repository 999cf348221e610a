package edu.cumc.aou.sync.model;

import java.util.Optional;

/**
 * The Salesforce id of a journey (the Opportunity that Salesforce creates for a Contact), in its
 * 18-character form; compared case-sensitively.
 *
 * <p>Immutable. {@link #toString()} never shows the value.
 */
public record JourneyId(String value) implements Comparable<JourneyId> {

  /** Accepts 15 or 18 characters; throws {@link IllegalArgumentException} for anything else. */
  public JourneyId {
    value = SalesforceIds.canonical(value);
  }

  /** Reads text from outside; empty unless it has the shape of a Salesforce id. */
  public static Optional<JourneyId> tryParse(String text) {
    return SalesforceIds.isWellFormed(text) ? Optional.of(new JourneyId(text)) : Optional.empty();
  }

  @Override
  public int compareTo(JourneyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "JourneyId[hidden]";
  }
}
