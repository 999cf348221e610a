package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.adoption.Likeness;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.run.Preparation;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the Contacts that may belong to a participant, as they are now. */
final class Candidates {

  private Candidates() {}

  /**
   * Lists them in the order of their ids.
   *
   * @param next what the next run would do with the participant
   * @param contested whether the last run found that the Contact fits another participant too
   * @param matched the Contacts that a duplicate rule of the org named
   */
  static List<Candidate> of(
      Crm crm,
      Preparation preparation,
      PlannedOne next,
      boolean contested,
      List<ContactId> matched,
      SourceRow row,
      LocalDate today) {
    Set<ContactId> ids = new LinkedHashSet<>(matched);
    if (next.doubt() != null) {
      ids.addAll(next.doubt().contacts());
    }
    if (contested) {
      // Seen alone, no other participant competes for the Contact.
      next.changes().stream()
          .filter(c -> c.action() == Change.Action.ADOPT)
          .flatMap(c -> Optional.ofNullable(c.contactId()).stream())
          .forEach(ids::add);
    }
    if (ids.isEmpty()) {
      return List.of();
    }
    FieldValues wanted = wanted(preparation, row, today);
    return crm.contactsById(List.copyOf(ids), preparation.mapping().contactFields()).stream()
        .filter(c -> !c.hasPmiText())
        .sorted(Comparator.comparing(Contact::id))
        .map(c -> new Candidate(c, Likeness.of(wanted, c.fields())))
        .toList();
  }

  /** The values that a new Contact would get. */
  static FieldValues wanted(Preparation preparation, SourceRow row, LocalDate today) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    for (BoundField field : preparation.mapping().contact()) {
      if (field.read(row, today) instanceof ReadValue.Value value) {
        values.put(field.name(), value.value());
      }
    }
    return FieldValues.of(values);
  }
}
