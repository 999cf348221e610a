package edu.cumc.aou.simulator.source;

/** What can happen to a person on one day, as far as the source shows it. */
enum Happening {
  NONE,
  APPEARED,
  JOURNEY_CHANGED,
  CONTACT_CHANGED,
  WITHDREW,
  BLANKED,
  REPAIRED
}
