package edu.cumc.aou.sync.model;

import java.util.Optional;

/**
 * The Salesforce id of a Contact, in its 18-character form; compared case-sensitively.
 *
 * <p>Immutable. {@link #toString()} never shows the value.
 */
public record ContactId(String value) implements Comparable<ContactId> {

  /** Accepts 15 or 18 characters; throws {@link IllegalArgumentException} for anything else. */
  public ContactId {
    value = SalesforceIds.canonical(value);
  }

  /** Reads text from outside; empty unless it has the shape of a Salesforce id. */
  public static Optional<ContactId> tryParse(String text) {
    return SalesforceIds.isWellFormed(text) ? Optional.of(new ContactId(text)) : Optional.empty();
  }

  @Override
  public int compareTo(ContactId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "ContactId[hidden]";
  }
}
