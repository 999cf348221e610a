package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.sync.model.CrmObject;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many records a reading of changes will bring at least, as far as it is known without a call:
 * those written or counted since the last one. A wrong guess costs calls, and nothing else.
 * Thread-safe.
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

  /** How many records a reading of changes brings; that reading is about to begin. */
  synchronized long ofChanges(CrmObject object) {
    Counts known = of(object);
    long records = Math.max(known.saved, known.counted - known.countedBefore);
    known.saved = 0;
    known.countedBefore = Math.max(known.counted, known.countedBefore);
    known.read += records;
    return records;
  }

  /** How many stamps lie where this process has already read. */
  synchronized long ofStamps(CrmObject object) {
    return of(object).read;
  }
}
