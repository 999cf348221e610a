package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * People's answers that a Contact belongs to a participant, once it does. They say nothing about
 * what happens to that Contact later, so they are dropped; an answer that is left is still to be
 * followed.
 */
final class FollowedAnswers {

  private FollowedAnswers() {}

  /** Drops them. */
  static void drop(SyncStore store) {
    List<Decision> answers = new ArrayList<>();
    try (Cursor<Decision> all = store.decisions().read(DecisionTable.Kind.ADOPTION)) {
      all.forEachRemaining(answers::add);
    }
    answers.removeIf(answer -> answer.verdict() != Verdict.ADOPT || !isFollowed(store, answer));
    if (!answers.isEmpty()) {
      int unused = store.decisions().remove(answers);
    }
  }

  private static boolean isFollowed(SyncStore store, Decision answer) {
    Optional<PmiId> pmiId = PmiId.tryParse(answer.subject());
    ContactId contact = new ContactId(answer.answer());
    return pmiId.flatMap(store.mirror()::find).stream()
        .flatMap(entry -> entry.live().stream())
        .anyMatch(live -> live.id().equals(contact));
  }
}
