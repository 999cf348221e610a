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
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
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
 * Finds the Contact of a participant who has none in the mirror: a Contact without a PMI ID that is
 * theirs. One query reads the candidates when the first such participant comes; a day without new
 * participants costs no call. Serves one plan of one run. Not thread-safe.
 *
 * <p>A Contact belongs to a participant when e-mail or phone are the same, first and last name
 * sound alike, and nothing suggests a relative; blanks never match. See {@code
 * docs/decisions/0014-adoption.md}.
 */
public final class Adoption {

  /** More candidates would cost more memory than a run should take: about 400 bytes each. */
  public static final int MOST_CANDIDATES = 100_000;

  /** Stands in the place of a change: the Contact fits a participant who does not get it. */
  private static final long NOBODY = 0;

  private final Crm crm;
  private final MirrorTable mirror;
  private final AdoptionSettings settings;
  private final AdoptionAnswers answers;
  private final SyncListener listener;

  /** Whether a former Contact is given back to its participant; asked once a plan. */
  private final Map<ContactId, Boolean> givenBack = new HashMap<>();

  private final Map<ContactId, Long> wanted = new HashMap<>();
  private final Set<Long> contested = new TreeSet<>();
  private LongStream.Builder waiting = LongStream.builder();
  private @Nullable CandidateIndex candidates;

  /** Makes no call before there is a participant to look for. */
  public Adoption(
      Crm crm,
      MirrorTable mirror,
      AdoptionSettings settings,
      AdoptionAnswers answers,
      SyncListener listener) {
    this.crm = crm;
    this.mirror = mirror;
    this.settings = settings;
    this.answers = answers;
    this.listener = listener;
  }

  /** Whether these fields of Contacts, by API name, suffice to recognise a person. */
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
   * Looks for a participant's Contact. A person's answer counts, whatever the settings say.
   *
   * @param sourceHash of what the source says about the participant
   * @param gone former Contacts of the participant; see {@link #answered}
   * @param values everything that a new Contact would get
   */
  public Match find(PmiId pmiId, String sourceHash, Set<ContactId> gone, FieldValues values) {
    Optional<ContactId> answer = answered(pmiId, gone);
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
   * The Contact that a person gave to this participant. If it is a former one of theirs, the answer
   * must be younger than any adoption that followed it, and the Contact be in Salesforce without a
   * PMI ID, which costs a call: then somebody took its PMI ID away, and a person wants it back.
   *
   * @param gone former Contacts of the participant
   */
  public Optional<ContactId> answered(PmiId pmiId, Set<ContactId> gone) {
    return answers
        .contactOf(pmiId)
        .filter(c -> !gone.contains(c) || givenBack.computeIfAbsent(c, x -> isGivenBack(pmiId, x)));
  }

  private boolean isGivenBack(PmiId pmiId, ContactId contact) {
    return !answers.isFollowed(pmiId) && !stillFree(List.of(contact), List.of()).isEmpty();
  }

  /**
   * Decides whether a participant with a merged Contact may have the surviving one: yes, unless the
   * Contacts of several participants became one. The settings do not matter, because it was theirs
   * before.
   */
  public Match ofSurvivor(ContactId survivor) {
    return ofOne(survivor);
  }

  private Match ofOne(ContactId contact) {
    return isWantedByAnother(contact)
        ? new Match.Doubtful(Match.SEVERAL_PARTICIPANTS, Set.of(contact))
        : new Match.One(contact);
  }

  /** Gives this Contact to the participant of the last search, in the change at this position. */
  public void give(ContactId contact, long seq) {
    wanted.put(contact, seq);
  }

  /**
   * Notes a participant without a Contact who gets none now. A Contact that fits them may be
   * theirs, so another participant gets it only after a person has looked. Costs no call: if no
   * participant needs the candidates, nobody reads them.
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

  /** The changes that gave a participant a Contact which then turned out to fit another one. */
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
   * Reads candidates again, without those that are gone or have a PMI ID by now. One call for
   * {@link Crm#MAX_BATCH} of them.
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

  /** The journeys that a Contact brings with it. */
  public List<MirroredJourney> journeysOf(ContactId contact) {
    return mirror.journeysOf(contact);
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
