package edu.cumc.aou.sync.mapping;

/** How the value of a source column becomes the value of a field. */
public enum Transform {
  /** As it stands, without blanks around it. */
  TEXT,
  /** Lower-cased, for addresses. */
  LOWER_CASE,
  /**
   * The day, read as the field's {@link SourceKind} says; {@code 1900-01-01} is blank. A field of
   * kind DATETIME gets a point in time; a day becomes its midnight in the local zone.
   */
  DATE,
  /**
   * {@code 0}, {@code 1}, {@code 2} (responded not sure) or blank, written as the field's kind
   * needs it.
   */
  FLAG,
  /**
   * Reads a state's two-letter code, or its name in any spelling, and writes what the field
   * accepts: the picklist's own spelling of name or code, the code where the field's name ends in
   * {@code Code}, else the upper-case name.
   */
  US_STATE,
  /** The United States if the column holds one of their states, else blank. */
  US_COUNTRY
}
