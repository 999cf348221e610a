package edu.cumc.aou.mornings.world;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.org.Automation;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The automations of a simulated org: rules that refuse, values rewritten, journeys made. */
final class OrgFlow {

  private static final String PMI = "HP_PMI_ID__c";

  private final SalesforceSimulator simulator;
  private final Map<String, String> refused = new HashMap<>();
  private final Set<String> journeysThere = new HashSet<>();
  private @Nullable String rewritten;
  private boolean cleared;
  private int journeysOfNew = 1;

  OrgFlow(SalesforceSimulator simulator) {
    this.simulator = simulator;
  }

  void refuse(String pmi, String code) {
    refused.put(pmi, code);
  }

  void accept(String pmi) {
    refused.remove(pmi);
  }

  void journeysOfNew(int number) {
    if (number == 0) {
      simulator.records("Opportunity").forEach(r -> journeysThere.add(r.get("Id").toString()));
    }
    journeysOfNew = number;
  }

  /** From now on this field of Contacts is written in capitals, or cleared; null for none. */
  void rewrite(@Nullable String field, boolean clear) {
    rewritten = field;
    cleared = clear;
  }

  void rest() {
    refused.clear();
    rewritten = null;
    journeysOfNew = 1;
  }

  /** What the org does after each write. */
  void afterSave(SavedRecord record) {
    String pmi = record.get(PMI).map(Object::toString).orElse("");
    String code = refused.get(pmi.toUpperCase(Locale.ROOT));
    if (code != null) {
      throw new Automation.Refusal(code, "refused by a validation rule", "LastName");
    }
    if (!record.object().equals("Contact")) {
      return;
    }
    if (rewritten != null && record.get(rewritten).isPresent()) {
      String text = record.get(rewritten).get().toString();
      String made =
          cleared
              ? ""
              : rewritten.equals(PMI) ? text.replaceFirst("^P", "") : text.toUpperCase(Locale.ROOT);
      if (!made.equals(text)) {
        record.set(rewritten, made);
      }
      if (cleared && rewritten.equals(PMI)) {
        record.set(Site.OTHER_FIELD, text);
      }
    }
    if (record.created() && journeysOfNew == 2) {
      record.create("Opportunity", journey(record.id()));
    }
  }

  static Map<String, Object> journey(String contactId) {
    return Map.of(
        "Contact__c", contactId,
        "Name", "Journey",
        "StageName", "Prospecting",
        "CloseDate", "2027-01-01");
  }

  /** While the flow makes no journeys, those that it makes are taken away before anybody looks. */
  void withholdJourneys() {
    if (journeysOfNew != 0) {
      return;
    }
    simulator
        .records("Opportunity")
        .map(r -> r.get("Id").toString())
        .filter(id -> !journeysThere.contains(id))
        .toList()
        .forEach(simulator::delete);
  }
}
