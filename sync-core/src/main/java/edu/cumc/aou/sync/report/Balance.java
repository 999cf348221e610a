package edu.cumc.aou.sync.report;

import edu.cumc.aou.sync.model.CrmObject;

/**
 * Where the rows of one relation went: every participant counts in exactly one of these.
 *
 * @param rows rows read
 * @param surplusRows rows beyond the first of a participant
 * @param inserted created in Salesforce
 * @param adopted an existing Contact that got the PMI ID
 * @param updated changed in Salesforce
 * @param deleted put into the recycle bin by an undo
 * @param restored taken out of the recycle bin by an undo
 * @param unchanged nothing to send
 * @param frozen withdrawn; the record stays as it is
 * @param held waiting for a person's decision
 * @param skipped withdrawn without a Contact, left, test, or (of a journey) without a Contact
 * @param rejected by our own rules
 * @param refused by Salesforce
 * @param failed could not be done for now
 * @param notAttempted planned and not sent; in a PLAN run, everything planned
 */
public record Balance(
    CrmObject object,
    long rows,
    long surplusRows,
    long inserted,
    long adopted,
    long updated,
    long deleted,
    long restored,
    long unchanged,
    long frozen,
    long held,
    long skipped,
    long rejected,
    long refused,
    long failed,
    long notAttempted) {

  /** The sum of all outcomes. */
  public long accountedFor() {
    return inserted
        + adopted
        + updated
        + deleted
        + restored
        + unchanged
        + frozen
        + held
        + skipped
        + rejected
        + refused
        + failed
        + notAttempted;
  }

  /** Whether every row is accounted for. */
  public boolean holds() {
    return rows == surplusRows + accountedFor();
  }
}
