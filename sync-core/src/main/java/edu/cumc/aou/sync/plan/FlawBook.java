package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.SourceEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the flaws of the source with the known ones, both in the same order, and writes only
 * what differs. Holds a few hundred at a time. Not thread-safe; the caller closes the cursor.
 */
final class FlawBook {

  private static final int BATCH = 500;

  /** Only the end of a plan shows whether an adoption stands. */
  private static final Set<String> SHOWS_AT_THE_END =
      Set.of(Match.SEVERAL_PARTICIPANTS, Match.TAKEN);

  private final FlawTable table;
  private final Cursor<Flaw> known;
  private final RunId run;
  private final long lastGoodRun;
  private final boolean everybody;
  private final Tallier tallier;
  private final List<Flaw> gone = new ArrayList<>();
  private final List<Flaw> found = new ArrayList<>();
  private final List<Flaw> openUntilTheEnd = new ArrayList<>();
  private @Nullable Flaw head;
  private long contactRows;
  private long journeyRows;
  private @Nullable Flaw lastKey;
  private int sameKey;

  /**
   * @param known all known flaws, in their order
   * @param lastGoodRun a flaw that a later run found first is new
   * @param everybody whether the plan is about everybody, so that flaws not met again are gone
   */
  FlawBook(
      FlawTable table,
      Cursor<Flaw> known,
      RunId run,
      long lastGoodRun,
      boolean everybody,
      Tallier tallier) {
    this.table = table;
    this.known = known;
    this.run = run;
    this.lastGoodRun = lastGoodRun;
    this.everybody = everybody;
    this.tallier = tallier;
  }

  /** The known flaws of one participant; call it in the order of PMI IDs. */
  List<Flaw> knownOf(String subject) {
    passBefore(subject, "");
    List<Flaw> theirs = new ArrayList<>();
    for (Flaw next = peek(); next != null && next.subject().equals(subject); next = peek()) {
      theirs.add(take());
    }
    return theirs;
  }

  /** Counts the rows of an entry, to number those that have no PMI ID. */
  void read(SourceEntry entry) {
    contactRows += entry.contactRows();
    journeyRows += entry.journeyRows();
  }

  /** Adds a row with a key that is no PMI ID. */
  void addKey(SourceEntry.Rejected rejected) {
    boolean contact = rejected.contactRows() > 0;
    CrmObject object = contact ? CrmObject.CONTACT : CrmObject.JOURNEY;
    Flaw first = ofKey(rejected, object, 1);
    sameKey = lastKey != null && lastKey.isAt(first) ? sameKey + 1 : 1;
    lastKey = first;
    Flaw now = sameKey == 1 ? first : ofKey(rejected, object, sameKey);
    passBefore(now.subject(), now.what());
    Flaw next = peek();
    settle(next != null && next.isAt(now) ? List.of(take()) : List.of(), List.of(now));
  }

  private Flaw ofKey(SourceEntry.Rejected rejected, CrmObject object, int number) {
    return Flaw.ofKey(
        rejected.key(),
        object,
        rejected.reason().code(),
        number,
        rejected.sourceHash(),
        object == CrmObject.CONTACT ? contactRows : journeyRows);
  }

  /** Keeps unchanged flaws as they are, and records the changes. */
  void settle(List<Flaw> theirs, List<Flaw> now) {
    for (Flaw old : theirs) {
      if (now.stream().noneMatch(old::isAt)) {
        if (SHOWS_AT_THE_END.contains(old.code())) {
          openUntilTheEnd.add(old);
        } else {
          remove(old);
        }
      }
    }
    for (Flaw one : now) {
      note(one, theirs.stream().filter(one::isAt).findFirst().orElse(null));
    }
  }

  private void note(Flaw now, @Nullable Flaw old) {
    if (old != null && old.sourceHash().equals(now.sourceHash())) {
      count(old);
    } else {
      found.add(now.foundBy(run));
      flushIfFull();
    }
  }

  /**
   * Does the same for planned adoptions that were refused at the end, when another participant
   * turned out to fit the same Contact.
   */
  void settleAtTheEnd(Iterator<Flaw> refused) {
    Map<String, Flaw> before = new HashMap<>();
    openUntilTheEnd.forEach(old -> before.put(old.subject(), old));
    openUntilTheEnd.clear();
    while (refused.hasNext()) {
      Flaw now = refused.next();
      Flaw old = before.get(now.subject());
      if (old != null && old.isAt(now)) {
        before.remove(now.subject());
        note(now, old);
      } else {
        note(now, null);
      }
    }
    before.values().forEach(this::remove);
    flush();
  }

  /**
   * Keeps the flaws of a participant with unchanged rows: fields that were left alone still are.
   */
  void keep(List<Flaw> theirs) {
    for (Flaw old : theirs) {
      tallier.add(old.object(), PlanTallies.REFUSED_FIELD + nameWithoutObject(old));
      count(old);
    }
  }

  /** Ends a plan about everybody. */
  void close() {
    while (peek() != null) {
      pass(take());
    }
    flush();
  }

  /** Writes the collected flaws to the store. */
  void flush() {
    if (gone.isEmpty() && found.isEmpty()) {
      return;
    }
    List<Flaw> decided = table.change(List.copyOf(gone), List.copyOf(found));
    found.forEach(one -> tallier.add(one.object(), PlanTallies.NEW + nameWithoutObject(one)));
    decided.forEach(
        one -> tallier.add(one.object(), PlanTallies.ACKNOWLEDGED + nameWithoutObject(one)));
    gone.clear();
    found.clear();
  }

  private void count(Flaw old) {
    if (old.isAfter(lastGoodRun)) {
      tallier.add(old.object(), PlanTallies.NEW + nameWithoutObject(old));
    }
    if (old.isAcknowledged()) {
      tallier.add(old.object(), PlanTallies.ACKNOWLEDGED + nameWithoutObject(old));
    }
  }

  private static String nameWithoutObject(Flaw flaw) {
    return flaw.name().substring(flaw.name().indexOf('.') + 1);
  }

  private void passBefore(String subject, String what) {
    for (Flaw next = peek(); next != null; next = peek()) {
      int order = next.subject().compareTo(subject);
      if (order > 0 || (order == 0 && next.what().compareTo(what) >= 0)) {
        return;
      }
      pass(take());
    }
  }

  private void pass(Flaw unmet) {
    if (everybody) {
      remove(unmet);
    }
  }

  private void remove(Flaw old) {
    gone.add(old);
    flushIfFull();
  }

  private void flushIfFull() {
    if (gone.size() + found.size() >= BATCH) {
      flush();
    }
  }

  private @Nullable Flaw peek() {
    if (head == null && known.hasNext()) {
      head = known.next();
    }
    return head;
  }

  private Flaw take() {
    Flaw taken = peek();
    if (taken == null) {
      throw new IllegalStateException("nothing is left to take");
    }
    head = null;
    return taken;
  }
}
