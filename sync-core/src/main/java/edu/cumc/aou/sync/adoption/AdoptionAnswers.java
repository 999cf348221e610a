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
 * People's answers to doubtful adoptions. People answer one by one, so all answers fit into memory.
 * Immutable.
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

  /** No answers. */
  public static AdoptionAnswers none() {
    return NONE;
  }

  /** The answers in a store. */
  public static AdoptionAnswers of(DecisionTable decisions) {
    Map<PmiId, Decision> answers = new HashMap<>();
    try (Cursor<Decision> cursor = decisions.read(DecisionTable.Kind.ADOPTION)) {
      cursor.forEachRemaining(d -> answers.put(new PmiId(d.subject()), d));
    }
    return new AdoptionAnswers(answers);
  }

  /** The Contact that a person gave to this participant. */
  Optional<ContactId> contactOf(PmiId pmiId) {
    return Optional.ofNullable(answers.get(pmiId))
        .filter(a -> a.verdict() == Verdict.ADOPT)
        .map(a -> new ContactId(a.answer()));
  }

  /**
   * Whether a person said that no Contact belongs to this participant.
   *
   * @param sourceHash of what the source says about them; when it differs, a person must look again
   */
  boolean isNobodys(PmiId pmiId, String sourceHash) {
    Decision answer = answers.get(pmiId);
    return answer != null
        && answer.verdict() == Verdict.NONE
        && answer.sourceHash().equals(sourceHash);
  }

  /** Whether a person gave this Contact to a participant, so that no other one gets it. */
  boolean isGiven(ContactId contact) {
    return given.contains(contact);
  }
}
