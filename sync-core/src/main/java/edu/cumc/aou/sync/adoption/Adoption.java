package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for a participant who has no Contact, a Contact without a PMI ID that is theirs. The
 * candidates are read from the CRM when the first such participant is met, one query; a day without
 * new participants costs no call. For one plan, of one run. Not thread-safe.
 *
 * <p>A Contact is a participant's when e-mail or phone are the same and first and last name sound
 * alike; blanks never match. See {@code docs/decisions/0014-adoption.md}.
 */
public final class Adoption {

  /** More candidates would cost more memory than a run should take: about 400 bytes each. */
  static final int MOST_CANDIDATES = 100_000;

  private final @Nullable Crm crm;
  private final AdoptionSettings settings;
  private final SyncListener listener;
  private @Nullable CandidateIndex candidates;

  /** With these settings; no call is made before there is somebody to look for. */
  public Adoption(Crm crm, AdoptionSettings settings, SyncListener listener) {
    this.crm = settings.isOn() ? crm : null;
    this.settings = settings;
    this.listener = listener;
  }

  /** Whether these fields of Contacts, by API name, are enough to tell whose a Contact is. */
  public static boolean canWork(List<String> mapped) {
    return mapped.contains(MatchKeys.FIRST_NAME.value())
        && mapped.contains(MatchKeys.LAST_NAME.value())
        && (mapped.contains(MatchKeys.EMAIL.value())
            || MatchKeys.PHONES.stream().anyMatch(p -> mapped.contains(p.value())));
  }

  /**
   * Looks for a participant's Contact.
   *
   * @param values all that would be sent if there is none
   */
  public Match find(FieldValues values) {
    Crm asked = crm;
    if (asked == null) {
      return new Match.None();
    }
    MatchKeys keys = MatchKeys.of(values);
    if (!keys.canMatch()) {
      return new Match.None();
    }
    CandidateIndex index = candidates;
    if (index == null) {
      index = read(asked);
      candidates = index;
    }
    return index.find(keys);
  }

  /**
   * Candidates as they are now, those that anybody gave a PMI ID, or that are gone, left out. One
   * call for {@link Crm#MAX_BATCH}.
   */
  public Map<ContactId, Contact> stillFree(List<ContactId> ids, List<FieldName> fields) {
    Crm asked = crm;
    Map<ContactId, Contact> free = new LinkedHashMap<>();
    for (int from = 0; asked != null && from < ids.size(); from += Crm.MAX_BATCH) {
      List<ContactId> some = ids.subList(from, Math.min(from + Crm.MAX_BATCH, ids.size()));
      for (Contact contact : asked.contactsById(some, fields)) {
        if (!contact.hasPmiText()) {
          free.put(contact.id(), contact);
        }
      }
    }
    return free;
  }

  private CandidateIndex read(Crm asked) {
    ObjectInfo contact = asked.describe(CrmObject.CONTACT);
    List<FieldName> fields =
        MatchKeys.FIELDS.stream().filter(f -> contact.field(f.value()).isPresent()).toList();
    CandidateIndex index = new CandidateIndex();
    try (Cursor<Contact> found = asked.contacts(CrmScope.withoutPmiId(settings.owners()), fields)) {
      while (found.hasNext()) {
        index.add(found.next());
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
