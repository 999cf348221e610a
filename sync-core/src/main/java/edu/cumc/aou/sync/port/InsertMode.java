package edu.cumc.aou.sync.port;

/** How new Contacts come to be; which one is right follows from describe. */
public enum InsertMode {
  /** Upsert by the PMI field, a unique external id: may be sent twice. */
  UPSERT_BY_PMI_ID,
  /** Plain create: a lost answer must be resolved by asking, never by repeating. */
  CREATE
}
