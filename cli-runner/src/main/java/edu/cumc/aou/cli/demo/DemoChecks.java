package edu.cumc.aou.cli.demo;

import edu.cumc.aou.cli.demo.DemoOutcome.DemoCheck;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks that org, store and reports agree, by asking the org itself. */
final class DemoChecks {

  private DemoChecks() {}

  static List<DemoCheck> of(
      SalesforceSimulator org, IdCounts ids, List<DemoDay> days, SyncReport again) {
    List<String> contacts =
        org.records("Contact")
            .filter(c -> c.containsKey("HP_PMI_ID__c"))
            .map(c -> String.valueOf(c.get("Id")))
            .toList();
    Map<String, Integer> journeys = new HashMap<>();
    org.records("Opportunity")
        .filter(o -> o.containsKey("Contact__c"))
        .forEach(o -> journeys.merge(String.valueOf(o.get("Contact__c")), 1, Integer::sum));
    long one = contacts.stream().filter(c -> journeys.getOrDefault(c, 0) == 1).count();
    long pmiIds =
        org.records("Contact")
            .map(c -> c.get("HP_PMI_ID__c"))
            .filter(p -> p != null)
            .map(p -> String.valueOf(p).toUpperCase(Locale.ROOT))
            .distinct()
            .count();

    List<DemoCheck> checks = new ArrayList<>();
    checks.add(
        check(
            "every Contact has exactly one journey",
            one == contacts.size(),
            "%,d of %,d".formatted(one, contacts.size())));
    checks.add(
        check(
            "no PMI ID stands on two Contacts",
            pmiIds == contacts.size(),
            "%,d PMI IDs on %,d Contacts".formatted(pmiIds, contacts.size())));
    checks.add(
        check(
            "every Contact has a complete row in Relationship",
            ids.complete() == contacts.size() && ids.relationship() == contacts.size(),
            "%,d complete rows of %,d".formatted(ids.complete(), ids.relationship())));
    long balanced =
        days.stream()
            .map(DemoDay::report)
            .filter(r -> r.contacts().holds() && r.journeys().holds())
            .count();
    checks.add(
        check(
            "every row of every day is accounted for",
            balanced == days.size(),
            "%d of %d days".formatted(balanced, days.size())));
    checks.add(
        check(
            "another sync has nothing to send",
            again.plannedTotal() == 0,
            "%,d changes planned".formatted(again.plannedTotal())));
    return checks;
  }

  private static DemoCheck check(String claim, boolean holds, String found) {
    return new DemoCheck(claim, holds, found);
  }
}
