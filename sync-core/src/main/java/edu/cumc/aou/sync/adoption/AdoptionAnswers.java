package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * People's answers to doubtful adoptions. People answer one by one, so all answers fit into memory.
 * The store, which also tells whether an answer was followed, outlives them. Thread-safe.
 */
public final class AdoptionAnswers {

  private static final AdoptionAnswers NONE = new AdoptionAnswers(Map.of(), answer -> false);

  /** As many rows of a participant as may lie between an answer and now. */
  private static final int HISTORY = 500;

  private final Map<PmiId, Decision> answers;
  private final Set<ContactId> given = new HashSet<>();

  private final Predicate<Decision> followed;

  private AdoptionAnswers(Map<PmiId, Decision> answers, Predicate<Decision> followed) {
    this.answers = answers;
    this.followed = followed;
    answers.values().stream()
        .filter(a -> a.verdict() == Verdict.ADOPT)
        .forEach(a -> given.add(new ContactId(a.answer())));
  }

  /** No answers. */
  public static AdoptionAnswers none() {
    return NONE;
  }

  /** The answers in a store. */
  public static AdoptionAnswers of(SyncStore store) {
    Map<PmiId, Decision> answers = new HashMap<>();
    try (Cursor<Decision> cursor = store.decisions().read(DecisionTable.Kind.ADOPTION)) {
      cursor.forEachRemaining(d -> answers.put(new PmiId(d.subject()), d));
    }
    return new AdoptionAnswers(answers, answer -> isFollowed(store, answer));
  }

  private static boolean isFollowed(SyncStore store, Decision answer) {
    return store.changes().history(new PmiId(answer.subject()), HISTORY).stream()
        .filter(past -> past.change().action() == Change.Action.ADOPT)
        .filter(past -> past.change().state() == Change.State.DONE)
        .filter(past -> new ContactId(answer.answer()).equals(past.change().contactId()))
        .anyMatch(
            past ->
                store.runs().find(past.run()).stream()
                    .anyMatch(run -> run.startedAt().isAfter(answer.at())));
  }

  /** The Contact that a person gave to this participant. */
  Optional<ContactId> contactOf(PmiId pmiId) {
    return Optional.ofNullable(answers.get(pmiId))
        .filter(a -> a.verdict() == Verdict.ADOPT)
        .map(a -> new ContactId(a.answer()));
  }

  /** Whether a run has adopted the Contact that a person gave to this participant. */
  boolean isFollowed(PmiId pmiId) {
    Decision answer = answers.get(pmiId);
    return answer != null && followed.test(answer);
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
