package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.plan.BinRules.Verdict;
import edu.cumc.aou.sync.plan.ReadAhead;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.ContactTrace;
import edu.cumc.aou.sync.port.ContactTrace.State;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an undo's deletions and restores. Contacts go before their journeys and come back
 * after them. Salesforce clears a journey's lookup when its Contact goes, and sets it again when
 * the Contact comes back and the journey exists.
 */
final class BinStage {

  private static final String CONTACT_STAYS = "contact-not-deleted";

  private final RunContext context;
  private final RunId undone;
  private final Instant since;

  /** {@code since}: by Salesforce's clock, a moment before the run began to write. */
  BinStage(RunContext context, RunId undone, Instant since) {
    this.context = context;
    this.undone = undone;
    this.since = since;
  }

  void apply() {
    new ChangeWriter(context, new BinnedRecords(CrmObject.JOURNEY, false)).write(-1);
    new ChangeWriter(context, new BinnedRecords(CrmObject.CONTACT, false)).write(-1);
    ReadAhead<Change> journeys =
        new ReadAhead<>(WriteRows.planned(context.changes(), context.run(), CrmObject.JOURNEY));
    for (List<Change> page : planned(CrmObject.CONTACT)) {
      deleteContacts(page, journeys);
      // Put holds at once: even if this run never ends, no sync may create these people anew.
      DeletedHolds.put(context.services(), context.run());
    }
    OthersChanges others = new OthersChanges(context, since);
    ReadAhead<Change> contacts =
        new ReadAhead<>(WriteRows.done(context.changes(), context.run(), CrmObject.CONTACT));
    for (List<Change> page : planned(CrmObject.JOURNEY)) {
      deleteJourneys(page, contacts, others);
    }
  }

  private ChangePages planned(CrmObject object) {
    return new ChangePages(
        context.changes(),
        context.run(),
        object,
        Set.of(Change.Action.DELETE),
        Set.of(Change.State.PLANNED),
        Crm.MAX_BATCH);
  }

  /**
   * Looks at the Contacts once more right before deleting them, because days may have passed since
   * the plan.
   */
  private void deleteContacts(List<Change> page, ReadAhead<Change> journeys) {
    context.deadline().checkTimeForBatch();
    CreatedByRun rules = new CreatedByRun(context.services(), undone);
    Map<ContactId, ContactTrace> traces = rules.of(page.stream().map(BinStage::contactOf).toList());
    BinnedRecords sort = new BinnedRecords(CrmObject.CONTACT, true);
    List<Settlement> settled = new ArrayList<>();
    List<Change> left = new ArrayList<>();
    for (Change change : page) {
      ContactTrace trace = traces.get(contactOf(change));
      Optional<JourneyId> planned =
          journeys.advanceTo(change.pmiId(), Change::pmiId, other -> {}).map(Change::journeyId);
      if (trace == null || trace.state() == State.BINNED) {
        // A Contact in the bin after our attempt is our own deletion with a lost answer.
        boolean ours = trace != null && change.attempts() > 0;
        settled.add(
            ours
                ? new Settlement(change.seq(), Change.State.DONE, null, null, null, List.of())
                : refused(change, WriteOutcome.GONE_SINCE, List.of()));
        continue;
      }
      Verdict verdict = rules.judged(change, trace);
      if (verdict.code() != null) {
        settled.add(refused(change, verdict.code(), verdict.blames()));
      } else if (!planned.stream().toList().containsAll(verdict.journeys())) {
        // Salesforce made this journey after the plan, so nobody has approved its deletion.
        settled.add(refused(change, CreatedByRun.JOURNEY_TOUCHED, List.of()));
      } else {
        sort.seen(change, trace.touches().changedAt());
        left.add(change);
      }
    }
    context.lease().renew();
    context.changes().settle(context.run(), settled);
    new ChangeWriter(context, sort).writeThese(left);
  }

  private void deleteJourneys(List<Change> page, ReadAhead<Change> contacts, OthersChanges others) {
    List<Settlement> settled = new ArrayList<>();
    List<Change> left = new ArrayList<>();
    for (Change change : page) {
      if (!isContactGone(contacts, change.pmiId())) {
        settled.add(refused(change, CONTACT_STAYS, List.of()));
      } else if (others.mayBe(
          CrmObject.JOURNEY, Objects.requireNonNull(change.journeyId()).value())) {
        settled.add(refused(change, WriteOutcome.TOUCHED_SINCE, List.of()));
      } else {
        left.add(change);
      }
    }
    context.lease().renew();
    context.changes().settle(context.run(), settled);
    new ChangeWriter(context, new BinnedRecords(CrmObject.JOURNEY, true)).writeThese(left);
  }

  private static boolean isContactGone(ReadAhead<Change> contacts, PmiId pmiId) {
    for (Change next = contacts.peek();
        next != null && next.pmiId().compareTo(pmiId) <= 0;
        next = contacts.peek()) {
      if (next.pmiId().equals(pmiId) && next.action() == Change.Action.DELETE) {
        return true;
      }
      contacts.take();
    }
    return false;
  }

  private static ContactId contactOf(Change change) {
    return Objects.requireNonNull(change.contactId(), "a deletion names its Contact");
  }

  private static Settlement refused(Change change, @Nullable String code, List<String> blames) {
    return new Settlement(change.seq(), Change.State.REFUSED, null, null, code, blames);
  }
}
