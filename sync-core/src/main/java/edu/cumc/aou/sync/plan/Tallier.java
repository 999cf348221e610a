package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Tallies;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts while a plan is made. Not thread-safe. */
final class Tallier {

  private final SortedMap<String, Long> counts = new TreeMap<>();

  void add(String name, long count) {
    if (count != 0) {
      counts.merge(name, count, Long::sum);
    }
  }

  void add(CrmObject object, String name) {
    add(object.word() + "." + name, 1);
  }

  Tallies tallies() {
    return Tallies.of(counts);
  }
}
