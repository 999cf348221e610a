package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.OrgTraits;
import edu.cumc.aou.sync.model.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link InMemorySyncStore} knows of the org. */
final class InMemoryOrgTable implements OrgTable {

  private final CallGate gate;
  private final Map<RunId, OrgTraits> kept = new HashMap<>();

  InMemoryOrgTable(CallGate gate) {
    this.gate = gate;
  }

  @Override
  public void keep(RunId run, OrgTraits traits) {
    gate.counted(() -> kept.put(run, traits));
  }

  @Override
  public Optional<OrgTraits> keptBy(RunId run) {
    return gate.uncounted(() -> Optional.ofNullable(kept.get(run)));
  }

  /** Within a unit of work. */
  void keepOnly(Set<RunId> runs) {
    kept.keySet().retainAll(runs);
  }
}
