package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.port.Cursor;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells which records another user has changed since a run began to write. It asks Salesforce once
 * for each object, and only when needed.
 */
final class OthersChanges {

  /** With more changes than this, it keeps no ids, and every record counts as changed. */
  private static final int MOST = 100_000;

  private final RunContext context;
  private final Instant since;
  private final Map<CrmObject, Ids> asked = new EnumMap<>(CrmObject.class);

  /** {@code since}: by Salesforce's clock, a moment before the run began to write. */
  OthersChanges(RunContext context, Instant since) {
    this.context = context;
    this.since = since;
  }

  /** Whether another user may have written what the record shows. */
  boolean mayBe(CrmObject object, String id) {
    Ids changed = asked.computeIfAbsent(object, this::ask);
    return changed.tooMany() || changed.ids().contains(id);
  }

  private Ids ask(CrmObject object) {
    Set<String> ids = new HashSet<>();
    try (Cursor<String> changed = context.crm().changedByOthers(object, since)) {
      while (changed.hasNext()) {
        if (ids.size() == MOST) {
          return new Ids(true, Set.of());
        }
        ids.add(changed.next());
      }
    }
    return new Ids(false, ids);
  }

  private record Ids(boolean tooMany, Set<String> ids) {}
}
