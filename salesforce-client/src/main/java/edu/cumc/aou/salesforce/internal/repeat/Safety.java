package edu.cumc.aou.salesforce.internal.repeat;

/** Whether a request may be carried out twice. */
public enum Safety {
  /** Changes nothing. */
  READ,
  /** Updates by id, upserts by external id, deletions. */
  REPEATABLE,
  /** Creates: a second one makes a second record. */
  ONCE
}
