package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.Tallies;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts while a plan is made. Not thread-safe. */
final class Tallier {

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private long besidesUnchanged;

  void add(String name, long count) {
    if (count != 0) {
      counts.merge(name, count, Long::sum);
      // A field that is left alone, or a missing row, is known and needs no second look.
      if (!name.endsWith(PlanTallies.UNCHANGED)
          && !PlanTallies.isOfRows(name)
          && !name.contains(PlanTallies.REFUSED_FIELD)) {
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

  /** For a participant who has a Contact. */
  void addRows(Participant participant) {
    add(CrmObject.CONTACT, withOrWithout(participant.contact()));
    add(CrmObject.JOURNEY, withOrWithout(participant.journey()));
  }

  private static String withOrWithout(@Nullable SourceRow row) {
    return row == null ? PlanTallies.WITHOUT_ROW : PlanTallies.WITH_ROW;
  }

  Tallies tallies() {
    return Tallies.of(counts);
  }
}
