package edu.cumc.aou.sync.mapping;

/** What the sync may do to a field that has a value in Salesforce. */
public enum FieldPolicy {
  /** The source always wins; a blank clears. */
  OVERWRITE,
  /** The source wins, but a blank leaves the value alone. */
  NEVER_CLEAR,
  /** The sync fills an empty field, and never replaces a value. */
  FILL_ONLY
}
