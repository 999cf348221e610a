package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.MirrorTable.Dropped;
import edu.cumc.aou.sync.port.UnreadableMirrorException;
import java.util.List;

/**
 * Repairs a mirror after another program has written to it, so that no daily run stops because of
 * it.
 *
 * @since 0.2.0
 */
public final class UnreadableMirror {

  private final RunContext context;

  public UnreadableMirror(RunContext context) {
    this.context = context;
  }

  /** Does some work. If the mirror cannot be read, repairs it and does the work once more. */
  public void mended(Runnable work) {
    try {
      work.run();
    } catch (UnreadableMirrorException e) {
      readAnew();
      work.run();
    }
  }

  /** Removes what cannot be read, and reads everything from Salesforce. */
  public void readAnew() {
    Dropped dropped = drop();
    new MirrorRefresher(context).readAll();
    hold(dropped);
  }

  /** Removes what cannot be read; the next run reads everything. */
  public void leaveToNextRun() {
    hold(drop());
  }

  private Dropped drop() {
    Dropped dropped = context.store().mirror().dropUnreadable();
    context
        .listener()
        .note(
            "something else has written to contact_mirror or journey_mirror ("
                + dropped.records()
                + (dropped.records() == 1 ? " row" : " rows")
                + " cannot be read): all Contacts and journeys are read anew");
    return dropped;
  }

  /**
   * Nothing tells any more that the Contacts of these participants were deleted, so a plan would
   * create them anew.
   */
  private void hold(Dropped dropped) {
    List<PmiId> unknown =
        PlanStage.recreatesDeleted(context.settings())
            ? List.of()
            : dropped.gone().stream()
                .distinct()
                .filter(p -> context.store().mirror().find(p).isEmpty())
                .filter(p -> context.store().holds().find(p).isEmpty())
                .toList();
    if (!unknown.isEmpty()) {
      context
          .store()
          .holds()
          .put(
              unknown.stream()
                  .map(
                      p ->
                          new Hold(
                              p,
                              HoldTable.Kind.REVIEW,
                              PlanTallies.KEY_CHANGED,
                              context.now(),
                              null))
                  .toList());
    }
  }
}
