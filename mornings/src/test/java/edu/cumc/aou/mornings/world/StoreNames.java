package edu.cumc.aou.mornings.world;

import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who is named in a store, in holds and in the ledger of the last run that ended. */
final class StoreNames {

  private static final int ALL = 10_000;

  private StoreNames() {}

  static List<Name> of(SyncStore store) {
    List<Name> names = new ArrayList<>();
    try (Cursor<Hold> holds = store.holds().read()) {
      while (holds.hasNext()) {
        Hold hold = holds.next();
        names.add(new Name(hold.pmiId().value(), "HOLD", hold.kind().name()));
      }
    }
    Optional<Run> last =
        store.runs().latest(50).stream()
            .filter(r -> r.state() == RunState.DONE && r.mode() == RunMode.SYNC)
            .findFirst();
    if (last.isPresent()) {
      for (CrmObject object : CrmObject.values()) {
        for (Change change : rows(store, last.get().id(), object)) {
          if (change.state() == Change.State.REFUSED || change.state() == Change.State.FAILED) {
            names.add(
                new Name(
                    change.pmiId().value(),
                    change.state().name(),
                    Optional.ofNullable(change.errorCode()).orElse("")));
          }
        }
      }
    }
    return names;
  }

  static List<Sent> sent(SyncStore store, RunId run) {
    List<Sent> sent = new ArrayList<>();
    for (CrmObject object : CrmObject.values()) {
      for (Change change : rows(store, run, object)) {
        Map<String, String> values = new TreeMap<>();
        change.newValues().asMap().forEach((f, v) -> values.put(f.value(), v.text()));
        Object id = object == CrmObject.CONTACT ? change.contactId() : change.journeyId();
        if (change.action() != Change.Action.NOTE && change.action() != Change.Action.REJECT) {
          sent.add(
              new Sent(
                  change.pmiId().value(),
                  object == CrmObject.CONTACT,
                  change.action().name(),
                  change.state().name(),
                  id == null
                      ? ""
                      : object == CrmObject.CONTACT
                          ? change.contactId().value()
                          : change.journeyId().value(),
                  values));
        }
      }
    }
    return sent;
  }

  private static List<Change> rows(SyncStore store, RunId run, CrmObject object) {
    return store
        .changes()
        .page(
            run,
            object,
            EnumSet.allOf(Change.Action.class),
            EnumSet.allOf(Change.State.class),
            0,
            ALL);
  }
}
