package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.SyncListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for a participant who has no Contact, a Contact without a PMI ID that is theirs. The
 * candidates are read from the CRM when the first such participant is met, one query; a day without
 * new participants costs no call. For one plan, of one run. Not thread-safe.
 *
 * <p>A Contact is a participant's when e-mail or phone are the same and first and last name sound
 * alike, and nothing speaks for a relative; blanks never match. See {@code
 * docs/decisions/0014-adoption.md}.
 */
public final class Adoption {

  /** More candidates would cost more memory than a run should take: about 400 bytes each. */
  public static final int MOST_CANDIDATES = 100_000;

  /** In place of a change: the Contact fits somebody who does not get it. */
  private static final long NOBODY = 0;

  private final Crm crm;
  private final AdoptionSettings settings;
  private final AdoptionAnswers answers;
  private final SyncListener listener;
  private final Map<ContactId, Long> wanted = new HashMap<>();
  private final Set<Long> contested = new TreeSet<>();
  private LongStream.Builder waiting = LongStream.builder();
  private @Nullable CandidateIndex candidates;

  /** With these settings; no call is made before there is somebody to look for. */
  public Adoption(
      Crm crm, AdoptionSettings settings, AdoptionAnswers answers, SyncListener listener) {
    this.crm = crm;
    this.settings = settings;
    this.answers = answers;
    this.listener = listener;
  }

  /** Whether these fields of Contacts, by API name, are enough to tell whose a Contact is. */
  public static boolean canWork(List<String> mapped) {
    return mapped.contains(MatchKeys.FIRST_NAME.value())
        && mapped.contains(MatchKeys.LAST_NAME.value())
        && (mapped.contains(MatchKeys.EMAIL.value())
            || MatchKeys.PHONES.stream().anyMatch(p -> mapped.contains(p.value())));
  }

  public boolean isOn() {
    return settings.isOn();
  }

  /**
   * Looks for a participant's Contact. What a person answered counts, whatever the settings say.
   *
   * @param sourceHash of what the source says of the participant
   * @param gone Contacts of theirs that are gone: an answer that named one of them was followed
   * @param values all that would be sent if there is none
   */
  public Match find(PmiId pmiId, String sourceHash, Set<ContactId> gone, FieldValues values) {
    Optional<ContactId> answer = answers.contactOf(pmiId).filter(c -> !gone.contains(c));
    if (answer.isPresent()) {
      return ofOne(answer.get());
    }
    if (!isOn() || answers.isNobodys(pmiId, sourceHash)) {
      return new Match.None();
    }
    MatchKeys keys = MatchKeys.of(values);
    if (keys.keys().isEmpty()) {
      return new Match.None();
    }
    Match match = candidates().find(keys);
    if (match instanceof Match.Doubtful doubtful) {
      doubtful.contacts().forEach(this::isWantedByAnother);
    } else if (match instanceof Match.One one && isWantedByAnother(one.contact())) {
      return new Match.Doubtful(Match.SEVERAL_PARTICIPANTS, Set.of(one.contact()));
    }
    return match;
  }

  /**
   * Whether a participant whose Contact was merged away may have the Contact that survived: not if
   * the Contacts of several became one. Whatever the settings say, for it is the one they had.
   */
  public Match ofSurvivor(ContactId survivor) {
    return ofOne(survivor);
  }

  private Match ofOne(ContactId contact) {
    return isWantedByAnother(contact)
        ? new Match.Doubtful(Match.SEVERAL_PARTICIPANTS, Set.of(contact))
        : new Match.One(contact);
  }

  /**
   * The participant who was looked for last gets this Contact, by the change with this position.
   */
  public void give(ContactId contact, long seq) {
    wanted.put(contact, seq);
  }

  /**
   * Takes note of a participant who has no Contact and gets none now: a Contact that fits them may
   * be theirs, and is nobody else's without a look. Costs no call: candidates that are not read
   * when nobody is looked for are not missed.
   */
  public void passOver(FieldValues values) {
    if (!isOn()) {
      return;
    }
    CandidateIndex index = candidates;
    for (long key : MatchKeys.of(values).keys()) {
      if (index == null) {
        waiting.add(key);
      } else {
        index.withKey(key).forEach(this::isWantedByAnother);
      }
    }
  }

  /** The changes of those who got a Contact that turned out to fit another participant as well. */
  public List<Long> contested() {
    return List.copyOf(contested);
  }

  /** Remembers that the Contact fits a second participant; then neither gets it. */
  private boolean isWantedByAnother(ContactId contact) {
    Long other = wanted.putIfAbsent(contact, NOBODY);
    if (other == null) {
      return false;
    }
    if (other != NOBODY) {
      contested.add(other);
    }
    return true;
  }

  private CandidateIndex candidates() {
    CandidateIndex index = candidates;
    if (index == null) {
      index = read();
      candidates = index;
      for (long key : waiting.build().toArray()) {
        index.withKey(key).forEach(this::isWantedByAnother);
      }
      waiting = LongStream.builder();
    }
    return index;
  }

  /**
   * Candidates as they are now, those that anybody gave a PMI ID, or that are gone, left out. One
   * call for {@link Crm#MAX_BATCH}.
   */
  public Map<ContactId, Contact> stillFree(List<ContactId> ids, List<FieldName> fields) {
    Map<ContactId, Contact> free = new LinkedHashMap<>();
    for (int from = 0; from < ids.size(); from += Crm.MAX_BATCH) {
      List<ContactId> some = ids.subList(from, Math.min(from + Crm.MAX_BATCH, ids.size()));
      for (Contact contact : crm.contactsById(some, fields)) {
        if (!contact.hasPmiText()) {
          free.put(contact.id(), contact);
        }
      }
    }
    return free;
  }

  private CandidateIndex read() {
    ObjectInfo contact = crm.describe(CrmObject.CONTACT);
    List<FieldName> fields =
        MatchKeys.FIELDS.stream().filter(f -> contact.field(f.value()).isPresent()).toList();
    CandidateIndex index = new CandidateIndex();
    try (Cursor<Contact> found = crm.contacts(CrmScope.withoutPmiId(settings.owners()), fields)) {
      while (found.hasNext()) {
        Contact candidate = found.next();
        if (answers.isGiven(candidate.id())) {
          continue;
        }
        index.add(candidate);
        if (index.size() > MOST_CANDIDATES) {
          throw new SyncException(
              FailureKind.CONFIG,
              "adoption.owners: these users own more than "
                  + MOST_CANDIDATES
                  + " Contacts without a PMI ID, too many to compare; name fewer users, or narrow"
                  + " contact.where. Nothing was sent.");
        }
      }
    }
    listener.note(
        "adoption: new participants are compared with "
            + index.size()
            + " Contacts without a PMI ID");
    return index;
  }
}
