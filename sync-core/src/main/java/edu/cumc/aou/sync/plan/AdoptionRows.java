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
 * The adoptions of one plan: what is sent to each Contact is what differs from what it has. Holds
 * the rows of one batch.
 */
final class AdoptionRows {

  private final Adoption adoption;
  private final BoundMapping mapping;
  private final LocalDate today;
  private final Map<Long, SourceRow> rows = new HashMap<>();

  /** The rows' hashes, by the change: which of them are refused shows at the end. */
  private final Map<Long, Long> hashes = new HashMap<>();

  /** Journeys that wait for an adoption, by the change of their Contact. */
  private final Map<Long, Long> journeys = new HashMap<>();

  private @Nullable PmiId lastGiven;
  private long lastSeq;
  private Match.@Nullable Doubtful doubt;

  AdoptionRows(Adoption adoption, BoundMapping mapping, LocalDate today) {
    this.adoption = adoption;
    this.mapping = mapping;
    this.today = today;
  }

  /** Looks for the Contact of a participant who has none. */
  Match find(PmiId pmiId, SourceRow row, Contacts contacts, FieldValues values) {
    Set<ContactId> gone =
        contacts.all().stream().map(MirroredContact::id).collect(Collectors.toSet());
    Match match = adoption.find(pmiId, SourceHash.ofRows(List.of(row)), gone, values);
    doubt = match instanceof Match.Doubtful doubtful ? doubtful : null;
    return match;
  }

  /** What was doubtful of the participant who was looked for last; null if nothing was. */
  Match.@Nullable Doubtful doubt() {
    return doubt;
  }

  /** Looks whether a participant may have the Contact that survived a merge. */
  Match ofSurvivor(ContactId survivor) {
    return adoption.ofSurvivor(survivor);
  }

  /** Takes note of a participant who has no Contact and gets none now. */
  void passOver(SourceRow row) {
    if (adoption.isOn()) {
      adoption.passOver(FieldDiff.ofNew(mapping.contact(), row, today).newValues());
    }
  }

  /** Gives a Contact to the change with this position, which {@link #complete} will complete. */
  void give(PmiId pmiId, ContactId contact, long seq, SourceRow row) {
    adoption.give(contact, seq);
    lastGiven = pmiId;
    lastSeq = seq;
    rows.put(seq, row);
    hashes.put(seq, HexFormat.fromHexDigitsToLong(SourceHash.ofRows(List.of(row))));
  }

  /** The participant's journey waits, by the change with this position, for its Contact. */
  void await(PmiId pmiId, long seq) {
    if (pmiId.equals(lastGiven)) {
      journeys.put(lastSeq, seq);
    }
  }

  /** The change of the journey that waits for the adoption with this position, if one does. */
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
   * Looks at the Contacts once more and limits the adoptions among these changes to what differs; a
   * Contact that is free no more is refused.
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
    return change.toBuilder().oldValues(diff.oldValues()).newValues(diff.newValues()).build();
  }
}
