package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The anomalies of {@link InMemorySyncStore}: the open ones. */
final class InMemoryAnomalyTable implements AnomalyTable {

  private record Sighting(RunId first, RunId last) {}

  private final CallGate gate;
  private final InMemoryChangeTable changes;
  private final InMemoryDecisionTable decisions;
  private final InMemoryMirrorTable mirror;
  private final InMemoryHoldTable holds;
  private final Map<Anomaly, Sighting> open = new HashMap<>();

  InMemoryAnomalyTable(
      CallGate gate,
      InMemoryChangeTable changes,
      InMemoryDecisionTable decisions,
      InMemoryMirrorTable mirror,
      InMemoryHoldTable holds) {
    this.gate = gate;
    this.changes = changes;
    this.decisions = decisions;
    this.mirror = mirror;
    this.holds = holds;
  }

  @Override
  public void seen(RunId run, List<Anomaly> anomalies) {
    gate.counted(() -> anomalies.forEach(a -> see(run, a)));
  }

  @Override
  public void look(RunId run) {
    gate.counted(
        () -> {
          Set<PmiId> forgotten = holds.forgotten().collect(Collectors.toSet());
          mirror.oddities().stream()
              .filter(a -> !forgotten.contains(a.pmiId()))
              .forEach(a -> see(run, a));
        });
  }

  private void see(RunId run, Anomaly anomaly) {
    open.merge(
        anomaly, new Sighting(run, run), (old, now) -> new Sighting(old.first(), now.last()));
  }

  @Override
  public void mended(List<Anomaly> anomalies) {
    gate.counted(
        () -> {
          anomalies.forEach(open::remove);
          decisions.closeAnomalies(List.copyOf(open.keySet()), LocalDate.MIN, (who, id) -> true);
        });
  }

  @Override
  public void closeUnseen(RunId run, LocalDate today) {
    gate.counted(
        () -> {
          open.entrySet()
              .removeIf(
                  e ->
                      !e.getValue().last().equals(run)
                          && (e.getKey().kind() != Kind.EXISTED_BEFORE
                              || !changes.creates(run, new PmiId(e.getKey().subject()))));
          decisions.closeAnomalies(List.copyOf(open.keySet()), today, mirror::isLive);
        });
  }

  List<Anomaly> open() {
    return gate.uncounted(() -> List.copyOf(open.keySet()));
  }

  @Override
  public Cursor<OpenAnomaly> read() {
    return gate.uncounted(
        () ->
            Cursor.of(
                open.entrySet().stream()
                    .sorted(
                        Comparator.comparing(
                                (Map.Entry<Anomaly, Sighting> e) -> e.getKey().kind().name())
                            .thenComparing(e -> e.getKey().subject()))
                    .map(
                        e ->
                            new OpenAnomaly(
                                e.getKey(),
                                e.getValue().first(),
                                decision(e.getKey()).orElse(null)))
                    .toList()
                    .iterator()));
  }

  private boolean isDecided(Anomaly anomaly) {
    return decision(anomaly).isPresent();
  }

  private Optional<DecisionTable.Decision> decision(Anomaly anomaly) {
    return decisions.find(DecisionTable.Kind.ANOMALY, anomaly.subject(), anomaly.kind().name());
  }

  /** Removes those of a participant. The caller holds the gate. */
  long forget(PmiId pmiId) {
    List<Anomaly> theirs =
        open.keySet().stream()
            .filter(
                a ->
                    a.subject().equals(pmiId.value())
                        || a.subject().startsWith(pmiId.value() + " "))
            .toList();
    theirs.forEach(open::remove);
    return theirs.size();
  }

  @Override
  public List<AnomalyCount> count(RunId run) {
    return gate.uncounted(
        () -> {
          List<AnomalyCount> counts = new ArrayList<>();
          for (Kind kind : Kind.values()) {
            List<Sighting> sightings =
                open.entrySet().stream()
                    .filter(e -> e.getKey().kind() == kind)
                    .map(Map.Entry::getValue)
                    .toList();
            if (!sightings.isEmpty()) {
              long isNew = sightings.stream().filter(s -> s.first().equals(run)).count();
              long known =
                  open.keySet().stream()
                      .filter(a -> a.kind() == kind)
                      .filter(this::isDecided)
                      .count();
              counts.add(new AnomalyCount(kind, sightings.size(), isNew, known));
            }
          }
          return counts;
        });
  }
}
