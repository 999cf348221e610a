package edu.cumc.aou.sync.model;

/**
 * The API name of a Salesforce field, e.g. {@code HP_PMI_ID__c}. The comparison is case-sensitive:
 * Bulk results drop columns in another case, so binding the mapping gives configured names the case
 * of describe. Not personal data.
 */
public record FieldName(String value) implements Comparable<FieldName> {

  /**
   * Throws {@link IllegalArgumentException} unless the value is a letter followed by letters,
   * digits and underscores.
   */
  public FieldName {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("malformed field name: " + value);
    }
  }

  /** Runs for every name in every document of the mirror, so it uses no pattern. */
  private static boolean isWellFormed(String value) {
    if (value.isEmpty() || !isLetter(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  @Override
  public int compareTo(FieldName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
