package edu.cumc.aou.sync.settings;

/** Which sort of org is meant; checked against what the org says of itself. */
public enum Environment {
  SANDBOX,
  PRODUCTION
}
