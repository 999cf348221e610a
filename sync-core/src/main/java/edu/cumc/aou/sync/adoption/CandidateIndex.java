package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Contacts that may be adopted, by how their person is reached. Holds hashes in place of
 * addresses: what is found is compared again by names, so that a hash that two addresses share
 * finds nobody wrong but a namesake. Not thread-safe.
 */
final class CandidateIndex {

  private record Candidate(ContactId id, String names, String birthdate) {}

  private final Map<Long, List<Candidate>> byAddress = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private int size;

  void add(Contact contact) {
    size++;
    MatchKeys keys = MatchKeys.of(contact.fields());
    if (!keys.canMatch()) {
      return;
    }
    Candidate candidate =
        new Candidate(contact.id(), shared(keys.names()), shared(keys.birthdate()));
    for (String address : keys.addresses()) {
      byAddress.computeIfAbsent(hash(address), h -> new ArrayList<>(1)).add(candidate);
    }
  }

  /** One text for all who have the same. */
  private String shared(String text) {
    return texts.computeIfAbsent(text, t -> t);
  }

  /** How many Contacts there are, whether they can be found or not. */
  int size() {
    return size;
  }

  Match find(MatchKeys keys) {
    if (!keys.canMatch()) {
      return new Match.None();
    }
    Set<ContactId> found = new TreeSet<>();
    boolean contradicted = false;
    for (String address : keys.addresses()) {
      for (Candidate candidate : byAddress.getOrDefault(hash(address), List.of())) {
        if (candidate.names().equals(keys.names()) && found.add(candidate.id())) {
          contradicted |= keys.contradictsBirthdate(candidate.birthdate());
        }
      }
    }
    if (found.isEmpty()) {
      return new Match.None();
    }
    if (found.size() > 1) {
      return new Match.Doubtful(Match.SEVERAL_CONTACTS, found);
    }
    return contradicted
        ? new Match.Doubtful(Match.OTHER_BIRTHDATE, found)
        : new Match.One(found.iterator().next());
  }

  /** FNV-1a of 64 bits. */
  private static long hash(String address) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < address.length(); i++) {
      hash = (hash ^ address.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
