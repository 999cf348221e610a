package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people answered when it was doubtful whose a Contact is. People give these one by one, so
 * all of them fit into memory. Immutable.
 */
public final class AdoptionAnswers {

  private static final AdoptionAnswers NONE = new AdoptionAnswers(Map.of());

  private final Map<PmiId, Decision> answers;
  private final Set<ContactId> given = new HashSet<>();

  private AdoptionAnswers(Map<PmiId, Decision> answers) {
    this.answers = answers;
    answers.values().stream()
        .filter(a -> a.verdict() == Verdict.ADOPT)
        .forEach(a -> given.add(new ContactId(a.answer())));
  }

  /** Nobody answered anything. */
  public static AdoptionAnswers none() {
    return NONE;
  }

  /** Those of a store. */
  public static AdoptionAnswers of(DecisionTable decisions) {
    Map<PmiId, Decision> answers = new HashMap<>();
    try (Cursor<Decision> cursor = decisions.read(DecisionTable.Kind.ADOPTION)) {
      cursor.forEachRemaining(d -> answers.put(new PmiId(d.subject()), d));
    }
    return new AdoptionAnswers(answers);
  }

  /** The Contact that somebody said is this participant's. */
  Optional<ContactId> contactOf(PmiId pmiId) {
    return Optional.ofNullable(answers.get(pmiId))
        .filter(a -> a.verdict() == Verdict.ADOPT)
        .map(a -> new ContactId(a.answer()));
  }

  /**
   * Whether somebody said that no Contact is this participant's.
   *
   * @param sourceHash of what the source says of them: with another one somebody must look again
   */
  boolean isNobodys(PmiId pmiId, String sourceHash) {
    Decision answer = answers.get(pmiId);
    return answer != null
        && answer.verdict() == Verdict.NONE
        && answer.sourceHash().equals(sourceHash);
  }

  /** Whether somebody said whose this Contact is, so that it is no other participant's. */
  boolean isGiven(ContactId contact) {
    return given.contains(contact);
  }
}
