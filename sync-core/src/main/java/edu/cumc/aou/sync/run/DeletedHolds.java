package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Holds everybody with a Contact that a run deleted: no sync creates them anew before a person
 * releases them.
 */
final class DeletedHolds {

  private static final int PAGE = 500;

  private DeletedHolds() {}

  /** The hold of one participant. */
  static Hold of(PmiId pmiId, RunId run, Instant now) {
    return new Hold(pmiId, HoldTable.Kind.UNDO, HoldTable.DELETED_BY + run, now, null);
  }

  /** Enters the holds of everybody that the run has deleted so far. */
  static void put(RunServices services, RunId run) {
    Instant now = services.clock().instant();
    ChangePages deleted =
        new ChangePages(
            services.store().changes(),
            run,
            CrmObject.CONTACT,
            Set.of(Change.Action.DELETE),
            Set.of(Change.State.DONE),
            PAGE);
    for (List<Change> page : deleted) {
      services.store().holds().put(page.stream().map(c -> of(c.pmiId(), run, now)).toList());
    }
  }
}
