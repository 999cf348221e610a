package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The flaws of {@link InMemorySyncStore}. */
final class InMemoryFlawTable implements FlawTable {

  private final CallGate gate;
  private final InMemoryDecisionTable decisions;
  private final SortedSet<Flaw> flaws =
      new TreeSet<>(Comparator.comparing(Flaw::subject).thenComparing(Flaw::what));

  InMemoryFlawTable(CallGate gate, InMemoryDecisionTable decisions) {
    this.gate = gate;
    this.decisions = decisions;
    decisions.openIf(
        DecisionTable.Kind.FLAW,
        d ->
            flaws.stream()
                .anyMatch(f -> f.subject().equals(d.subject()) && f.what().equals(d.about())));
  }

  @Override
  public Cursor<Flaw> read() {
    return gate.uncounted(
        () -> Cursor.of(flaws.stream().map(this::withDecision).toList().iterator()));
  }

  @Override
  public List<Flaw> of(PmiId pmiId) {
    return gate.uncounted(
        () ->
            flaws.stream()
                .filter(f -> f.subject().equals(pmiId.value()))
                .map(this::withDecision)
                .toList());
  }

  @Override
  public List<Flaw> change(List<Flaw> gone, List<Flaw> found) {
    return gate.counted(
        () -> {
          gone.forEach(flaws::remove);
          found.forEach(flaws::remove);
          flaws.addAll(found);
          return found.stream().map(this::withDecision).filter(Flaw::isAcknowledged).toList();
        });
  }

  /** Removes those of a participant. The caller holds the gate. */
  long forget(PmiId pmiId) {
    long before = flaws.size();
    flaws.removeIf(f -> f.subject().equals(pmiId.value()));
    return before - flaws.size();
  }

  private Flaw withDecision(Flaw f) {
    return new Flaw(
        f.subject(),
        f.kind(),
        f.what(),
        f.sourceHash(),
        f.value(),
        f.position(),
        f.firstRun(),
        decisions
            .find(DecisionTable.Kind.FLAW, f.subject(), f.what())
            .map(DecisionTable.Decision::sourceHash)
            .orElse(null));
  }
}
