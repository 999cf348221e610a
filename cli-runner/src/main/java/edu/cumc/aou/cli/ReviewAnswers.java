package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.ReviewCsv.Decided;
import edu.cumc.aou.sync.explain.Reviewer.Pair;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the lines of a reviewed file against the Contacts that may belong to each participant now.
 * A file passes through spreadsheets and several hands, so it refuses whatever is not certain.
 */
final class ReviewAnswers {

  private final Map<PmiId, Set<ContactId>> open = new HashMap<>();
  private final Map<PmiId, List<Decided>> lines = new LinkedHashMap<>();
  private final Map<ContactId, Set<PmiId>> claims = new HashMap<>();

  ReviewAnswers(List<Decided> decided) {
    decided.forEach(d -> lines.computeIfAbsent(d.pmiId(), p -> new ArrayList<>()).add(d));
    decided.stream()
        .filter(Decided::theirs)
        .forEach(d -> claims.computeIfAbsent(d.contact(), c -> new HashSet<>()).add(d.pmiId()));
  }

  /** Adds a pair that is doubtful now. */
  void open(Pair pair) {
    open.computeIfAbsent(pair.pmiId(), p -> new HashSet<>()).add(pair.candidate().contact().id());
  }

  /** The participants that the file decides about, each with their first line. */
  Map<PmiId, Long> people() {
    Map<PmiId, Long> people = new LinkedHashMap<>();
    lines.forEach((pmiId, decided) -> people.put(pmiId, decided.get(0).line()));
    return people;
  }

  /**
   * The line that gives the participant a Contact; null if none of the Contacts is theirs.
   *
   * @throws SyncException CONFIG if the lines leave that open, or contradict each other
   */
  @Nullable Decided of(PmiId pmiId) {
    List<Decided> decided = lines.getOrDefault(pmiId, List.of());
    Set<ContactId> yes = contacts(decided, true);
    Set<ContactId> no = contacts(decided, false);
    Set<ContactId> mayBe = open.getOrDefault(pmiId, Set.of());
    if (yes.stream().anyMatch(no::contains)) {
      throw refused("one line says yes and another no to the same Contact; leave one of them");
    }
    if (yes.size() > 1) {
      throw refused("two Contacts are said to be one participant's; leave one yes");
    }
    if (yes.isEmpty()) {
      if (!no.containsAll(mayBe)) {
        throw refused(
            "another Contact that may be theirs has no answer; say yes to one of them, or no to all");
      }
      return null;
    }
    Decided one = decided.stream().filter(Decided::theirs).findFirst().orElseThrow();
    if (claims.getOrDefault(one.contact(), Set.of()).size() > 1) {
      throw refused("one Contact is said to be two participants'; leave one yes");
    }
    if (!mayBe.isEmpty() && !mayBe.contains(one.contact())) {
      throw refused(
          "the Contact is none of those that may be theirs; correct the line, or say so for this"
              + " one alone with aou-sync adopt");
    }
    return one;
  }

  private static Set<ContactId> contacts(List<Decided> decided, boolean theirs) {
    return decided.stream()
        .filter(d -> d.theirs() == theirs)
        .map(Decided::contact)
        .collect(Collectors.toSet());
  }

  private static SyncException refused(String why) {
    return new SyncException(FailureKind.CONFIG, why);
  }
}
