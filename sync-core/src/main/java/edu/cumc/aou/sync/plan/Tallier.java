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
      if (!name.endsWith(PlanTallies.UNCHANGED)) {
        besidesUnchanged++;
      }
    }
  }

  /** How often anything else was counted than an unchanged record. */
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
