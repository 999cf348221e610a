package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AuditTable.Head;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The holds of {@link InMemorySyncStore}. */
final class InMemoryHoldTable implements HoldTable {

  private final CallGate gate;
  private final InMemoryMirrorTable mirror;
  private final InMemoryDecisionTable decisions;
  private final InMemoryAuditTable audit;
  private final SortedMap<PmiId, Hold> holds = new TreeMap<>();

  InMemoryHoldTable(
      CallGate gate,
      InMemoryMirrorTable mirror,
      InMemoryDecisionTable decisions,
      InMemoryAuditTable audit) {
    this.audit = audit;
    this.gate = gate;
    this.mirror = mirror;
    this.decisions = decisions;
    decisions.openIf(
        DecisionTable.Kind.HOLD,
        d ->
            holds.values().stream()
                .anyMatch(
                    h ->
                        h.pmiId().value().equals(d.subject())
                            && h.kind().name().equals(d.about())));
  }

  @Override
  public Cursor<Hold> read() {
    return gate.uncounted(
        () -> Cursor.of(holds.values().stream().map(this::withDecision).toList().iterator()));
  }

  @Override
  public Optional<Hold> find(PmiId pmiId) {
    return gate.uncounted(() -> Optional.ofNullable(holds.get(pmiId)).map(this::withDecision));
  }

  private Hold withDecision(Hold hold) {
    return new Hold(
        hold.pmiId(),
        hold.kind(),
        hold.reason(),
        hold.since(),
        hold.valuesHash(),
        decisions
            .find(DecisionTable.Kind.HOLD, hold.pmiId().value(), hold.kind().name())
            .map(DecisionTable.Decision::sourceHash)
            .orElse(null));
  }

  @Override
  public void put(List<Hold> entered) {
    gate.counted(
        () -> {
          entered.forEach(this::enter);
          if (!entered.isEmpty()) {
            Head unused =
                audit.enter(
                    AuditTable.Entry.of(AuditTable.Kind.HELD, null, Map.of())
                        .about(entered.stream().map(h -> h.pmiId().value()).distinct().toList()));
          }
        });
  }

  /** Enters a hold. The caller holds the gate. */
  void enter(Hold hold) {
    holds.put(hold.pmiId(), hold);
    audit.came(
        key(hold.pmiId()),
        Arrays.asList(
            "hold",
            hold.pmiId().value(),
            hold.kind().name(),
            hold.reason(),
            hold.since().toString(),
            hold.valuesHash()));
    mirror.takeBack(hold.pmiId());
  }

  @Override
  public int release(List<PmiId> pmiIds) {
    return gate.counted(
        () -> {
          pmiIds.forEach(mirror::takeBack);
          forgotten().filter(pmiIds::contains).toList().forEach(mirror::drop);
          pmiIds.stream()
              .filter(id -> holds.containsKey(id) && holds.get(id).isOfDeleted())
              .forEach(mirror::dropGone);
          pmiIds.forEach(id -> audit.went(key(id)));
          int lifted = (int) pmiIds.stream().filter(id -> holds.remove(id) != null).count();
          if (lifted > 0) {
            audit.enter(
                AuditTable.Entry.of(AuditTable.Kind.RELEASE, null, Map.of())
                    .about(pmiIds.stream().map(PmiId::value).toList()));
          }
          return lifted;
        });
  }

  private static String key(PmiId pmiId) {
    return "hold " + pmiId.value();
  }

  /** Whether a hold began in this time, other than by forgetting. The caller holds the gate. */
  boolean isHeldSince(Instant from, Instant to) {
    return holds.values().stream()
        .filter(h -> h.kind() != Kind.FORGOTTEN)
        .anyMatch(h -> !h.since().isBefore(from) && !h.since().isAfter(to));
  }

  /** Those who are forgotten. The caller holds the gate. */
  Stream<PmiId> forgotten() {
    return holds.values().stream().filter(h -> h.kind() == Kind.FORGOTTEN).map(Hold::pmiId);
  }
}
