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
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
              || hasName(flaw.code());
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

  /** How many fitted. */
  public record Done(long flaws, long holds, long anomalies) {

    public long total() {
      return flaws + holds + anomalies;
    }
  }

  /** Decides about everything that fits. */
  public Done decide(Wanted wanted) {
    Done done = new Done(flaws(wanted), holds(wanted), anomalies(wanted));
    flush();
    return done;
  }

  private long flaws(Wanted wanted) {
    long count = 0;
    try (Cursor<Flaw> flaws = store.flaws().read()) {
      while (flaws.hasNext()) {
        Flaw flaw = flaws.next();
        if (wanted.has(flaw)) {
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
            && wanted.has(hold.pmiId(), ConfigSection.word(hold.kind()))) {
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
        if (wanted.has(open.anomaly().pmiId(), open.anomaly().kind().name())) {
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
