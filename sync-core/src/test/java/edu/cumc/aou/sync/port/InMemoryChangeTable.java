package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.Change.State;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.InMemoryMirrorTable.ContactRow;
import edu.cumc.aou.sync.port.InMemoryMirrorTable.JourneyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plans and ledgers of {@link InMemorySyncStore}. */
final class InMemoryChangeTable implements ChangeTable {

  private static final Set<Action> UPDATES = Set.of(Action.UPDATE, Action.ADOPT);

  private static final Set<State> FAILED = Set.of(State.REFUSED, State.FAILED);

  private final CallGate gate;
  private final InMemoryMirrorTable mirror;
  private final InMemoryAuditTable audit;
  private final NavigableMap<RunId, NavigableMap<Long, Change>> runs = new TreeMap<>();
  private final Map<RunId, Set<Long>> forgotten = new HashMap<>();

  private final Map<Place, JobId> jobOf = new HashMap<>();

  private record Place(RunId run, long seq) {}

  InMemoryChangeTable(CallGate gate, InMemoryMirrorTable mirror, InMemoryAuditTable audit) {
    this.audit = audit;
    this.gate = gate;
    this.mirror = mirror;
  }

  @Override
  public void append(RunId run, List<Change> changes) {
    gate.counted(
        () -> {
          NavigableMap<Long, Change> rows = runs.computeIfAbsent(run, r -> new TreeMap<>());
          for (Change change : changes) {
            if (!rows.isEmpty() && change.seq() <= rows.lastKey()) {
              throw new IllegalArgumentException("a row's seq goes on from those that are there");
            }
            rows.put(change.seq(), change);
          }
        });
  }

  /**
   * Whether a run is to create, or created, this participant's Contact. The caller holds the gate.
   */
  boolean creates(RunId run, PmiId pmiId) {
    return rows(run).values().stream()
        .anyMatch(
            c ->
                c.object() == CrmObject.CONTACT
                    && c.action() == Action.INSERT
                    && c.pmiId().equals(pmiId));
  }

  @Override
  public List<Change> page(
      RunId run,
      CrmObject object,
      Set<Action> actions,
      Set<State> states,
      long afterSeq,
      int limit) {
    return gate.uncounted(
        () ->
            rows(run).tailMap(afterSeq, false).values().stream()
                .filter(c -> c.object() == object && isKnown(run, c))
                .filter(c -> actions.contains(c.action()) && states.contains(c.state()))
                .limit(limit)
                .toList());
  }

  @Override
  public void markSent(RunId run, List<Long> seqs) {
    gate.counted(
        () ->
            seqs.forEach(
                seq ->
                    replace(
                        run,
                        seq,
                        c ->
                            with(
                                c,
                                c.contactId(),
                                c.journeyId(),
                                State.SENT,
                                c.attempts() + 1,
                                c.errorCode(),
                                c.errorFields()))));
  }

  @Override
  public void markSent(RunId run, List<Long> seqs, JobId job) {
    markSent(run, seqs);
    gate.uncounted(
        () -> {
          seqs.forEach(seq -> jobOf.put(new Place(run, seq), job));
          return job;
        });
  }

  @Override
  public List<Change> pageOfJob(RunId run, CrmObject object, JobId job, long afterSeq, int limit) {
    return gate.uncounted(
        () ->
            rows(run).tailMap(afterSeq, false).values().stream()
                .filter(c -> c.object() == object && c.state() == State.SENT)
                .filter(c -> job.equals(jobOf.get(new Place(run, c.seq()))))
                .limit(limit)
                .toList());
  }

  @Override
  public void settle(RunId run, List<Settlement> settlements) {
    gate.counted(
        () -> {
          settlements.forEach(s -> replace(run, s.seq(), c -> settled(c, s)));
          audit.settled(
              run, settlements.stream().map(Settlement::seq).distinct().sorted().toList());
        });
  }

  /** A row as it stands; null if it is gone. The caller holds the gate. */
  @Nullable Change at(RunId run, long seq) {
    return rows(run).get(seq);
  }

  /** Whether a run has rows. The caller holds the gate. */
  boolean isThere(RunId run) {
    return !rows(run).isEmpty();
  }

  /** All rows of all runs. The caller holds the gate. */
  Map<RunId, NavigableMap<Long, Change>> all() {
    return runs;
  }

  /** Puts another row in the place of one, for tests of tampering. */
  void tamper(RunId run, long seq, UnaryOperator<Change> change) {
    replace(run, seq, change);
  }

  private static Change settled(Change c, Settlement s) {
    return with(
        c,
        s.contactId() == null ? c.contactId() : s.contactId(),
        s.journeyId() == null ? c.journeyId() : s.journeyId(),
        s.state(),
        c.attempts(),
        s.errorCode(),
        s.errorFields());
  }

  @Override
  public long awaitingNew(RunId run) {
    return gate.uncounted(
        () -> {
          Set<PmiId> created =
              rows(run).values().stream()
                  .filter(c -> c.object() == CrmObject.CONTACT)
                  .filter(c -> c.action() == Change.Action.INSERT)
                  .filter(c -> c.state() == Change.State.DONE)
                  .map(Change::pmiId)
                  .collect(Collectors.toSet());
          return waiting(run).stream().filter(c -> created.contains(c.pmiId())).count();
        });
  }

  @Override
  public Awaiting resolveAwaiting(RunId run) {
    return gate.counted(
        () -> {
          Map<PmiId, List<ContactRow>> contacts = mirror.liveContactsByPmiId();
          Map<ContactId, List<JourneyRow>> journeys = mirror.liveJourneysByContact();
          long resolved = 0;
          long missing = 0;
          long ambiguous = 0;
          for (Change row : waiting(run)) {
            List<ContactRow> theirs =
                mirror.keptContacts(row.pmiId(), contacts.getOrDefault(row.pmiId(), List.of()));
            if (theirs.isEmpty()) {
              continue;
            }
            ContactId contact = theirs.get(0).id();
            List<JourneyRow> found =
                mirror.keptJourneys(row.pmiId(), journeys.getOrDefault(contact, List.of()));
            if (theirs.size() > 1 || found.size() > 1) {
              ambiguous++;
            } else if (found.isEmpty()) {
              missing++;
            } else if (row.journeyId() == null || row.journeyId().equals(found.get(0).id())) {
              resolved++;
              JourneyId journey = found.get(0).id();
              replace(
                  run,
                  row.seq(),
                  c ->
                      with(
                          c,
                          contact,
                          journey,
                          State.PLANNED,
                          c.attempts(),
                          c.errorCode(),
                          c.errorFields()));
            }
          }
          return new Awaiting(resolved, missing, ambiguous);
        });
  }

  private List<Change> waiting(RunId run) {
    return rows(run).values().stream()
        .filter(c -> c.object() == CrmObject.JOURNEY && c.state() == State.AWAITING_JOURNEY)
        .toList();
  }

  @Override
  public List<ChangeCount> count(RunId run) {
    return gate.uncounted(
        () -> {
          Map<ChangeCount, Long> counts = new HashMap<>();
          rows(run)
              .values()
              .forEach(
                  c ->
                      counts.merge(
                          new ChangeCount(
                              c.object(),
                              c.action(),
                              c.state(),
                              c.errorCode() == null ? "" : c.errorCode(),
                              0),
                          1L,
                          Long::sum));
          List<ChangeCount> list = new ArrayList<>();
          counts.forEach(
              (k, n) ->
                  list.add(new ChangeCount(k.object(), k.action(), k.state(), k.errorCode(), n)));
          list.sort(Comparator.comparing(ChangeCount::toString));
          return list;
        });
  }

  @Override
  public long plannedClears(RunId run) {
    return gate.uncounted(
        () ->
            Stream.concat(planned(run), waiting(run).stream())
                .flatMap(c -> c.newValues().asMap().values().stream())
                .filter(FieldValue::isBlank)
                .count());
  }

  @Override
  public long plannedFlags(RunId run, String field) {
    return gate.uncounted(
        () ->
            planned(run)
                .filter(c -> c.object() == CrmObject.JOURNEY)
                .map(c -> c.newValues().get(new FieldName(field)).text())
                .filter(text -> text.equals("1") || text.equals("true"))
                .count());
  }

  private Stream<Change> planned(RunId run) {
    return rows(run).values().stream()
        .filter(c -> c.state() == State.PLANNED && UPDATES.contains(c.action()));
  }

  @Override
  public List<ParticipantChange> history(PmiId pmiId, int limit) {
    return gate.uncounted(
        () ->
            runs.descendingMap().entrySet().stream()
                .flatMap(
                    run ->
                        run.getValue().descendingMap().values().stream()
                            .filter(c -> c.pmiId().equals(pmiId) && isKnown(run.getKey(), c))
                            .map(c -> new ParticipantChange(run.getKey(), c)))
                .limit(limit)
                .toList());
  }

  @Override
  public List<FailureCause> failureCauses(RunId run) {
    return gate.uncounted(
        () -> {
          Map<FailureCause, Long> counts = new HashMap<>();
          rows(run).values().stream()
              .filter(c -> FAILED.contains(c.state()))
              .forEach(
                  c ->
                      counts.merge(
                          new FailureCause(
                              c.object(),
                              c.action(),
                              c.state(),
                              c.errorCode() == null ? "" : c.errorCode(),
                              c.errorFields(),
                              0),
                          1L,
                          Long::sum));
          return counts.entrySet().stream()
              .map(e -> counted(e.getKey(), e.getValue()))
              .sorted(
                  Comparator.comparing(FailureCause::count)
                      .reversed()
                      .thenComparing(FailureCause::toString))
              .toList();
        });
  }

  private static FailureCause counted(FailureCause cause, long count) {
    return new FailureCause(
        cause.object(), cause.action(), cause.state(), cause.code(), cause.fields(), count);
  }

  @Override
  public List<Change> repeatedFailures(RunId run, List<RunId> others, long afterSeq, int limit) {
    return gate.uncounted(
        () ->
            rows(run).tailMap(afterSeq, false).values().stream()
                .filter(c -> isFailure(c) && isKnown(run, c))
                .filter(
                    c ->
                        others.stream()
                            .allMatch(
                                o ->
                                    rows(o).values().stream()
                                        .anyMatch(other -> isFailure(other) && isAlike(c, other))))
                .limit(limit)
                .toList());
  }

  private static boolean isFailure(Change change) {
    return FAILED.contains(change.state()) && change.action() != Action.REJECT;
  }

  private static boolean isAlike(Change one, Change other) {
    return one.object() == other.object()
        && one.pmiId().equals(other.pmiId())
        && Objects.equals(one.errorCode(), other.errorCode())
        && one.errorFields().equals(other.errorFields());
  }

  @Override
  public long lastSeq(RunId run) {
    return gate.uncounted(() -> rows(run).isEmpty() ? 0L : rows(run).lastKey());
  }

  @Override
  public long remove(RunId run, long afterSeq, long upToSeq) {
    return gate.counted(
        () -> {
          NavigableMap<Long, Change> slice = rows(run).subMap(afterSeq, false, upToSeq, true);
          long count = slice.size();
          slice.clear();
          return count;
        });
  }

  @Override
  public void blankValues(RunId run, long afterSeq, long upToSeq) {
    gate.counted(
        () -> {
          NavigableMap<Long, Change> slice = rows(run).subMap(afterSeq, false, upToSeq, true);
          slice.replaceAll(
              (seq, c) ->
                  c.toBuilder()
                      .oldValues(FieldValues.empty())
                      .newValues(FieldValues.empty())
                      .build());
          audit.blanked(run, List.copyOf(slice.keySet()));
        });
  }

  @Override
  public void discard(RunId run) {
    gate.counted(() -> runs.remove(run));
  }

  /** Removes the PMI ID from the rows of these participants; returns how many rows there are. */
  long forget(Set<PmiId> pmiIds) {
    long count = 0;
    for (Map.Entry<RunId, NavigableMap<Long, Change>> run : runs.entrySet()) {
      for (Change c : List.copyOf(run.getValue().values())) {
        if (pmiIds.contains(c.pmiId()) && isKnown(run.getKey(), c)) {
          audit.forgetRecord(run.getKey(), c.seq());
          forgotten.computeIfAbsent(run.getKey(), r -> new HashSet<>()).add(c.seq());
          replace(run.getKey(), c.seq(), InMemoryChangeTable::emptied);
          count++;
        }
      }
    }
    return count;
  }

  private static Change emptied(Change c) {
    return c.toBuilder()
        .contactId(null)
        .journeyId(null)
        .oldValues(FieldValues.empty())
        .newValues(FieldValues.empty())
        .build();
  }

  private boolean isKnown(RunId run, Change c) {
    return !forgotten.getOrDefault(run, Set.of()).contains(c.seq());
  }

  private NavigableMap<Long, Change> rows(RunId run) {
    return runs.getOrDefault(run, new TreeMap<>());
  }

  private void replace(RunId run, long seq, UnaryOperator<Change> change) {
    rows(run).computeIfPresent(seq, (s, c) -> change.apply(c));
  }

  private static Change with(
      Change c,
      @Nullable ContactId contactId,
      @Nullable JourneyId journeyId,
      State state,
      int attempts,
      @Nullable String errorCode,
      List<String> errorFields) {
    return c.toBuilder()
        .contactId(contactId)
        .journeyId(journeyId)
        .state(state)
        .attempts(attempts)
        .error(errorCode, errorFields)
        .build();
  }
}
