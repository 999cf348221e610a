package edu.cumc.aou.sync;

/** Which sort of org is meant; checked against what the org says of itself. */
public enum Environment {
  SANDBOX,
  PRODUCTION
}
