package edu.cumc.aou.sync.model;

/**
 * What a Salesforce field holds, as far as the sync normalises, validates or sends it differently.
 */
public enum FieldKind {
  /** One line of text. */
  TEXT,
  /** Text that may hold line breaks. */
  LONG_TEXT,
  EMAIL,
  PHONE,
  PICKLIST,
  /** Several picklist values, joined by semicolons, in no particular order. */
  MULTI_PICKLIST,
  BOOLEAN,
  /** int, double, currency and percent. */
  NUMBER,
  /** A day without time or zone. */
  DATE,
  DATETIME,
  /** The id of another record. */
  REFERENCE,
  /**
   * A kind that the sync does not write: address, location, base64 and whatever a later release
   * brings.
   */
  OTHER
}
