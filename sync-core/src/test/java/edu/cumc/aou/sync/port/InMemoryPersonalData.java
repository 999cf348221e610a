package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Forgets in all tables of {@link InMemorySyncStore}. */
final class InMemoryPersonalData implements PersonalData {

  private final CallGate gate;
  private final InMemoryChangeTable changes;
  private final InMemoryAnomalyTable anomalies;
  private final InMemoryMirrorTable mirror;
  private final InMemoryHoldTable holds;
  private final InMemoryFlawTable flaws;
  private final InMemoryDecisionTable decisions;
  private final InMemoryAuditTable audit;
  private final InMemoryMatchTable matches;

  InMemoryPersonalData(
      CallGate gate,
      InMemoryChangeTable changes,
      InMemoryAnomalyTable anomalies,
      InMemoryMirrorTable mirror,
      InMemoryHoldTable holds,
      InMemoryFlawTable flaws,
      InMemoryDecisionTable decisions,
      InMemoryAuditTable audit,
      InMemoryMatchTable matches) {
    this.matches = matches;
    this.audit = audit;
    this.gate = gate;
    this.changes = changes;
    this.anomalies = anomalies;
    this.mirror = mirror;
    this.holds = holds;
    this.flaws = flaws;
    this.decisions = decisions;
  }

  @Override
  public Removed forget(List<PmiId> pmiIds, Instant since) {
    if (pmiIds.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " participants at once");
    }
    Set<ContactId> contacts =
        mirror.find(pmiIds).stream()
            .flatMap(e -> e.contacts().stream())
            .map(c -> c.id())
            .collect(Collectors.toSet());
    return gate.counted(
        () -> {
          long taken = audit.forget(pmiIds);
          matches.forget(Set.copyOf(pmiIds), contacts);
          Removed removed =
              new Removed(
                  changes.forget(Set.copyOf(pmiIds)),
                  pmiIds.stream()
                      .mapToLong(p -> anomalies.forget(p) + flaws.forget(p) + decisions.forget(p))
                      .sum(),
                  0,
                  0);
          mirror.forgetPlace();
          mirror.dropAltered();
          for (PmiId pmiId : pmiIds) {
            removed = removed.and(mirror.empty(pmiId));
            Instant first =
                holds
                    .find(pmiId)
                    .filter(hold -> hold.kind() == HoldTable.Kind.FORGOTTEN)
                    .map(Hold::since)
                    .orElse(since);
            holds.enter(new Hold(pmiId, HoldTable.Kind.FORGOTTEN, "forget", first, null));
          }
          audit.forgot(pmiIds.size(), taken);
          return removed;
        });
  }

  @Override
  public void forgetAgain() {
    List<PmiId> forgotten = gate.uncounted(() -> holds.forgotten().toList());
    if (!forgotten.isEmpty()) {
      gate.counted(() -> forgotten.forEach(mirror::empty));
    }
  }
}
