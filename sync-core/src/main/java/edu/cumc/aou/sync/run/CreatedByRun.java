package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.plan.BinRules;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.ContactTrace;
import edu.cumc.aou.sync.port.ContactTrace.JourneyTrace;
import edu.cumc.aou.sync.port.ContactTrace.State;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.port.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges which Contacts of a run are still as the run left them. In doubt a Contact counts as
 * touched: it stays, and a person can delete it by hand. Asks Salesforce for some hundred Contacts
 * at a time.
 */
final class CreatedByRun implements BinRules {

  /** The count that stores, in seconds of Salesforce's clock, when a run read back its writes. */
  static final String READ_BACK_AT = "read-back-at";

  private static final String OTHER = "not-created-by-the-run";
  private static final String MERGED_AWAY = "merged-since";
  private static final String CHILDREN = "has-other-records";
  private static final String JOURNEYS = "has-several-journeys";
  static final String JOURNEY_TOUCHED = "journey-touched-since";

  /** A run of an earlier version only stored when it began, by our own clock. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private static final int HISTORY = 200;

  private final SyncStore store;
  private final Crm crm;
  private final RunId run;
  private final Instant since;
  private final Instant until;
  private final WriteRows ahead;
  private Map<ContactId, ContactTrace> traces = Map.of();
  private long tracedUpTo;

  CreatedByRun(RunServices services, RunId run) {
    this.store = services.store();
    this.crm = services.crm();
    this.run = run;
    this.ahead = WriteRows.done(store.changes(), run, CrmObject.CONTACT);
    Run found = store.runs().find(run).orElseThrow();
    long sending = found.tallies().get(ApplyStage.SENDING_SINCE);
    this.since =
        sending > 0 ? Instant.ofEpochSecond(sending) : found.startedAt().minus(CLOCKS_DIFFER);
    this.until = end(found);
  }

  /** Until this moment, changes by the run's user are the run's own. */
  private static Instant end(Run run) {
    long readBack = run.tallies().get(READ_BACK_AT);
    if (readBack > 0) {
      return Instant.ofEpochSecond(readBack);
    }
    Instant finished = run.finishedAt();
    // Nothing else of the sync writes before a person has given up an unfinished run.
    boolean over = run.state().isComplete() || run.state() == RunState.ABANDONED;
    return over && finished != null ? finished : Instant.EPOCH;
  }

  @Override
  public Verdict onDeletion(Change created) {
    ContactTrace trace = trace(created);
    if (created.contactId() == null) {
      return Verdict.no(WriteOutcome.GONE_SINCE, List.of());
    }
    if (trace == null || trace.state() == State.BINNED) {
      return Verdict.done();
    }
    return judged(created, trace);
  }

  /** Judges as {@link #onDeletion} does, by what Salesforce shows now. */
  Verdict judged(Change row, ContactTrace trace) {
    if (trace.state() == State.MERGED) {
      return Verdict.no(MERGED_AWAY, List.of());
    }
    if (!trace.touches().createdByUs() || trace.touches().createdAt().isBefore(since)) {
      // An upsert that found an existing Contact created none.
      return Verdict.no(OTHER, List.of());
    }
    Instant ours = ownWritesEnd(row, trace);
    if (trace.touches().createdAt().isAfter(until) || !trace.touches().areOurs(ours)) {
      return Verdict.no(WriteOutcome.TOUCHED_SINCE, List.of());
    }
    if (!trace.otherChildren().isEmpty()) {
      return Verdict.no(CHILDREN, trace.otherChildren());
    }
    if (trace.journeys().size() > 1) {
      return Verdict.no(JOURNEYS, List.of());
    }
    for (JourneyTrace journey : trace.journeys()) {
      boolean asMade =
          journey.touches().createdByUs()
              && journey.touches().changedByUs()
              && !journey.touches().changedAt().isAfter(journey.touches().createdAt());
      if (!asMade && !journey.touches().areOurs(ours)) {
        return Verdict.no(JOURNEY_TOUCHED, List.of());
      }
    }
    return Verdict.with(trace.journeys().stream().map(JourneyTrace::id).toList());
  }

  /**
   * Later runs may have written to the Contact or to its journey too; that does not count as
   * touching them.
   */
  private Instant ownWritesEnd(Change row, ContactTrace trace) {
    boolean late =
        trace.touches().changedAt().isAfter(until)
            || trace.journeys().stream().anyMatch(j -> j.touches().changedAt().isAfter(until));
    if (!late) {
      return until;
    }
    Instant end = until;
    for (ParticipantChange later : store.changes().history(row.pmiId(), HISTORY)) {
      Change change = later.change();
      boolean wrote =
          change.state() == Change.State.DONE
              && change.action() == Change.Action.UPDATE
              && later.run().value() > run.value()
              && (trace.id().equals(change.contactId())
                  || trace.journeys().stream().anyMatch(j -> j.id().equals(change.journeyId())));
      if (wrote) {
        Instant ended = store.runs().find(later.run()).map(CreatedByRun::end).orElse(Instant.EPOCH);
        end = ended.isAfter(end) ? ended : end;
      }
    }
    return end;
  }

  @Override
  public Verdict onRestoring(Change deleted) {
    ContactTrace trace = trace(deleted);
    if (trace == null) {
      return Verdict.no("erased-since", List.of());
    }
    return switch (trace.state()) {
      case BINNED -> Verdict.with(List.<JourneyId>of());
      case MERGED -> Verdict.no(MERGED_AWAY, List.of());
      case THERE -> Verdict.done();
    };
  }

  private @Nullable ContactTrace trace(Change row) {
    ContactId id = row.contactId();
    if (id == null) {
      return null;
    }
    while (tracedUpTo < row.seq()) {
      List<ContactId> ids = new ArrayList<>();
      while (ids.size() < Crm.MAX_BATCH && ahead.hasNext()) {
        Change next = ahead.next();
        tracedUpTo = next.seq();
        Optional.of(next).filter(CreatedByRun::isOfBin).map(Change::contactId).ifPresent(ids::add);
      }
      if (ids.isEmpty()) {
        break;
      }
      traces = of(ids);
    }
    return traces.get(id);
  }

  private static boolean isOfBin(Change change) {
    return change.action() == Change.Action.INSERT || change.action() == Change.Action.DELETE;
  }

  /** What Salesforce tells about these Contacts now. */
  Map<ContactId, ContactTrace> of(List<ContactId> ids) {
    Map<ContactId, ContactTrace> found = new HashMap<>();
    crm.traces(ids).forEach(trace -> found.put(trace.id(), trace));
    return found;
  }
}
