package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.port.WriteRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes Contacts to change and Contacts to adopt. */
final class ChangedContacts implements WriteSort {

  private final RunContext context;

  ChangedContacts(RunContext context) {
    this.context = context;
  }

  @Override
  public SyncStep step() {
    return SyncStep.APPLY_CONTACTS;
  }

  @Override
  public CrmObject object() {
    return CrmObject.CONTACT;
  }

  @Override
  public Set<Change.Action> actions() {
    return Set.of(Change.Action.UPDATE, Change.Action.ADOPT);
  }

  @Override
  public Operation operation() {
    return Operation.UPDATE;
  }

  @Override
  public WriteRow row(Change change) {
    FieldValues values = change.newValues();
    if (change.action() == Change.Action.ADOPT) {
      values =
          values.with(
              FieldValues.of(
                  Map.of(
                      context.mapping().pmiField().name(),
                      new FieldValue(change.pmiId().value()))));
    }
    return new WriteRow(idOf(change).value(), values);
  }

  private static ContactId idOf(Change change) {
    return Objects.requireNonNull(change.contactId(), "an update names its Contact");
  }

  @Override
  public Settlement done(Change change, Written written) {
    return new Settlement(change.seq(), Change.State.DONE, idOf(change), null, null, List.of());
  }

  @Override
  public void record(List<Done> written) {
    context
        .store()
        .mirror()
        .recordContacts(
            written.stream()
                .map(
                    d ->
                        new WrittenContact(
                            idOf(d.change()),
                            d.change().pmiId(),
                            d.change().newValues(),
                            SentMarks.of(d.change())))
                .toList());
  }

  /**
   * Refuses to adopt Contacts that got a PMI ID since the plan: replacing it would make one person
   * of two.
   */
  void leaveTaken() {
    ChangePages adoptions =
        new ChangePages(
            context.changes(),
            context.run(),
            CrmObject.CONTACT,
            Set.of(Change.Action.ADOPT),
            Set.of(Change.State.PLANNED),
            Crm.MAX_BATCH);
    for (List<Change> page : adoptions) {
      context.changes().settle(context.run(), taken(page));
    }
  }

  private List<Settlement> taken(List<Change> adoptions) {
    Map<ContactId, PmiId> owners = new HashMap<>();
    Set<ContactId> unreadable = new HashSet<>();
    List<ContactId> ids = adoptions.stream().map(ChangedContacts::idOf).toList();
    for (Contact contact : context.crm().contactsById(ids, List.of())) {
      if (contact.pmiId() != null) {
        owners.put(contact.id(), contact.pmiId());
      } else if (contact.hasPmiText()) {
        unreadable.add(contact.id());
      }
    }
    return adoptions.stream()
        .filter(
            c ->
                unreadable.contains(c.contactId())
                    || !owners.getOrDefault(c.contactId(), c.pmiId()).equals(c.pmiId()))
        .map(c -> new Settlement(c.seq(), Change.State.REFUSED, null, null, Match.TAKEN, List.of()))
        .toList();
  }
}
