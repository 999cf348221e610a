package edu.cumc.aou.sync.mapping;

/** What may happen to a field that has a value in Salesforce. */
public enum FieldPolicy {
  /** The source always wins, a blank one clears. */
  OVERWRITE,
  /** The source wins, but a blank one leaves the value alone. */
  NEVER_CLEAR,
  /** A value is set where there is none, and never replaced. */
  FILL_ONLY
}
