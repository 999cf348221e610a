package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.plan.ReadAhead;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.MirrorKey;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists who is skipped and why. The store keeps nothing about skipped people. So it finds those of
 * a sync anew, from today's source and from the Contacts and holds in the store. It finds those of
 * an undo among the rows of the undone run. One pass in constant memory; asks Salesforce nothing,
 * and writes nothing.
 */
public final class SkippedPeople {

  private static final int PAGE = 500;

  private static final String CREATED_BY_THE_RUN = "created-by-the-run";
  private static final String CREATED = PlanTallies.SKIPPED + CREATED_BY_THE_RUN;

  private final SyncStore store;
  private final RunServices services;
  private final SyncSettings settings;

  public SkippedPeople(RunServices services, SyncSettings settings) {
    this.store = services.store();
    this.services = services;
    this.settings = settings;
  }

  /**
   * A participant who is skipped.
   *
   * @param reason as in {@code SyncReport.skipped}
   */
  public record Skipped(CrmObject object, String reason, PmiId pmiId) {
    @Override
    public String toString() {
      return "Skipped[" + object.word() + "." + reason + "]";
    }
  }

  /** Hands over each of them, in the order of PMI IDs; in an undo Contacts come first. */
  public void forEach(Run run, Consumer<Skipped> taker) {
    RunId undone = run.undone();
    if (undone == null) {
      now(run, taker);
    } else {
      for (CrmObject object : CrmObject.values()) {
        if (run.tallies().get(PlanTallies.of(object, CREATED)) == 0) {
          continue;
        }
        ofUndo(run.id(), undone, object, taker);
      }
    }
  }

  private void now(Run run, Consumer<Skipped> taker) {
    try (Cursor<SourceEntry> source =
            services.source().read(KnownHere.of(services.source(), settings).query());
        Cursor<MirrorKey> mirror = store.mirror().keys();
        Cursor<Hold> holds = store.holds().read()) {
      ReadAhead<MirrorKey> mirrored = new ReadAhead<>(mirror);
      ReadAhead<Hold> held = new ReadAhead<>(holds);
      while (source.hasNext()) {
        if (source.next() instanceof SourceEntry.Found found) {
          Participant one = found.participant();
          int live =
              mirrored
                  .advanceTo(one.pmiId(), MirrorKey::pmiId, k -> {})
                  .map(MirrorKey::live)
                  .orElse(0);
          Hold hold = held.advanceTo(one.pmiId(), Hold::pmiId, h -> {}).orElse(null);
          if (hold == null || hold.kind() != HoldTable.Kind.FORGOTTEN) {
            tell(run, one, live, hold, taker);
          }
        }
      }
    }
  }

  private void tell(
      Run run, Participant one, int live, @Nullable Hold hold, Consumer<Skipped> taker) {
    switch (one.status()) {
      case TEST -> tellBoth(one, "test", taker);
      case LEFT -> tellBoth(one, "left", taker);
      case WITHDRAWN -> {
        if (live == 0) {
          tellBoth(one, "withdrawn", taker);
        }
      }
      case ACTIVE, DEACTIVATED, DECEASED -> {
        if (one.journey() != null && live == 0 && hold == null && !waits(run, one)) {
          taker.accept(new Skipped(CrmObject.JOURNEY, "no-contact", one.pmiId()));
        }
      }
      case UNCLEAR -> {
        // Rejected, and reported as such.
      }
    }
  }

  private static void tellBoth(Participant one, String reason, Consumer<Skipped> taker) {
    if (one.contact() != null) {
      taker.accept(new Skipped(CrmObject.CONTACT, reason, one.pmiId()));
    }
    if (one.journey() != null) {
      taker.accept(new Skipped(CrmObject.JOURNEY, reason, one.pmiId()));
    }
  }

  /** Whether the run has a row for the journey: then the journey was not skipped. */
  private boolean waits(Run run, Participant one) {
    return store.changes().history(one.pmiId(), PAGE).stream()
        .anyMatch(row -> row.run().equals(run.id()) && row.change().object() == CrmObject.JOURNEY);
  }

  /** Records that the run created and the undo has no row for. */
  private void ofUndo(RunId undo, RunId undone, CrmObject object, Consumer<Skipped> taker) {
    Set<PmiId> dealtWith = new HashSet<>();
    for (List<Change> page :
        new ChangePages(
            store.changes(),
            undo,
            object,
            EnumSet.allOf(Change.Action.class),
            EnumSet.allOf(Change.State.class),
            PAGE)) {
      page.forEach(c -> dealtWith.add(c.pmiId()));
    }
    WriteRows written = WriteRows.done(store.changes(), undone, object);
    while (written.hasNext()) {
      Change change = written.next();
      boolean created =
          change.action() == Change.Action.INSERT
              || (object == CrmObject.JOURNEY && change.oldValues().isEmpty());
      if (created && change.action() != Change.Action.DELETE && dealtWith.add(change.pmiId())) {
        taker.accept(new Skipped(object, CREATED_BY_THE_RUN, change.pmiId()));
      }
    }
  }
}
