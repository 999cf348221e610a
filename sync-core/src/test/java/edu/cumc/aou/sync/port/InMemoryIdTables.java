package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.InMemoryMirrorTable.ContactRow;
import edu.cumc.aou.sync.port.InMemoryMirrorTable.JourneyRow;
import edu.cumc.aou.sync.port.StoreContractPart.RelationshipRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The id tables of {@link InMemorySyncStore}. */
final class InMemoryIdTables implements IdTables {

  private final CallGate gate;
  private final InMemoryMirrorTable mirror;
  private SortedMap<ContactId, PmiId> written = new TreeMap<>();
  private List<RelationshipRow> relationships = List.of();
  private List<String> idRows = List.of();
  private IdCounts counts = new IdCounts(0, 0, 0, 0);

  InMemoryIdTables(CallGate gate, InMemoryMirrorTable mirror) {
    this.gate = gate;
    this.mirror = mirror;
  }

  @Override
  public IdCounts writeBack() {
    return gate.counted(
        () -> {
          Map<ContactId, List<JourneyRow>> journeys = mirror.liveJourneysByContact();
          List<RelationshipRow> rows = new ArrayList<>();
          List<String> ids = new ArrayList<>();
          SortedMap<ContactId, PmiId> pairs = new TreeMap<>();
          long contactPmi = 0;
          long contactJourney = 0;
          for (List<ContactRow> theirs : mirror.liveContactsByPmiId().values()) {
            contactPmi += theirs.size();
            for (ContactRow contact : theirs) {
              List<JourneyRow> found = journeys.getOrDefault(contact.id(), List.of());
              contactJourney += found.size();
              pairs.put(contact.id(), contact.pmiId());
              ids.add(contact.id().value() + " " + contact.pmiId().value());
              found.forEach(j -> ids.add(contact.id().value() + " " + j.id().value()));
              List<ContactRow> meant = mirror.keptContacts(contact.pmiId(), theirs);
              List<JourneyRow> one = mirror.keptJourneys(contact.pmiId(), found);
              if (meant.equals(List.of(contact)) && one.size() <= 1) {
                rows.add(
                    new RelationshipRow(
                        contact.id().value(),
                        contact.pmiId().value(),
                        one.isEmpty() ? null : one.get(0).id().value()));
              }
            }
          }
          long complete = rows.stream().filter(r -> r.journeyId() != null).count();
          relationships = List.copyOf(rows);
          idRows = List.copyOf(ids);
          written = pairs;
          counts = new IdCounts(contactPmi, contactJourney, rows.size(), complete);
          return counts;
        });
  }

  @Override
  public Cursor<LostKey> lostKeys() {
    return gate.uncounted(
        () -> {
          Map<ContactId, ContactRow> mirrored = mirror.contactRows();
          Map<PmiId, List<ContactRow>> live = mirror.liveContactsByPmiId();
          return Cursor.of(
              written.entrySet().stream()
                  .filter(e -> mirrored.containsKey(e.getKey()))
                  .filter(
                      e ->
                          live.getOrDefault(e.getValue(), List.of()).stream()
                              .allMatch(
                                  c ->
                                      !written
                                          .getOrDefault(c.id(), e.getValue())
                                          .equals(e.getValue())))
                  .filter(e -> mirrored.get(e.getKey()).mergedInto() == null)
                  .map(
                      e ->
                          new LostKey(
                              e.getKey(),
                              e.getValue(),
                              mirrored.get(e.getKey()).gone() && !live.containsKey(e.getValue())))
                  .toList()
                  .iterator());
        });
  }

  @Override
  public IdCounts counts() {
    return gate.uncounted(() -> counts);
  }

  List<String> idRows() {
    return gate.uncounted(() -> idRows);
  }

  List<RelationshipRow> relationships() {
    return gate.uncounted(() -> relationships);
  }
}
