package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs of {@link InMemorySyncStore}. */
final class InMemoryRunTable implements RunTable {

  private final CallGate gate;
  private final NavigableMap<RunId, Run> runs = new TreeMap<>();
  private final Set<RunId> blanked = new HashSet<>();
  private final NavigableMap<RunId, Run> going = new TreeMap<>();
  private final InMemoryJobTable jobs;
  private final InMemoryHoldTable holds;
  private final InMemoryAuditTable audit;
  private final InMemoryOrgTable org;
  private final InMemoryMatchTable matches;
  private long last;

  InMemoryRunTable(
      CallGate gate,
      InMemoryJobTable jobs,
      InMemoryHoldTable holds,
      InMemoryAuditTable audit,
      InMemoryOrgTable org,
      InMemoryMatchTable matches) {
    this.matches = matches;
    this.org = org;
    this.audit = audit;
    this.gate = gate;
    this.jobs = jobs;
    this.holds = holds;
  }

  @Override
  public RunId create(RunMode mode, String orgId, String mappingFingerprint, Instant startedAt) {
    return gate.counted(
        () -> {
          RunId id = new RunId(++last);
          runs.put(
              id,
              new Run(
                  id,
                  mode,
                  RunState.PLANNING,
                  orgId,
                  mappingFingerprint,
                  startedAt,
                  null,
                  Tallies.none(),
                  List.of(),
                  null,
                  OrgSeen.NOTHING));
          return id;
        });
  }

  @Override
  public void setState(RunId run, RunState state) {
    replace(run, r -> with(r, state, r.finishedAt(), r.tallies(), r.trips(), r.undone()));
  }

  @Override
  public void addTallies(RunId run, Tallies tallies) {
    replace(
        run,
        r -> with(r, r.state(), r.finishedAt(), r.tallies().with(tallies), r.trips(), r.undone()));
  }

  @Override
  public void increaseTallies(RunId run, Tallies more) {
    replace(
        run,
        r -> with(r, r.state(), r.finishedAt(), r.tallies().plus(more), r.trips(), r.undone()));
  }

  @Override
  public void finish(RunId run, RunState state, Instant finishedAt) {
    replace(
        run,
        r -> {
          enter(
              state == RunState.ABANDONED ? AuditTable.Kind.ABANDON : AuditTable.Kind.RUN,
              run,
              Map.of("mode", r.mode().name(), "state", state.name()));
          return with(r, state, finishedAt, r.tallies(), r.trips(), r.undone());
        });
  }

  @Override
  public void noteUndone(RunId run, RunId undone) {
    replace(
        run,
        r -> {
          if (r.mode() == RunMode.UNDO) {
            enter(AuditTable.Kind.UNDO, run, Map.of("undone-run", undone.toString()));
          }
          return with(r, r.state(), r.finishedAt(), r.tallies(), r.trips(), undone);
        });
  }

  private void enter(AuditTable.Kind kind, RunId run, Map<String, String> what) {
    audit.enter(AuditTable.Entry.of(kind, run, what));
  }

  @Override
  public void noteTrips(RunId run, List<GuardTrip> trips) {
    replace(run, r -> with(r, r.state(), r.finishedAt(), r.tallies(), trips, r.undone()));
  }

  @Override
  public Optional<Run> find(RunId run) {
    return gate.uncounted(() -> Optional.ofNullable(runs.get(run)));
  }

  @Override
  public List<Run> latest(int limit) {
    return gate.uncounted(() -> newest(r -> true).limit(limit).toList());
  }

  @Override
  public Optional<Run> unfinished() {
    return gate.uncounted(
        () -> newest(r -> r.mode() != RunMode.PLAN && !r.state().isTerminal()).findFirst());
  }

  @Override
  public List<Run> unfinishedPlans() {
    return gate.uncounted(
        () ->
            runs.values().stream()
                .filter(r -> r.mode() == RunMode.PLAN && r.state() == RunState.PLANNING)
                .toList());
  }

  @Override
  public List<Run> lastDone(int limit) {
    return gate.uncounted(
        () ->
            newest(r -> r.mode() == RunMode.SYNC && r.state() == RunState.DONE)
                .limit(limit)
                .toList());
  }

  @Override
  public List<RunId> withValues(Instant finishedBefore, int most) {
    return gate.uncounted(
        () ->
            runs.values().stream()
                .filter(r -> r.finishedAt() != null && r.finishedAt().isBefore(finishedBefore))
                .map(Run::id)
                .filter(id -> !blanked.contains(id))
                .limit(most)
                .toList());
  }

  @Override
  public void markBlanked(RunId run) {
    gate.counted(() -> blanked.add(run));
  }

  @Override
  public boolean isBlanked(RunId run) {
    return gate.uncounted(() -> blanked.contains(run));
  }

  @Override
  public List<RunId> removable(Instant finishedBefore, int keepLatest, int most) {
    return gate.uncounted(
        () -> {
          Set<RunId> kept = new HashSet<>();
          newest(r -> true).limit(keepLatest).map(Run::id).forEach(kept::add);
          newest(r -> r.mode() == RunMode.SYNC && r.state() == RunState.DONE)
              .limit(keepLatest)
              .map(Run::id)
              .forEach(kept::add);
          runs.values().stream().map(Run::undone).filter(Objects::nonNull).forEach(kept::add);
          Stream<RunId> old =
              runs.values().stream()
                  .filter(r -> r.finishedAt() != null && r.finishedAt().isBefore(finishedBefore))
                  .filter(r -> !holds.isHeldSince(r.startedAt(), r.finishedAt()))
                  .map(Run::id)
                  .filter(id -> !kept.contains(id));
          return Stream.concat(going.keySet().stream(), old).sorted().limit(most).toList();
        });
  }

  @Override
  public void beginRemoval(RunId run) {
    gate.counted(
        () -> {
          Run removed = runs.remove(run);
          if (removed != null) {
            going.put(run, removed);
            enter(AuditTable.Kind.PURGE, run, Map.of("purged", "run"));
          }
        });
  }

  @Override
  public void remove(RunId run) {
    gate.counted(
        () -> {
          going.remove(run);
          jobs.drop(run);
          matches.drop(run);
          Set<RunId> goneBy = new HashSet<>();
          Stream.concat(runs.values().stream(), going.values().stream())
              .map(r -> r.org().traits())
              .filter(Objects::nonNull)
              .forEach(goneBy::add);
          org.keepOnly(goneBy);
        });
  }

  @Override
  public Optional<String> boundOrg() {
    return gate.uncounted(() -> runs.values().stream().findFirst().map(Run::orgId));
  }

  private Stream<Run> newest(Predicate<Run> which) {
    return runs.descendingMap().values().stream().filter(which);
  }

  private void replace(RunId run, UnaryOperator<Run> change) {
    gate.counted(() -> runs.computeIfPresent(run, (id, r) -> change.apply(r)));
  }

  @Override
  public void noteOrg(RunId run, OrgSeen seen) {
    replace(
        run,
        r ->
            new Run(
                r.id(),
                r.mode(),
                r.state(),
                r.orgId(),
                r.mappingFingerprint(),
                r.startedAt(),
                r.finishedAt(),
                r.tallies(),
                r.trips(),
                r.undone(),
                seen));
  }

  private static Run with(
      Run run,
      RunState state,
      @Nullable Instant finishedAt,
      Tallies tallies,
      List<GuardTrip> trips,
      @Nullable RunId undone) {
    return new Run(
        run.id(),
        run.mode(),
        state,
        run.orgId(),
        run.mappingFingerprint(),
        run.startedAt(),
        finishedAt,
        tallies,
        trips,
        undone,
        run.org());
  }
}
