package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Morning;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The law on tables: after each completed run the three tables show what the org shows. */
final class TableJudge {

  private TableJudge() {}

  static List<Violation> of(Morning morning) {
    SyncReport report = morning.report();
    if (report == null || report.state() != RunState.DONE || morning.causes().disturbed()) {
      return List.of();
    }
    Set<String> ids = new HashSet<>();
    Set<String> relationship = new HashSet<>();
    Map<String, List<Rec>> byPmi =
        morning.after().contacts().values().stream()
            .filter(c -> !c.deleted() && !c.pmi().isEmpty())
            .collect(Collectors.groupingBy(Rec::pmi));
    byPmi.forEach(
        (pmi, contacts) -> {
          for (Rec contact : contacts) {
            List<Rec> journeys = morning.after().journeysOf(contact.id());
            ids.add(contact.id() + " " + pmi);
            journeys.forEach(j -> ids.add(contact.id() + " " + j.id()));
            if (contacts.size() == 1 && journeys.size() <= 1) {
              String journey = journeys.isEmpty() ? "" : " " + journeys.get(0).id();
              relationship.add(contact.id() + " " + pmi + journey);
            }
          }
        });
    return Stream.concat(
            lacks("Contact_PMI and Contact_Journey", ids, morning.tables().ids()),
            lacks("Relationship", relationship, morning.tables().relationship()))
        .toList();
  }

  private static Stream<Violation> lacks(String table, Set<String> wanted, Set<String> found) {
    Set<String> missing = new HashSet<>(wanted);
    missing.removeAll(found);
    Set<String> odd = new HashSet<>(found);
    odd.removeAll(wanted);
    return missing.isEmpty() && odd.isEmpty()
        ? Stream.empty()
        : Stream.of(new Violation(Law.TABLES, table + " lacks " + missing + " and has " + odd));
  }
}
