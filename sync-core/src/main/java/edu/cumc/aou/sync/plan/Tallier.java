package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Tallies;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts while a plan is made. Not thread-safe. */
final class Tallier {

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private long besidesUnchanged;

  void add(String name, long count) {
    if (count != 0) {
      counts.merge(name, count, Long::sum);
      // A field that is left alone is known, and needs no second look.
      if (!name.endsWith(PlanTallies.UNCHANGED) && !name.contains(PlanTallies.REFUSED_FIELD)) {
        besidesUnchanged++;
      }
    }
  }

  /** How many counts there were besides unchanged records and their refused fields. */
  long besidesUnchanged() {
    return besidesUnchanged;
  }

  void add(CrmObject object, String name) {
    add(object.word() + "." + name, 1);
  }

  Tallies tallies() {
    return Tallies.of(counts);
  }
}
