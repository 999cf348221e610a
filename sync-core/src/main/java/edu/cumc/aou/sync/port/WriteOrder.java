package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;

/**
 * What a write does with its rows.
 *
 * @param bulk from where on jobs write them, and how large those are
 */
public record WriteOrder(CrmObject object, Operation operation, JobSizes bulk) {

  /** What is done with each row. */
  public enum Operation {
    /** Creates Contacts, in an org that does not know PMI IDs as unique. */
    CREATE,
    /** Creates or updates Contacts by their PMI ID. */
    UPSERT_BY_PMI_ID,
    /** Updates records by id. */
    UPDATE,
    /** Puts records into the recycle bin, always by calls. */
    DELETE,
    /** Takes records out of the recycle bin, always by calls. */
    RESTORE;

    /** Whether the same rows may be sent again although they may have arrived. */
    public boolean isRepeatable() {
      return this != CREATE;
    }
  }
}
