package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;

/**
 * What a write does with its rows.
 *
 * @param bulk from how many rows on it uses jobs, and how large those are
 */
public record WriteOrder(CrmObject object, Operation operation, JobSizes bulk) {

  /** What to do with each row. */
  public enum Operation {
    /** Creates Contacts, in an org where PMI IDs are no unique external id. */
    CREATE,
    /** Creates or updates Contacts by their PMI ID. */
    UPSERT_BY_PMI_ID,
    /** Updates records by id. */
    UPDATE,
    /** Puts records into the recycle bin, always by calls. */
    DELETE,
    /** Takes records out of the recycle bin, always by calls. */
    RESTORE;

    /**
     * Whether rows that may have arrived can be sent again unasked. An upsert cannot: if an
     * automation clears the PMI ID, the second try does not find the first one's Contact.
     */
    public boolean isRepeatable() {
      return this != CREATE && this != UPSERT_BY_PMI_ID;
    }
  }
}
