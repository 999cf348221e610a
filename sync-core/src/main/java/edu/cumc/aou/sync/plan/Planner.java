package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.LongWay.Waiting;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirrorKey;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Joins three narrow streams in the order of PMI IDs: the source, the keys of the mirror, and the
 * holds. Writes each change to {@code sync_change} as it goes. If the fingerprint in the mirror
 * shows that nothing has changed, it reads no more about that participant; all others take the
 * {@link LongWay}. Holds a few hundred participants at a time.
 */
public final class Planner {

  private static final int PROGRESS_EVERY = 1000;

  /** A run has at most one row for each participant and object, and plans lie between runs. */
  private static final int LAST_ROWS = 10;

  private static final int PAGE = 500;

  private final SyncStore store;
  private final BoundMapping mapping;
  private final PlanPolicy policy;
  private final Adoption adoption;

  /**
   * Policies of a plan.
   *
   * @param withdrawalFields the journey fields that a withdrawn participant still gets, by API name
   * @param withdrawalColumns the columns of both relations that tell of a withdrawal
   * @param createsStopped whether the run may create nobody for now
   * @param recreateDeleted whether to create a Contact anew that was deleted in Salesforce
   * @param earlier the version before, until this one completes a run; tells corrections of its
   *     mistakes from the changes of the day
   * @param today the day in the local zone
   */
  public record PlanPolicy(
      Set<String> withdrawalFields,
      List<String> withdrawalColumns,
      boolean recreateDeleted,
      boolean createsStopped,
      @Nullable EarlierVersion earlier,
      LocalDate today) {
    public PlanPolicy {
      withdrawalFields = Set.copyOf(withdrawalFields);
      withdrawalColumns = List.copyOf(withdrawalColumns);
    }

    /** Policies for a source that shows each withdrawal in the journey row itself. */
    public PlanPolicy(
        Set<String> withdrawalFields,
        boolean recreateDeleted,
        boolean createsStopped,
        @Nullable EarlierVersion earlier,
        LocalDate today) {
      this(withdrawalFields, List.of(), recreateDeleted, createsStopped, earlier, today);
    }
  }

  /** Serves one plan only, because {@code adoption} remembers what it read. */
  public Planner(SyncStore store, BoundMapping mapping, PlanPolicy policy, Adoption adoption) {
    this.store = store;
    this.mapping = mapping;
    this.policy = policy;
    this.adoption = adoption;
  }

  /**
   * Plans a run. The caller closes the source's cursor.
   *
   * @param progress told, now and then, how many participants were compared
   * @return what was counted beside the changes, see {@link PlanTallies}
   */
  public Tallies plan(RunId run, Cursor<SourceEntry> source, LongConsumer progress) {
    return plan(run, source, Selection.EVERYBODY, progress);
  }

  /**
   * Plans for some participants only, even those in quarantine. Sends values again that Salesforce
   * did not keep or that were changed back. Counts nobody else, and leaves the anomalies of others
   * alone.
   *
   * @return as {@link #plan} does, and {@link PlanTallies#RETRIED} for those that the source has
   */
  public Tallies planSome(
      RunId run, Cursor<SourceEntry> source, Set<PmiId> some, LongConsumer progress) {
    return plan(run, source, Selection.of(some), progress);
  }

  /** The participants that a plan is about. */
  private record Selection(@Nullable Set<PmiId> some) {
    static final Selection EVERYBODY = new Selection(null);

    static Selection of(Set<PmiId> some) {
      return new Selection(Set.copyOf(some));
    }

    boolean isEverybody() {
      return some == null;
    }

    boolean has(SourceEntry entry) {
      if (some == null) {
        return true;
      }
      if (entry instanceof SourceEntry.Found found) {
        return some.contains(found.participant().pmiId());
      }
      return entry instanceof SourceEntry.Rejected rejected
          && rejected.pmiId() != null
          && some.contains(rejected.pmiId());
    }

    /** A retry overrides the quarantine, and no other hold. */
    Optional<Hold> holds(Optional<Hold> hold) {
      return isEverybody() ? hold : hold.filter(h -> h.kind() != HoldTable.Kind.QUARANTINE);
    }
  }

  private Tallies plan(
      RunId run, Cursor<SourceEntry> source, Selection selection, LongConsumer progress) {
    Tallier tallier = new Tallier();
    Consumer<MirrorKey> absent = selection.isEverybody() ? k -> countAbsent(k, tallier) : k -> {};
    AdoptionRows adoptions = new AdoptionRows(adoption, mapping, policy.today());
    StorePlanSink sink = new StorePlanSink(store, run, adoptions::complete);
    PlainOutcomes outcomes = new PlainOutcomes(sink, tallier);
    SourceFingerprints fingerprints = new SourceFingerprints(mapping, policy);
    try (Cursor<MirrorKey> mirror = store.mirror().keys();
        Cursor<Hold> holds = store.holds().read();
        Cursor<Flaw> known = store.flaws().read()) {
      FlawBook flaws =
          new FlawBook(store.flaws(), known, run, lastGoodRun(), selection.isEverybody(), tallier);
      KnownUnchanged unchanged = new KnownUnchanged(store.mirror(), flaws::flush);
      LongWay longWay =
          new LongWay(
              store.mirror(),
              new ParticipantPlanner(
                  mapping,
                  policy,
                  adoptions,
                  outcomes,
                  tallier,
                  this::wasContradicting,
                  !selection.isEverybody()),
              outcomes,
              unchanged,
              flaws);
      ReadAhead<MirrorKey> mirrored = new ReadAhead<>(mirror);
      ReadAhead<Hold> held = new ReadAhead<>(holds);
      long done = 0;
      while (source.hasNext()) {
        SourceEntry entry = source.next();
        boolean selected = selection.has(entry);
        flaws.read(entry);
        if (selected) {
          tally(entry, tallier);
        } else if (!adoption.isOn() || !(entry instanceof SourceEntry.Found)) {
          continue;
        }
        PmiId pmiId = pmiIdOf(entry);
        MirrorKey key =
            pmiId == null ? null : mirrored.advanceTo(pmiId, MirrorKey::pmiId, absent).orElse(null);
        Hold hold =
            pmiId == null || !selected
                ? null
                : selection.holds(held.advanceTo(pmiId, Hold::pmiId, h -> {})).orElse(null);
        if (pmiId == null && entry instanceof SourceEntry.Rejected rejected) {
          flaws.addKey(rejected);
        }
        List<Flaw> theirs = pmiId == null || !selected ? List.of() : flaws.knownOf(pmiId.value());
        Fingerprint fingerprint =
            selected && hold == null && key != null && key.live() == 1
                ? fingerprintOf(entry, fingerprints)
                : null;
        if (fingerprint != null
            && key != null
            && SourceFingerprints.with(fingerprint, theirs).equals(key.unchanged())
            && policy.earlier() == null) {
          countUnchanged(((SourceEntry.Found) entry).participant(), tallier);
          flaws.keep(theirs);
        } else {
          longWay.add(new Waiting(entry, key != null, hold, fingerprint, selected, theirs));
        }
        if (!selected) {
          continue;
        }
        if (!selection.isEverybody()) {
          tallier.add(PlanTallies.RETRIED, 1);
        }
        if (++done % PROGRESS_EVERY == 0) {
          progress.accept(done);
        }
      }
      longWay.flush();
      while (mirrored.peek() != null) {
        absent.accept(mirrored.take());
      }
      flaws.close();
      unchanged.flush();
      progress.accept(done);
      sink.close(selection.isEverybody() ? policy.today() : null);
      sink.refuse(adoption.contested(), Match.SEVERAL_PARTICIPANTS);
      takeBackJourneys(run, adoptions, sink, tallier);
      flaws.settleAtTheEnd(changes(refusedAdoptions(run)).map(adoptions::flawOf).iterator());
    }
    return tallier.tallies();
  }

  /** Takes back the journeys of participants who get no Contact after all. */
  private void takeBackJourneys(
      RunId run, AdoptionRows adoptions, StorePlanSink sink, Tallier tallier) {
    List<Long> journeys =
        changes(refusedAdoptions(run))
            .flatMap(change -> adoptions.journeyOf(change.seq()).stream())
            .toList();
    sink.remove(journeys);
    journeys.forEach(j -> tallier.add(CrmObject.JOURNEY, JourneyPlanner.WITHOUT_CONTACT));
  }

  private ChangePages refusedAdoptions(RunId run) {
    return new ChangePages(
        store.changes(),
        run,
        CrmObject.CONTACT,
        Set.of(Change.Action.ADOPT),
        Set.of(Change.State.REFUSED),
        PAGE);
  }

  private static Stream<Change> changes(ChangePages pages) {
    return StreamSupport.stream(pages.spliterator(), false).flatMap(List::stream);
  }

  /** Whether a run rejected a participant's rows as contradictory. */
  private boolean wasContradicting(RunId run, PmiId pmiId) {
    return store.changes().history(pmiId, LAST_ROWS).stream()
        .anyMatch(
            row ->
                row.run().equals(run)
                    && SourceEntry.RejectReason.CONTRADICTING_ROWS
                        .code()
                        .equals(row.change().errorCode()));
  }

  private long lastGoodRun() {
    List<Run> last = store.runs().lastDone(1);
    return last.isEmpty() ? 0 : last.get(0).id().value();
  }

  private static @Nullable PmiId pmiIdOf(SourceEntry entry) {
    if (entry instanceof SourceEntry.Found found) {
      return found.participant().pmiId();
    }
    return entry instanceof SourceEntry.Rejected rejected ? rejected.pmiId() : null;
  }

  private static @Nullable Fingerprint fingerprintOf(
      SourceEntry entry, SourceFingerprints fingerprints) {
    return entry instanceof SourceEntry.Found found ? fingerprints.of(found.participant()) : null;
  }

  /** Counts as the long way counts a participant without findings. */
  private static void countUnchanged(Participant participant, Tallier tallier) {
    if (participant.contact() != null) {
      tallier.add(CrmObject.CONTACT, PlanTallies.UNCHANGED);
    }
    if (participant.journey() != null) {
      tallier.add(CrmObject.JOURNEY, PlanTallies.UNCHANGED);
    }
    tallier.addRows(participant);
  }

  /**
   * What a plan would hold for one participant: see {@link #planOne}.
   *
   * @param doubt why it is unclear whether a Contact is theirs; null if it is clear
   */
  public record PlannedOne(
      List<Change> changes,
      List<Anomaly> anomalies,
      List<Flaw> flaws,
      Tallies tallies,
      Match.@Nullable Doubtful doubt) {
    public PlannedOne {
      changes = List.copyOf(changes);
      anomalies = List.copyOf(anomalies);
      flaws = List.copyOf(flaws);
    }
  }

  /** Decides about one entry of the source as {@link #plan} would, and stores nothing. */
  public static PlannedOne planOne(
      BoundMapping mapping,
      PlanPolicy policy,
      Adoption adoption,
      SourceEntry entry,
      @Nullable MirrorEntry mirrored,
      @Nullable Hold hold) {
    Tallier tallier = new Tallier();
    CollectingPlanSink sink = new CollectingPlanSink();
    AdoptionRows adoptions = new AdoptionRows(adoption, mapping, policy.today());
    ParticipantPlanner participants =
        new ParticipantPlanner(
            mapping, policy, adoptions, sink, tallier, (run, pmiId) -> false, false);
    if (entry instanceof SourceEntry.Found found) {
      participants.plan(found, mirrored, hold);
    } else if (entry instanceof SourceEntry.Rejected rejected) {
      if (hold != null && hold.kind() == HoldTable.Kind.FORGOTTEN) {
        participants.passOver(rejected);
      } else {
        participants.reject(rejected);
      }
    }
    return new PlannedOne(
        adoptions.complete(sink.changes()),
        sink.anomalies(),
        sink.flaws(),
        tallier.tallies(),
        adoptions.doubt());
  }

  private static void countAbsent(MirrorKey key, Tallier tallier) {
    tallier.add(PlanTallies.of(CrmObject.CONTACT, PlanTallies.NOT_IN_SOURCE), key.live());
  }

  private static void tally(SourceEntry entry, Tallier tallier) {
    tally(CrmObject.CONTACT, entry.contactRows(), tallier);
    tally(CrmObject.JOURNEY, entry.journeyRows(), tallier);
  }

  private static void tally(CrmObject object, int rows, Tallier tallier) {
    tallier.add(PlanTallies.of(object, PlanTallies.ROWS), rows);
    tallier.add(PlanTallies.of(object, PlanTallies.SURPLUS_ROWS), Math.max(0, rows - 1));
  }
}
