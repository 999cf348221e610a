package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.SyncStore;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What arrived on one day: the org's records by participant, and what the run wrote down of each.
 *
 * @param report what {@code sync --json} printed
 */
record DirtyDay(
    JsonNode report,
    Map<String, Map<String, Object>> contacts,
    Map<String, Map<String, Object>> journeys,
    Map<String, List<Change>> changes) {

  static DirtyDay of(Site site, JsonNode report, Iterable<String> pmiIds) {
    Map<String, Map<String, Object>> contacts = new HashMap<>();
    Map<Object, String> owners = new HashMap<>();
    site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .forEach(
            c -> {
              String pmiId = c.get("HP_PMI_ID__c").toString();
              contacts.put(pmiId, c);
              owners.put(c.get("Id"), pmiId);
            });
    Map<String, Map<String, Object>> journeys = new HashMap<>();
    site.org
        .records("Opportunity")
        .filter(o -> owners.containsKey(o.get("Contact__c")))
        .forEach(o -> journeys.put(owners.get(o.get("Contact__c")), o));
    Map<String, List<Change>> changes = new HashMap<>();
    long run = report.at("/run").asLong();
    try (SyncStore store = site.openStore()) {
      for (String pmiId : pmiIds) {
        changes.put(
            pmiId,
            store.changes().history(new PmiId(pmiId), 20).stream()
                .filter(c -> c.run().value() == run)
                .map(ParticipantChange::change)
                .toList());
      }
    }
    return new DirtyDay(report, contacts, journeys, changes);
  }

  /** A field of a participant's Contact or journey, as text; empty text for none. */
  String shown(String pmiId, String field) {
    return Stream.of(contacts, journeys)
        .flatMap(records -> Optional.ofNullable(records.get(pmiId)).stream())
        .flatMap(r -> Optional.ofNullable(r.get(field)).stream())
        .map(DirtyDay::text)
        .findFirst()
        .orElse("");
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : value.toString();
  }

  /** The change of this day that has something to say of the field, as it was sent. */
  Optional<String> sent(String pmiId, String field) {
    return changes.getOrDefault(pmiId, List.of()).stream()
        .filter(c -> c.state() == Change.State.DONE && c.action() != Change.Action.NOTE)
        .flatMap(c -> c.newValues().asMap().entrySet().stream())
        .filter(e -> e.getKey().value().equals(field))
        .map(e -> e.getValue().text())
        .findFirst();
  }

  /** What the mapping refused of this participant on this day, as {@code Field:rule}. */
  List<String> refused(String pmiId) {
    return changes.getOrDefault(pmiId, List.of()).stream()
        .flatMap(c -> c.refusedFields().stream())
        .toList();
  }

  /** Why the participant was rejected. */
  List<String> rejected(String pmiId) {
    return changes.getOrDefault(pmiId, List.of()).stream()
        .filter(c -> c.action() == Change.Action.REJECT)
        .flatMap(c -> Optional.ofNullable(c.errorCode()).stream())
        .toList();
  }
}
