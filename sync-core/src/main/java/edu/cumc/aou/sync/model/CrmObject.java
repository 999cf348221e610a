package edu.cumc.aou.sync.model;

/**
 * The two kinds of Salesforce record that the sync writes; their sObject names are configuration.
 */
public enum CrmObject {
  CONTACT,
  JOURNEY;

  /** The word used in reports and counts. */
  public String word() {
    return this == CONTACT ? "contact" : "journey";
  }
}
