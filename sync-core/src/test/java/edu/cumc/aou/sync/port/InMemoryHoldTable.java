package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The holds of {@link InMemorySyncStore}. */
final class InMemoryHoldTable implements HoldTable {

  private final MutationGate gate;
  private final SortedMap<PmiId, Hold> holds = new TreeMap<>();

  InMemoryHoldTable(MutationGate gate) {
    this.gate = gate;
  }

  @Override
  public Cursor<Hold> read() {
    return gate.read(() -> Cursor.of(List.copyOf(holds.values()).iterator()));
  }

  @Override
  public void put(List<Hold> entered) {
    gate.change(() -> entered.forEach(h -> holds.put(h.pmiId(), h)));
  }

  @Override
  public int release(List<PmiId> pmiIds) {
    return gate.change(() -> (int) pmiIds.stream().filter(id -> holds.remove(id) != null).count());
  }
}
