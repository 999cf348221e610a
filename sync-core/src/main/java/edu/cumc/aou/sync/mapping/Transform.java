package edu.cumc.aou.sync.mapping;

/** How the value of a source column becomes the value of a field. */
public enum Transform {
  /** As it stands, without blanks around it. */
  TEXT,
  /** Lower-cased, for addresses. */
  LOWER_CASE,
  /**
   * The day: of a point in time, the day in the local zone; {@code 1900-01-01} is blank. A field of
   * kind DATETIME gets the point in time, a day as its midnight in the local zone.
   */
  DATE,
  /**
   * {@code 0}, {@code 1}, {@code 2} (responded not sure) or blank, written as the field's kind
   * needs it.
   */
  FLAG,
  /** A state's two-letter code, or its name, as its upper-case name. */
  US_STATE
}
