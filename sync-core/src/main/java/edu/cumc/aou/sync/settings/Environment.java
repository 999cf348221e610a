package edu.cumc.aou.sync.settings;

/** The sort of org that we mean to write to; checked against what the org says about itself. */
public enum Environment {
  SANDBOX,
  PRODUCTION
}
