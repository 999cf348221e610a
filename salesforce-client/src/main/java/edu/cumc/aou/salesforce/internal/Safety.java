package edu.cumc.aou.salesforce.internal;

/** Whether a request may be carried out twice. */
enum Safety {
  /** Changes nothing. */
  READ,
  /** Updates by id, upserts by external id, deletions. */
  REPEATABLE,
  /** Creates: a second one makes a second record. */
  ONCE
}
