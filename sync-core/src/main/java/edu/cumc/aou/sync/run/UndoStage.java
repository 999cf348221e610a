package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.plan.ParticipantValues;
import edu.cumc.aou.sync.plan.ReadAhead;
import edu.cumc.aou.sync.plan.UndoPlanner;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.ForgottenOrg;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a run that differ for an undo: which runs it can take back, what it plans, and which
 * participants it holds afterwards.
 */
public final class UndoStage {

  private static final int BATCH = 500;

  private final RunServices services;
  private final SyncSettings settings;
  private final Preparation preparation;
  private final LeaseKeeper lease;
  private final Deadline deadline;

  public UndoStage(RunContext context) {
    this.services = context.services();
    this.settings = context.settings();
    this.preparation = context.preparation();
    this.lease = context.lease();
    this.deadline = context.deadline();
  }

  /** Refuses a run that is unknown, has written nothing, or wrote to another org. */
  public static void check(RunServices services, Preparation preparation, RunId undone) {
    Optional<Run> found = services.store().runs().find(undone);
    if (found.isEmpty()) {
      throw refusal("there is no run " + undone + "; aou-sync status lists those there are");
    }
    Run run = found.get();
    if (ForgottenOrg.isOf(run.tallies())) {
      throw refusal(
          "run "
              + undone
              + " belongs to an org that this store has forgotten (aou-sync init --rebind); it no"
              + " longer knows what the run sent, and cannot take it back");
    }
    if (run.mode() == RunMode.PLAN
        || !run.state().isTerminal()
        || !hasWritten(services.store(), undone)) {
      throw refusal("run " + undone + " has sent nothing that could be taken back");
    }
    if (!run.orgId().equals(preparation.org().id())) {
      throw refusal("run " + undone + " wrote to another org");
    }
  }

  private static boolean hasWritten(SyncStore store, RunId run) {
    return WriteRows.done(store.changes(), run, CrmObject.CONTACT).hasNext()
        || WriteRows.done(store.changes(), run, CrmObject.JOURNEY).hasNext();
  }

  private static SyncException refusal(String what) {
    return new SyncException(FailureKind.CONFIG, "undo: " + what + ". Nothing was changed.");
  }

  /**
   * Plans the undo.
   *
   * @param deleteCreated whether to delete Contacts that the run created too
   */
  public void plan(RunId run, RunId undone, boolean deleteCreated) {
    try (Cursor<SourceEntry> source = services.source().read(preparation.query())) {
      services
          .store()
          .runs()
          .addTallies(
              run,
              new UndoPlanner(
                      services.store(),
                      preparation.mapping(),
                      deleteCreated,
                      new CreatedByRun(services, undone))
                  .plan(run, undone, source, this::planned));
    }
  }

  private void planned(long done) {
    deadline.requireNotStopped();
    lease.keep();
    services.listener().progress(SyncStep.PLAN, done, -1);
  }

  /**
   * Holds everybody with a restored record until the source changes; a participant who is not in
   * the source, until a person releases them. A hold that waits for a person's decision stays. A
   * participant with a deleted Contact is held until released, because the next sync would create
   * them anew.
   */
  public void hold(RunId run) {
    LocalDate today = LocalDate.ofInstant(services.clock().instant(), settings.localZone());
    Instant now = services.clock().instant();
    ReadAhead<Change> contacts = rows(run, CrmObject.CONTACT);
    ReadAhead<Change> journeys = rows(run, CrmObject.JOURNEY);
    List<Hold> holds = new ArrayList<>();
    long held = 0;
    long gone = 0;
    try (Cursor<SourceEntry> source = services.source().read(preparation.query());
        Cursor<Hold> before = services.store().holds().read()) {
      ReadAhead<SourceEntry> entries = new ReadAhead<>(source);
      ReadAhead<Hold> earlier = new ReadAhead<>(before);
      for (PmiId next = next(contacts, journeys); next != null; next = next(contacts, journeys)) {
        boolean deleted = pass(contacts, next);
        pass(journeys, next);
        boolean decides =
            earlier
                .advanceTo(next, Hold::pmiId, h -> {})
                .filter(h -> h.kind() == HoldTable.Kind.REVIEW)
                .isPresent();
        if (deleted) {
          holds.add(DeletedHolds.of(next, run, now));
          gone++;
        } else if (!decides) {
          holds.add(
              new Hold(next, HoldTable.Kind.UNDO, "run " + run, now, hash(entries, next, today)));
          held++;
        }
        if (holds.size() >= BATCH) {
          services.store().holds().put(List.copyOf(holds));
          holds.clear();
        }
      }
    }
    services.store().holds().put(holds);
    if (gone > 0) {
      services
          .listener()
          .note(
              gone
                  + (gone == 1 ? " participant is" : " participants are")
                  + " not created anew until aou-sync release");
    }
    if (held > 0) {
      services
          .listener()
          .note(
              held
                  + (held == 1 ? " participant is" : " participants are")
                  + " held until the source says something else about them, or until aou-sync"
                  + " release");
    }
  }

  private ReadAhead<Change> rows(RunId run, CrmObject object) {
    return new ReadAhead<>(WriteRows.done(services.store().changes(), run, object));
  }

  private static @Nullable PmiId next(ReadAhead<Change> contacts, ReadAhead<Change> journeys) {
    Change contact = contacts.peek();
    Change journey = journeys.peek();
    if (contact == null || journey == null) {
      return contact != null ? contact.pmiId() : journey == null ? null : journey.pmiId();
    }
    return contact.pmiId().compareTo(journey.pmiId()) <= 0 ? contact.pmiId() : journey.pmiId();
  }

  /** Skips the rows of a participant; returns whether one of them deleted a record. */
  private static boolean pass(ReadAhead<Change> rows, PmiId pmiId) {
    boolean deleted = false;
    for (Change next = rows.peek();
        next != null && next.pmiId().equals(pmiId);
        next = rows.peek()) {
      deleted |= rows.take().action() == Change.Action.DELETE;
    }
    return deleted;
  }

  private @Nullable String hash(ReadAhead<SourceEntry> entries, PmiId pmiId, LocalDate today) {
    for (SourceEntry next = entries.peek(); next != null; next = entries.peek()) {
      if (next instanceof SourceEntry.Found found) {
        int order = found.participant().pmiId().compareTo(pmiId);
        if (order == 0) {
          return ParticipantValues.of(preparation.mapping(), found.participant(), today).hash();
        }
        if (order > 0) {
          return null;
        }
      }
      entries.take();
    }
    return null;
  }
}
