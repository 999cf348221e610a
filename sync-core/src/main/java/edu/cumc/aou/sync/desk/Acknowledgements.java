package edu.cumc.aou.sync.desk;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AnomalyTable.OpenAnomaly;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Notes that a person knows of open problems: they are no news while the source stays the same.
 * Goes through them in constant memory, also during a run.
 */
public final class Acknowledgements {

  private static final int BATCH = 500;

  private final SyncStore store;
  private final Clock clock;
  private final String who;
  private final String why;
  private final boolean takeBack;
  private final List<Decision> waiting = new ArrayList<>();
  private final Set<PmiId> fitted = new HashSet<>();
  private final Map<DecisionTable.Kind, Set<String>> decided =
      new EnumMap<>(DecisionTable.Kind.class);

  /**
   * @param who the person
   * @param why in their words; may be empty text
   * @param takeBack whether to take decisions back instead
   */
  public Acknowledgements(SyncStore store, Clock clock, String who, String why, boolean takeBack) {
    this.store = store;
    this.clock = clock;
    this.who = who;
    this.why = why;
    this.takeBack = takeBack;
  }

  /**
   * What to look for: everything that concerns one of the people and has one of the names.
   *
   * @param people the participants; empty for all
   * @param names rules, codes, kinds of holds or anomalies, with or without the object before them;
   *     none for every one
   * @param all whether everything open fits
   */
  public record Wanted(Set<PmiId> people, Set<String> names, boolean all) {
    public Wanted {
      people = Set.copyOf(people);
      names =
          names.stream()
              .map(n -> n.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    }

    private boolean has(Flaw flaw) {
      boolean person = people.isEmpty() || flaw.pmiId().filter(people::contains).isPresent();
      boolean name =
          hasName(flaw.name())
              || hasName(flaw.name().substring(flaw.name().indexOf('.') + 1))
              || hasName(flaw.code())
              || hasName(flaw.code().replaceFirst(":.*", ""));
      return all || (isSaid() && person && name);
    }

    private boolean has(PmiId pmiId, String name) {
      boolean person = people.isEmpty() || people.contains(pmiId);
      return all || (isSaid() && person && hasName(name));
    }

    private boolean isSaid() {
      return !people.isEmpty() || !names.isEmpty();
    }

    private boolean hasName(String name) {
      return names.isEmpty() || names.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return "Wanted[" + people.size() + " people, " + names + "]";
    }
  }

  /**
   * How many fitted.
   *
   * @param without how many of the people have nothing that fits
   */
  public record Done(long flaws, long holds, long anomalies, long without) {

    public long total() {
      return flaws + holds + anomalies;
    }
  }

  /** Decides about everything that fits. */
  public Done decide(Wanted wanted) {
    long flaws = flaws(wanted);
    long holds = holds(wanted);
    long anomalies = anomalies(wanted);
    flush();
    return new Done(
        flaws, holds, anomalies, wanted.people().stream().filter(p -> !fitted.contains(p)).count());
  }

  /** What can be asked for: the rules, codes and kinds of everything open. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    try (Cursor<Flaw> flaws = store.flaws().read()) {
      flaws.forEachRemaining(flaw -> names.add(flaw.name()));
    }
    try (Cursor<Hold> holds = store.holds().read()) {
      holds.forEachRemaining(
          hold -> {
            if (hold.kind() != HoldTable.Kind.FORGOTTEN) {
              names.add(ConfigSection.word(hold.kind()));
            }
          });
    }
    try (Cursor<OpenAnomaly> anomalies = store.anomalies().read()) {
      anomalies.forEachRemaining(open -> names.add(open.anomaly().kind().name()));
    }
    return names;
  }

  private void note(Wanted wanted, PmiId pmiId) {
    if (wanted.people().contains(pmiId)) {
      fitted.add(pmiId);
    }
  }

  /** To take back there is only what was decided. */
  private boolean isDecided(DecisionTable.Kind kind, String subject, String about) {
    return !takeBack
        || decided
            .computeIfAbsent(kind, this::decisions)
            .contains(subject + '\n' + about.toUpperCase(Locale.ROOT));
  }

  private Set<String> decisions(DecisionTable.Kind kind) {
    Set<String> keys = new HashSet<>();
    try (Cursor<Decision> decisions = store.decisions().read(kind)) {
      decisions.forEachRemaining(
          d -> keys.add(d.subject() + '\n' + d.about().toUpperCase(Locale.ROOT)));
    }
    return keys;
  }

  private long flaws(Wanted wanted) {
    long count = 0;
    try (Cursor<Flaw> flaws = store.flaws().read()) {
      while (flaws.hasNext()) {
        Flaw flaw = flaws.next();
        if (wanted.has(flaw) && isDecided(DecisionTable.Kind.FLAW, flaw.subject(), flaw.what())) {
          flaw.pmiId().ifPresent(pmiId -> note(wanted, pmiId));
          add(DecisionTable.Kind.FLAW, flaw.subject(), flaw.what(), flaw.sourceHash());
          count++;
        }
      }
    }
    return count;
  }

  private long holds(Wanted wanted) {
    long count = 0;
    try (Cursor<Hold> holds = store.holds().read()) {
      while (holds.hasNext()) {
        Hold hold = holds.next();
        if (hold.kind() != HoldTable.Kind.FORGOTTEN
            && wanted.has(hold.pmiId(), ConfigSection.word(hold.kind()))
            && isDecided(DecisionTable.Kind.HOLD, hold.pmiId().value(), hold.kind().name())) {
          note(wanted, hold.pmiId());
          add(DecisionTable.Kind.HOLD, hold.pmiId().value(), hold.kind().name(), hold.mark());
          count++;
        }
      }
    }
    return count;
  }

  private long anomalies(Wanted wanted) {
    long count = 0;
    try (Cursor<OpenAnomaly> anomalies = store.anomalies().read()) {
      while (anomalies.hasNext()) {
        OpenAnomaly open = anomalies.next();
        if (!isKept(open)
            && wanted.has(open.anomaly().pmiId(), open.anomaly().kind().name())
            && isDecided(
                DecisionTable.Kind.ANOMALY,
                open.anomaly().subject(),
                open.anomaly().kind().name())) {
          note(wanted, open.anomaly().pmiId());
          add(
              DecisionTable.Kind.ANOMALY,
              open.anomaly().subject(),
              open.anomaly().kind().name(),
              "");
          count++;
        }
      }
    }
    return count;
  }

  /** The sync writes to the record that was kept, so this is nothing to acknowledge. */
  private static boolean isKept(OpenAnomaly open) {
    return open.decision() != null && open.decision().verdict() == Verdict.KEEP;
  }

  private void add(DecisionTable.Kind kind, String subject, String about, String hash) {
    waiting.add(
        new Decision(
            kind, subject, about, Verdict.ACKNOWLEDGED, "", who, why, clock.instant(), hash));
    if (waiting.size() >= BATCH) {
      flush();
    }
  }

  private void flush() {
    if (takeBack) {
      int unused = store.decisions().remove(List.copyOf(waiting));
    } else {
      store.decisions().put(List.copyOf(waiting));
    }
    waiting.clear();
  }
}
