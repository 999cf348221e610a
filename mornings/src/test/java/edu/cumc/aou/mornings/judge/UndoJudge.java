package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Law;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Violation;
import edu.cumc.aou.mornings.judge.Person.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The law on undo: what nobody has touched since comes back. */
public final class UndoJudge {

  private UndoJudge() {}

  /**
   * Whether an undo has put back what the run had changed and nobody has touched since.
   *
   * @param undone the org before the run, and after it
   * @param now the org before and after the undo
   * @param source what the source says of people by now: of those who have withdrawn nothing is put
   *     back
   */
  public static List<Violation> back(
      List<Org> undone, List<Org> now, Source source, Set<String> except) {
    Set<String> refused = new HashSet<>(except);
    Person.of(source).values().stream()
        .filter(p -> p.status() == Status.WITHDRAWN || p.status() == Status.REJECTED)
        .forEach(p -> refused.add(p.pmi()));
    List<Violation> violations = new ArrayList<>();
    undone.get(0).contacts().keySet().forEach(id -> back(id, undone, now, refused, violations));
    undone.get(0).journeys().keySet().forEach(id -> back(id, undone, now, refused, violations));
    return violations;
  }

  private static void back(
      String id, List<Org> undone, List<Org> now, Set<String> refused, List<Violation> violations) {
    Rec before = undone.get(0).find(id);
    Rec after = undone.get(1).find(id);
    Rec found = now.get(0).find(id);
    Rec left = now.get(1).find(id);
    if (before == null || after == null || found == null || left == null || found.deleted()) {
      return;
    }
    boolean untouched = after.mapped().equals(found.mapped());
    Rec contact = now.get(0).contacts().get(found.text("Contact__c"));
    String pmi = contact == null ? found.pmi() : contact.pmi();
    if (untouched && !refused.contains(pmi) && !before.mapped().equals(left.mapped())) {
      violations.add(
          new Violation(Law.BACK, "the undo left " + before.differing(left) + " of " + id));
    }
  }
}
