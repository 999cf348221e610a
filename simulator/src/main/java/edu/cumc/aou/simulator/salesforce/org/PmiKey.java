package edu.cumc.aou.simulator.salesforce.org;

/** The definition of the field with the PMI ID in an org. */
public enum PmiKey {
  /** Plain text. */
  NONE,
  UNIQUE,
  UNIQUE_CASE_SENSITIVE;

  public static PmiKey of(boolean unique, boolean caseSensitive) {
    if (!unique) {
      return NONE;
    }
    return caseSensitive ? UNIQUE_CASE_SENSITIVE : UNIQUE;
  }

  boolean isUnique() {
    return this != NONE;
  }

  boolean isCaseSensitive() {
    return this == UNIQUE_CASE_SENSITIVE;
  }
}
