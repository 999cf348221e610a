package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Contacts that may be adopted, by {@link MatchKeys}. Not thread-safe. */
final class CandidateIndex {

  private record Candidate(ContactId id, String birthdate, long first, long whole) {}

  private final Map<Long, List<Candidate>> byKey = new HashMap<>();
  private final Map<String, String> birthdates = new HashMap<>();
  private int size;

  void add(Contact contact) {
    size++;
    MatchKeys keys = MatchKeys.of(contact.fields());
    Candidate candidate =
        new Candidate(
            contact.id(),
            birthdates.computeIfAbsent(keys.birthdate(), day -> day),
            keys.first(),
            keys.whole());
    for (Long key : keys.keys()) {
      byKey.computeIfAbsent(key, k -> new ArrayList<>(1)).add(candidate);
    }
  }

  /** How many Contacts there are, including those without keys. */
  int size() {
    return size;
  }

  /** The Contacts of one key. */
  List<ContactId> withKey(long key) {
    return byKey.getOrDefault(key, List.of()).stream().map(Candidate::id).toList();
  }

  Match find(MatchKeys keys) {
    Set<ContactId> found = new TreeSet<>();
    boolean contradicted = false;
    boolean sure = false;
    for (Long key : keys.keys()) {
      for (Candidate candidate : byKey.getOrDefault(key, List.of())) {
        found.add(candidate.id());
        contradicted |= keys.contradictsBirthdate(candidate.birthdate());
        sure |=
            keys.sure().contains(key)
                || keys.isSurely(candidate.birthdate(), candidate.first(), candidate.whole());
      }
    }
    if (found.isEmpty()) {
      return new Match.None();
    }
    if (found.size() > 1) {
      return new Match.Doubtful(Match.SEVERAL_CONTACTS, found);
    }
    if (contradicted) {
      return new Match.Doubtful(Match.OTHER_BIRTHDATE, found);
    }
    return sure
        ? new Match.One(found.iterator().next())
        : new Match.Doubtful(Match.MAY_BE_RELATIVE, found);
  }
}
