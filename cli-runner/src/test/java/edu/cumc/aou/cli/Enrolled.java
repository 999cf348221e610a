package edu.cumc.aou.cli;

import java.util.Map;

/**
 * A participant whose records the first sync made, with their ids in Salesforce.
 *
 * @param journey the only journey of the Contact
 */
record Enrolled(String contact, String pmiId, String journey) {

  /** The participant of the org's first Contact that has a PMI ID. */
  static Enrolled firstOf(Site site) {
    Map<String, Object> first =
        site.org.records("Contact").filter(c -> c.get("HP_PMI_ID__c") != null).findFirst().get();
    String contact = String.valueOf(first.get("Id"));
    String journey =
        site.org
            .records("Opportunity")
            .filter(o -> contact.equals(o.get("Contact__c")))
            .map(o -> String.valueOf(o.get("Id")))
            .findFirst()
            .orElseThrow();
    return new Enrolled(contact, String.valueOf(first.get("HP_PMI_ID__c")), journey);
  }
}
