package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.audit.AuditCheck;
import edu.cumc.aou.sync.audit.AuditCheck.Fault;
import edu.cumc.aou.sync.audit.AuditCheck.Flaw;
import edu.cumc.aou.sync.audit.AuditCheck.Result;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport.AuditState;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run does about the audit trail: it verifies the new rows, and reports where the trail
 * ends.
 */
public final class AuditWatch {

  /** A run verifies this many records in passing; {@code aou-sync audit verify} does all. */
  static final long MOST_RECORDS = 20_000;

  private static final String FAULT = "audit-fault.";

  private AuditWatch() {}

  /**
   * Verifies what was added to the trail since the last run. A fault does not stop a run, because
   * people wait for their data. This report says it, and so does every later one until a person
   * accepts the fault.
   */
  public static void look(RunServices services, RunId run, LeaseKeeper lease) {
    Result result = new AuditCheck(services.store().audit(), MOST_RECORDS, lease::keep).sinceLast();
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Fault fault : result.faults()) {
      counts.putIfAbsent(FAULT + fault.flaw().word(), fault.seq());
    }
    if (!counts.isEmpty()) {
      services.store().runs().addTallies(run, Tallies.of(Map.copyOf(counts)));
      services
          .listener()
          .note(
              "the audit trail is not as it was entered: "
                  + result.faults().get(0).text()
                  + "; see aou-sync audit verify");
    }
  }

  /** Where the trail stood at the end of a run, and what was wrong with it at the beginning. */
  public static AuditState of(SyncStore store, Run run) {
    SortedMap<String, Long> faults = new TreeMap<>();
    Arrays.stream(Flaw.values())
        .map(Flaw::word)
        .filter(word -> run.tallies().asMap().containsKey(FAULT + word))
        .forEach(word -> faults.put(word, run.tallies().get(FAULT + word)));
    return new AuditState(store.audit().lastOf(run.id()).orElse(null), faults);
  }
}
