package edu.cumc.aou.sync.port;

/**
 * What a {@link Crm} must do; its parts state it for reading and for writing. A backend extends
 * this class and gets the tests of all parts.
 */
public abstract class CrmContract
    implements CrmOrgContract, CrmReadContract, CrmWriteContract, CrmJournalContract {

  /**
   * Opens an org without Contacts and journeys. Called at most once in a test; the backend disposes
   * of it after the test.
   *
   * @param uniquePmiField whether the PMI field of Contact is a unique external id, or plain text
   */
  protected abstract TestOrg newOrg(boolean uniquePmiField);

  @Override
  public final TestOrg org(boolean uniquePmiField) {
    return newOrg(uniquePmiField);
  }
}
