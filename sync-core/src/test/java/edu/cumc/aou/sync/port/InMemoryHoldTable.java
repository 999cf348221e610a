package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The holds of {@link InMemorySyncStore}. */
final class InMemoryHoldTable implements HoldTable {

  private final CallGate gate;
  private final SortedMap<PmiId, Hold> holds = new TreeMap<>();

  InMemoryHoldTable(CallGate gate) {
    this.gate = gate;
  }

  @Override
  public Cursor<Hold> read() {
    return gate.uncounted(() -> Cursor.of(List.copyOf(holds.values()).iterator()));
  }

  @Override
  public Optional<Hold> find(PmiId pmiId) {
    return gate.uncounted(() -> Optional.ofNullable(holds.get(pmiId)));
  }

  @Override
  public void put(List<Hold> entered) {
    gate.counted(() -> entered.forEach(h -> holds.put(h.pmiId(), h)));
  }

  @Override
  public int release(List<PmiId> pmiIds) {
    return gate.counted(() -> (int) pmiIds.stream().filter(id -> holds.remove(id) != null).count());
  }
}
