package edu.cumc.aou.sync.port;

/** What the parts of {@link CrmContract} need. */
public interface CrmContractPart {

  /** An org without Contacts and journeys; called at most once in a test. */
  TestOrg org(boolean uniquePmiField);
}
