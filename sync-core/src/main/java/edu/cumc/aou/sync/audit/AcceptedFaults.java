package edu.cumc.aou.sync.audit;

import edu.cumc.aou.sync.audit.AuditCheck.Fault;
import edu.cumc.aou.sync.audit.AuditCheck.Flaw;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.AuditTable.Row;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The faults that people have accepted, as the rows of the trail say. */
final class AcceptedFaults {

  private final Set<String> keys = new HashSet<>();

  /** The row that accepts a fault. */
  static Entry entry(Fault fault, String why) {
    Map<String, String> what = new TreeMap<>();
    what.put(AuditTable.ROW, Long.toString(fault.seq()));
    what.put(AuditTable.FAULT, fault.flaw().name());
    what.put(AuditTable.RECORD, Long.toString(fault.record()));
    what.put(AuditTable.WHY, why);
    if (!fault.head().isEmpty()) {
      what.put(AuditTable.KNOWN_HEAD, fault.head());
    }
    return Entry.of(Kind.ACCEPTED, null, what);
  }

  /** Reads a row that accepts a fault; {@code before} is the number of the row before it. */
  void read(Row row, long before) {
    Map<String, String> what = row.what();
    String seq = what.getOrDefault(AuditTable.ROW, "");
    String flaw = what.getOrDefault(AuditTable.FAULT, "");
    String head = what.getOrDefault(AuditTable.KNOWN_HEAD, "");
    if (!head.isEmpty()) {
      keys.add(head);
      return;
    }
    keys.add(key(seq, flaw, what.getOrDefault(AuditTable.RECORD, "")));
    if (flaw.equals(Flaw.TRUNCATED.name()) && seq.equals(Long.toString(before))) {
      // This row is the first after the rows that are gone: it shows the same fault once more.
      keys.add(key(Long.toString(row.seq()), Flaw.MISSING.name(), "0"));
    }
  }

  /**
   * Whether a person accepted it. While the trail grows, a head from outside stays the same, but
   * the place where it is missing moves.
   */
  boolean has(Fault fault) {
    String seq = Long.toString(fault.seq());
    String flaw = fault.flaw().name();
    return fault.head().isEmpty()
        ? keys.contains(key(seq, flaw, Long.toString(fault.record())))
            // The key of a fault that was accepted before faults named single records.
            || keys.contains(key(seq, flaw, ""))
        : keys.contains(fault.head());
  }

  private static String key(String seq, String flaw, String record) {
    return seq + " " + flaw + " " + record;
  }
}
