package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.WriteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The writing part of a run. It starts from what the store says, so that a run can resume wherever
 * it stopped.
 */
public final class ApplyStage {

  /**
   * New records are looked for from this long before the first write, because stamps have whole
   * seconds.
   */
  private static final Duration SINCE_MARGIN = Duration.ofSeconds(60);

  /** Salesforce's statement of its own time may be some seconds early. */
  private static final Duration EARLY = Duration.ofSeconds(10);

  /** The count that stores, in seconds of Salesforce's clock, when the run began to send. */
  static final String SENDING_SINCE = "sending-since";

  /**
   * The count that stores, in seconds of Salesforce's clock, as of when the plan knew the records.
   */
  static final String PLANNED_AS_OF = "planned-as-of";

  private final RunContext context;
  private final StepClock steps;
  private final MirrorRefresher refresher;
  private @Nullable Run run;

  /** What the store counted; null if rows may have changed since. */
  private @Nullable List<ChangeCount> counts;

  public ApplyStage(RunContext context, StepClock steps) {
    this.context = context;
    this.steps = steps;
    this.refresher = new MirrorRefresher(context, looksForAltered());
  }

  /**
   * Prepares an interrupted run to go on. It follows ingest jobs in flight to their end. Other rows
   * in progress are sent again, but for creates it asks Salesforce. Afterwards it is known for each
   * row whether it was written.
   *
   * @param takenOver whether the last process was killed: its last call may still be in progress
   */
  public void settleInterrupted(boolean takenOver) {
    if (takenOver) {
      context
          .listener()
          .note("the last process was killed: waiting until its last call must have ended");
      context.services().pause().forDuration(context.crm().readTimeout());
    }
    context.store().jobs().unfinished(context.run()).forEach(this::takeUp);
    for (CrmObject object : CrmObject.values()) {
      settleSent(object);
    }
    // Must come before anything reads Salesforce: a Contact found there may be our own.
    new ChangeWriter(context, new NewContacts(context)).settle(sendingSince(), !takenOver);
    KeyCheck keys = new KeyCheck(context);
    keys.holdUnfound();
    if (keys.hasStopped()) {
      keys.giveUpCreates();
    }
  }

  /**
   * Looks at both sides again, since days may have passed. It refreshes the mirror for the id
   * tables, and refuses what may no longer be sent.
   *
   * @param undo whether the run takes back an earlier one
   */
  public void lookAgain(boolean undo) {
    refresher.refreshToGoOn();
    new MovedOn(context, undo).refuse();
  }

  private void settleSent(CrmObject object) {
    ChangeTable changes = context.store().changes();
    ChangePages sent =
        new ChangePages(
            changes,
            context.run(),
            object,
            EnumSet.allOf(Change.Action.class),
            Set.of(Change.State.SENT),
            Crm.MAX_BATCH);
    for (List<Change> page : sent) {
      changes.settle(context.run(), page.stream().map(ApplyStage::afterKill).toList());
    }
  }

  private void takeUp(JobTable.Job job) {
    WriteSort sort =
        job.object() == CrmObject.JOURNEY
            ? new ChangedJourneys(context)
            : job.operation() == WriteOrder.Operation.UPDATE
                ? new ChangedContacts(context)
                : new NewContacts(context);
    new ChangeWriter(context, sort).takeUp(job, keptSince().orElse(Instant.EPOCH));
  }

  private static Settlement afterKill(Change change) {
    boolean ask = change.action() == Change.Action.INSERT;
    Change.State state = ask ? Change.State.UNKNOWN : Change.State.PLANNED;
    return new Settlement(change.seq(), state, null, null, null, List.of());
  }

  /** Does everything that is left to do. */
  public void apply() {
    Instant since = sendingSince();
    counts = null;
    steps.step(
        SyncStep.APPLY_CONTACTS,
        () -> {
          applyContacts();
          undone()
              .ifPresent(
                  u -> {
                    new BinStage(context, u, since).apply();
                    counts = null;
                  });
        });
    steps.step(SyncStep.AWAIT_JOURNEYS, () -> awaitJourneys(since));
    steps.step(SyncStep.WRITE_BACK, this::writeBack);
    steps.step(
        SyncStep.APPLY_JOURNEYS,
        () -> {
          long total =
              count(c -> c.object() == CrmObject.JOURNEY && c.state() == Change.State.PLANNED);
          new ChangeWriter(context, new ChangedJourneys(context)).write(total);
          if (total > 0) {
            counts = null;
          }
        });
    steps.step(SyncStep.READ_BACK, () -> readBack(since));
    steps.step(
        SyncStep.CLOSE,
        () -> {
          if (isUndo()) {
            new UndoStage(context).hold(context.run());
          } else {
            new Quarantine(context).close(context.run());
          }
          new Retention(context.store(), context.settings().keep(), context.lease()::renew)
              .purge(context.services().clock().instant(), Retention.RUNS_AT_ONCE);
          noteOddities();
        });
  }

  private void applyContacts() {
    long total = count(c -> c.object() == CrmObject.CONTACT && c.state() != Change.State.REFUSED);
    ChangeWriter created = new ChangeWriter(context, new NewContacts(context));
    probe(created);
    created.write(total);
    if (total > 0) {
      counts = null;
      new KeyCheck(context).holdUnfound();
    }
    ChangedContacts changed = new ChangedContacts(context);
    changed.leaveTaken();
    new ChangeWriter(context, changed).write(total);
  }

  /**
   * Creates a few Contacts and checks that they show the PMI IDs that were written, before the
   * others follow.
   */
  private void probe(ChangeWriter created) {
    List<Change> first = created.writeFirst();
    if (first.isEmpty()) {
      return;
    }
    long last = first.get(first.size() - 1).seq();
    KeyCheck keys = new KeyCheck(context);
    keys.verify(
        context
            .changes()
            .page(
                context.run(),
                CrmObject.CONTACT,
                Set.of(Change.Action.INSERT),
                Set.of(Change.State.DONE),
                first.get(0).seq() - 1,
                first.size())
            .stream()
            .filter(c -> c.seq() <= last)
            .toList());
    keys.holdUnfound();
    keys.giveUpCreates();
  }

  private void awaitJourneys(Instant since) {
    long waiting = count(c -> c.state() == Change.State.AWAITING_JOURNEY);
    if (waiting == 0) {
      return;
    }
    counts = null;
    long inserted = context.store().changes().awaitingNew(context.run());
    JourneyWaiter waiter = new JourneyWaiter(context, new MovedOn(context, isUndo()));
    if (waiter.isOver(inserted)) {
      // Only journeys that have been waited for: look, but do not wait.
      context.store().changes().resolveAwaiting(context.run());
      return;
    }
    waiter.await(inserted, since, refresher);
  }

  /** The final state of the run. */
  public RunState end() {
    return new KeyCheck(context).hasStopped() ? RunState.PARTIAL : RunState.DONE;
  }

  private boolean isUndo() {
    return undone().isPresent();
  }

  private Optional<RunId> undone() {
    return Optional.ofNullable(begun().undone());
  }

  /** Read once; only for what does not change during a run. */
  private Run begun() {
    Run known = run;
    if (known == null) {
      known = context.store().runs().find(context.run()).orElseThrow();
      run = known;
    }
    return known;
  }

  /**
   * Whether a field that Salesforce shows otherwise is worth a question to the source: an undo does
   * not bring what the source says, and another mapping looks at other fields.
   */
  private boolean looksForAltered() {
    return !isUndo() && begun().mappingFingerprint().equals(context.mapping().fingerprint());
  }

  private void writeBack() {
    // An undo may have removed PMI IDs from Contacts; reading back shows the rest.
    if (!isUndo()) {
      writeIds();
    }
  }

  /** After this, no table tells which participant a Contact belonged to before. */
  private void writeIds() {
    new KeyCheck(context).tellLost(isUndo());
    IdCounts unused = context.store().ids().writeBack();
  }

  /** Reports now what Salesforce made of the writes, instead of tomorrow. */
  private void readBack(Instant since) {
    if (count(c -> c.state() == Change.State.DONE) > 0) {
      context.deadline().checkTimeForBatch();
      refresher.refreshLatest();
      noteReadBack();
      new ReadBack(context, since).compare();
      if (looksForAltered()) {
        new AlteredFields(context, kept(PLANNED_AS_OF).orElse(since)).report();
      }
    } else if (count(c -> c.state() == Change.State.AWAITING_JOURNEY) > 0) {
      new WaitingValues(context).hold();
    }
    writeIds();
  }

  /**
   * The moment before the first write, on Salesforce's clock; stored, so that a resumed run asks
   * from the same moment.
   */
  private Instant sendingSince() {
    return keptSince()
        .orElseGet(
            () -> {
              Instant since = context.crm().serverTime().minus(SINCE_MARGIN);
              Instant asOf =
                  context.store().mirror().state().map(MirrorState::readUpTo).orElse(since);
              context
                  .store()
                  .runs()
                  .addTallies(
                      context.run(),
                      Tallies.of(
                          Map.of(
                              SENDING_SINCE,
                              since.getEpochSecond(),
                              PLANNED_AS_OF,
                              Math.min(asOf.getEpochSecond(), since.getEpochSecond()))));
              return since;
            });
  }

  private Optional<Instant> keptSince() {
    return kept(SENDING_SINCE);
  }

  private Optional<Instant> kept(String moment) {
    return context
        .store()
        .runs()
        .find(context.run())
        .map(r -> r.tallies().get(moment))
        .filter(seconds -> seconds > 0)
        .map(Instant::ofEpochSecond);
  }

  /** Whatever our user does to these records later does not belong to this run. */
  private void noteReadBack() {
    context
        .store()
        .mirror()
        .state()
        .ifPresent(
            state ->
                context
                    .store()
                    .runs()
                    .addTallies(
                        context.run(),
                        Tallies.of(
                            Map.of(
                                CreatedByRun.READ_BACK_AT,
                                state.readUpTo().plus(EARLY).getEpochSecond()))));
  }

  private void noteOddities() {
    context.store().anomalies().count(context.run()).stream()
        .filter(a -> a.isNew() > 0)
        .forEach(
            a ->
                context
                    .listener()
                    .note(
                        a.isNew()
                            + (a.isNew() == 1 ? " new anomaly: " : " new anomalies: ")
                            + a.kind()
                            + ", see aou-sync anomalies"));
  }

  private long count(Predicate<ChangeCount> which) {
    List<ChangeCount> all = counts;
    if (all == null) {
      all = context.store().changes().count(context.run());
      counts = all;
    }
    return all.stream()
        .filter(c -> c.action() != Change.Action.REJECT && c.action() != Change.Action.NOTE)
        .filter(which)
        .mapToLong(ChangeCount::count)
        .sum();
  }
}
