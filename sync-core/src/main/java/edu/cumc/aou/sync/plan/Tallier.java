package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.Tallies;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts while a plan is made. Not thread-safe. */
final class Tallier {

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private long besidesUnchanged;
  private long people;
  private long contactRows;
  private long journeyRows;

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

  /** For a participant who has a Contact. Counted apart, because it is done for everybody. */
  void addRows(Participant participant) {
    people++;
    contactRows += participant.contact() == null ? 0 : 1;
    journeyRows += participant.journey() == null ? 0 : 1;
  }

  Tallies tallies() {
    SortedMap<String, Long> all = new TreeMap<>(counts);
    putRows(all, CrmObject.CONTACT, contactRows);
    putRows(all, CrmObject.JOURNEY, journeyRows);
    return Tallies.of(all);
  }

  private void putRows(SortedMap<String, Long> all, CrmObject object, long with) {
    if (with > 0) {
      all.put(PlanTallies.of(object, PlanTallies.WITH_ROW), with);
    }
    if (people > with) {
      all.put(PlanTallies.of(object, PlanTallies.WITHOUT_ROW), people - with);
    }
  }
}
