package edu.cumc.aou.sync.model;

/** What a run is for. */
public enum RunMode {
  /** Plans and writes nothing to Salesforce. */
  PLAN,
  /** Plans and applies. */
  SYNC,
  /** Plans and applies for some participants only, and says nothing about the others. */
  RETRY,
  /** Takes back what another run wrote. */
  UNDO
}
