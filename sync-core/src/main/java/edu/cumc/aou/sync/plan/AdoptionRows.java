package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.adoption.Adoption;
import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SourceHash;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The adoptions of one plan: each Contact is sent only the values that differ. Holds the rows of
 * one batch.
 */
final class AdoptionRows {

  private final Adoption adoption;
  private final BoundMapping mapping;
  private final LocalDate today;
  private final Map<Long, SourceRow> rows = new HashMap<>();

  /** The rows' hashes, by change; only the end shows which changes are refused. */
  private final Map<Long, Long> hashes = new HashMap<>();

  /** Journeys that wait for an adoption, by the change of their Contact. */
  private final Map<Long, Long> journeys = new HashMap<>();

  private @Nullable PmiId lastGiven;
  private @Nullable ContactId lastContact;
  private long lastSeq;
  private Match.@Nullable Doubtful doubt;

  AdoptionRows(Adoption adoption, BoundMapping mapping, LocalDate today) {
    this.adoption = adoption;
    this.mapping = mapping;
    this.today = today;
  }

  /** Looks for the Contact of a participant who has none. */
  Match find(PmiId pmiId, SourceRow row, Contacts contacts, FieldValues values) {
    Match match = adoption.find(pmiId, SourceHash.ofRows(List.of(row)), former(contacts), values);
    doubt = match instanceof Match.Doubtful doubtful ? doubtful : null;
    return match;
  }

  /** Whether a person gave a Contact to a participant who has none now. */
  boolean isAnswered(PmiId pmiId, Contacts contacts) {
    return adoption.answered(pmiId, former(contacts)).isPresent();
  }

  private static Set<ContactId> former(Contacts contacts) {
    return contacts.all().stream().map(MirroredContact::id).collect(Collectors.toSet());
  }

  /** The doubt about the participant of the last search; null if there was none. */
  Match.@Nullable Doubtful doubt() {
    return doubt;
  }

  /** Looks whether a participant may have the Contact that survived a merge. */
  Match ofSurvivor(ContactId survivor) {
    return adoption.ofSurvivor(survivor);
  }

  /** Notes a participant without a Contact who gets none now. */
  void passOver(SourceRow row) {
    if (adoption.isOn()) {
      adoption.passOver(FieldDiff.ofNew(mapping.contact(), row, today).newValues());
    }
  }

  /** Gives a Contact to the change at this position; {@link #complete} completes that change. */
  void give(PmiId pmiId, ContactId contact, long seq, SourceRow row) {
    adoption.give(contact, seq);
    lastGiven = pmiId;
    lastContact = contact;
    lastSeq = seq;
    rows.put(seq, row);
    hashes.put(seq, HexFormat.fromHexDigitsToLong(SourceHash.ofRows(List.of(row))));
  }

  /**
   * The only journey of the Contact that the participant of the last search gets; empty if there
   * are none or several.
   */
  Optional<Brought> brought(PmiId pmiId) {
    ContactId contact = lastContact;
    if (contact == null || !pmiId.equals(lastGiven)) {
      return Optional.empty();
    }
    List<MirroredJourney> journeys = adoption.journeysOf(contact);
    return journeys.size() == 1
        ? Optional.of(new Brought(contact, journeys.get(0)))
        : Optional.empty();
  }

  /** A journey, and the Contact that brings it. */
  record Brought(ContactId contact, MirroredJourney journey) {}

  /** Notes that the participant's journey waits for the Contact, in the change at this position. */
  void await(PmiId pmiId, long seq) {
    if (pmiId.equals(lastGiven)) {
      journeys.put(lastSeq, seq);
    }
  }

  /** The journey's change that waits for the adoption at this position, if there is one. */
  Optional<Long> journeyOf(long seq) {
    return Optional.ofNullable(journeys.get(seq));
  }

  /** A planned adoption that was refused. */
  Flaw flawOf(Change refused) {
    return Flaw.ofRow(
        refused.pmiId(),
        CrmObject.CONTACT,
        Objects.requireNonNull(refused.errorCode(), "what is refused has a code"),
        HexFormat.of().toHexDigits(hashes.getOrDefault(refused.seq(), 0L)));
  }

  /**
   * Looks at the Contacts again and reduces these adoptions to what differs. Refuses a Contact that
   * is no longer free.
   */
  List<Change> complete(List<Change> changes) {
    List<Change> ours = changes.stream().filter(c -> rows.containsKey(c.seq())).toList();
    if (ours.isEmpty()) {
      return changes;
    }
    Map<ContactId, Contact> free =
        adoption.stillFree(
            ours.stream().map(c -> Objects.requireNonNull(c.contactId())).toList(),
            mapping.contactFields());
    List<Change> completed = new ArrayList<>(changes.size());
    for (Change change : changes) {
      SourceRow row = rows.remove(change.seq());
      completed.add(row == null ? change : complete(change, row, free));
    }
    return completed;
  }

  private Change complete(Change change, SourceRow row, Map<ContactId, Contact> free) {
    Contact contact = free.get(change.contactId());
    if (contact == null) {
      return change.toBuilder()
          .state(Change.State.REFUSED)
          .oldValues(FieldValues.empty())
          .newValues(FieldValues.empty())
          .error(Match.TAKEN)
          .build();
    }
    FieldDiff diff =
        FieldDiff.of(mapping.contact(), row, contact.fields(), SentValues.none(), today);
    return change.toBuilder()
        .oldValues(diff.oldValues())
        .newValues(diff.newValues())
        .refusedFields(diff.refused())
        .build();
  }
}
