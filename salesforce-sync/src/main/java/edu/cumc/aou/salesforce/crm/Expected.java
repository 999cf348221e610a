package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.sync.model.CrmObject;
import java.util.EnumMap;
import java.util.Map;

/**
 * Estimates, without a call, how many records a reading of changes will bring at least: those
 * written or counted since the last reading. A wrong estimate only costs calls. Thread-safe.
 */
final class Expected {

  private final Map<CrmObject, Counts> counts = new EnumMap<>(CrmObject.class);

  private static final class Counts {
    private long saved;
    private long counted;
    private long countedBefore;
    private long read;
  }

  private Counts of(CrmObject object) {
    return counts.computeIfAbsent(object, unused -> new Counts());
  }

  /** This many records were written: they have new stamps, and will be read again. */
  synchronized void saved(CrmObject object, long records) {
    Counts known = of(object);
    known.saved += records;
    known.read = Math.max(0, known.read - records);
  }

  /** This many records were created since the run began. */
  synchronized void counted(CrmObject object, long records) {
    of(object).counted = records;
  }

  /** Estimates the records of a reading of changes that is about to begin. */
  synchronized long ofChanges(CrmObject object) {
    Counts known = of(object);
    long records = Math.max(known.saved, known.counted - known.countedBefore);
    known.saved = 0;
    known.countedBefore = Math.max(known.counted, known.countedBefore);
    known.read += records;
    return records;
  }

  /** How many records this process has already read from that stretch of time. */
  synchronized long ofStamps(CrmObject object) {
    return of(object).read;
  }
}
