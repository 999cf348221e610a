package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every step of one run works with.
 *
 * @param lease renewed by everything that takes time, and before every writing call
 * @param deadline checked before every writing call, and in every wait
 */
public record RunContext(
    RunServices services,
    SyncSettings settings,
    Preparation preparation,
    RunId run,
    LeaseKeeper lease,
    Deadline deadline) {

  SyncStore store() {
    return services.store();
  }

  ChangeTable changes() {
    return services.store().changes();
  }

  Crm crm() {
    return services.crm();
  }

  SyncListener listener() {
    return services.listener();
  }

  BoundMapping mapping() {
    return preparation.mapping();
  }

  /**
   * The mirror entries of the people in these rows; leaves out those that the mirror does not know.
   */
  Map<PmiId, MirrorEntry> mirrored(List<Change> rows) {
    Map<PmiId, MirrorEntry> entries = new HashMap<>();
    store()
        .mirror()
        .find(rows.stream().map(Change::pmiId).distinct().toList())
        .forEach(entry -> entries.put(entry.pmiId(), entry));
    return entries;
  }

  Instant now() {
    return services.clock().instant();
  }
}
