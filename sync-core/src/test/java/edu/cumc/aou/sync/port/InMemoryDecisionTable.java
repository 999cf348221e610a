package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.PmiId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The decisions of {@link InMemorySyncStore}. */
final class InMemoryDecisionTable implements DecisionTable {

  private record Key(Kind kind, String subject, String about) {
    static Key of(Decision decision) {
      return new Key(decision.kind(), decision.subject(), decision.about());
    }
  }

  private final CallGate gate;
  private final InMemoryAuditTable audit;
  private final SortedMap<Key, Decision> decisions =
      new TreeMap<>(
          Comparator.comparing((Key k) -> k.kind().name())
              .thenComparing(Key::subject)
              .thenComparing(Key::about));

  private final Map<Kind, Predicate<Decision>> open = new EnumMap<>(Kind.class);
  private Consumer<PmiId> anomalies = pmiId -> {};

  InMemoryDecisionTable(CallGate gate, InMemoryAuditTable audit) {
    this.gate = gate;
    this.audit = audit;
  }

  /** Another table says whether what was decided about is still there. */
  void openIf(Kind kind, Predicate<Decision> isThere) {
    open.put(kind, isThere);
  }

  @Override
  public int removeUnused(Instant before) {
    return gate.counted(
        () -> {
          int removed =
              (int)
                  end(
                      d ->
                          d.at().isBefore(before)
                              && open.containsKey(d.kind())
                              && !open.get(d.kind()).test(d));
          enterEnded(removed);
          return removed;
        });
  }

  private void enterEnded(long ended) {
    if (ended > 0) {
      AuditTable.Head unused =
          audit.enter(
              AuditTable.Entry.of(
                  AuditTable.Kind.ENDED, null, Map.of("decisions", Long.toString(ended))));
    }
  }

  private long end(Predicate<Decision> which) {
    List<Decision> ended = decisions.values().stream().filter(which).toList();
    ended.forEach(d -> audit.went(key(d)));
    ended.forEach(d -> decisions.remove(Key.of(d)));
    return ended.size();
  }

  private static String key(Decision d) {
    return "decision " + d.kind() + " " + d.subject() + " " + d.about();
  }

  private void keep(Decision d) {
    decisions.put(Key.of(d), d);
    audit.came(
        key(d),
        List.of(
            "decision",
            d.kind().name(),
            d.subject(),
            d.about(),
            d.verdict().name(),
            d.answer(),
            d.who(),
            d.why(),
            d.at().toString(),
            d.sourceHash()));
  }

  /** Sets who hears of each participant with a new or withdrawn decision about an anomaly. */
  void tellOfAnomalies(Consumer<PmiId> told) {
    anomalies = told;
  }

  private void tell(Decision decision) {
    if (decision.kind() == Kind.ANOMALY) {
      anomalies.accept(anomaly(decision).pmiId());
    }
  }

  private static AnomalyTable.Anomaly anomaly(Decision decision) {
    return new AnomalyTable.Anomaly(
        AnomalyTable.Kind.valueOf(decision.about()), decision.subject());
  }

  @Override
  public void put(List<Decision> entered) {
    gate.counted(
        () -> {
          entered.forEach(this::tell);
          entered.forEach(this::keep);
          if (!entered.isEmpty()) {
            enter(AuditTable.Kind.DECISION, entered);
          }
        });
  }

  @Override
  public int remove(List<Decision> removed) {
    return gate.counted(
        () -> {
          removed.forEach(this::tell);
          removed.forEach(d -> audit.went(key(d)));
          int count =
              (int) removed.stream().filter(d -> decisions.remove(Key.of(d)) != null).count();
          if (count > 0) {
            enter(AuditTable.Kind.RETRACTION, removed);
          }
          return count;
        });
  }

  private void enter(AuditTable.Kind kind, List<Decision> entered) {
    audit.enter(
        AuditTable.Entry.of(kind, null, Map.of())
            .about(entered.stream().map(Decision::subject).distinct().toList()));
  }

  @Override
  public Cursor<Decision> read(Kind kind) {
    return gate.uncounted(
        () ->
            Cursor.of(
                decisions.values().stream().filter(d -> d.kind() == kind).toList().iterator()));
  }

  @Override
  public List<Decision> of(PmiId pmiId) {
    return gate.uncounted(() -> decisions.values().stream().filter(d -> isOf(d, pmiId)).toList());
  }

  private static boolean isOf(Decision decision, PmiId pmiId) {
    return decision.subject().equals(pmiId.value())
        || decision.subject().startsWith(pmiId.value() + " ");
  }

  /** The decision about this. The caller holds the gate. */
  Optional<Decision> find(Kind kind, String subject, String about) {
    return Optional.ofNullable(decisions.get(new Key(kind, subject, about)));
  }

  /** Removes those about anomalies that are no more. The caller holds the gate. */
  void closeAnomalies(
      List<AnomalyTable.Anomaly> still, LocalDate today, BiPredicate<PmiId, String> isThere) {
    enterEnded(
        end(
            d ->
                d.kind() == Kind.ANOMALY
                    && (still.stream()
                            .noneMatch(
                                a ->
                                    a.subject().equals(d.subject())
                                        && a.kind().name().equals(d.about()))
                        || (d.verdict() == Verdict.WAIT
                            && d.answer().compareTo(today.toString()) <= 0)
                        || (d.verdict() == Verdict.KEEP
                            && !isThere.test(anomaly(d).pmiId(), d.answer())))));
  }

  /** What is to be kept of several; null if nothing is. The caller holds the gate. */
  @Nullable String kept(PmiId pmiId, AnomalyTable.Kind kind) {
    return find(Kind.ANOMALY, pmiId.value(), kind.name())
        .filter(d -> d.verdict() == Verdict.KEEP)
        .map(Decision::answer)
        .orElse(null);
  }

  /** Removes those about a participant. The caller holds the gate. */
  long forget(PmiId pmiId) {
    return end(d -> isOf(d, pmiId));
  }
}
