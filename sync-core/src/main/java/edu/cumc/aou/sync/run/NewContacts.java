package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.port.WriteRow;
import java.util.List;
import java.util.Set;

/** Creates Contacts, by upsert where PMI IDs are a unique external id. */
final class NewContacts implements WriteSort {

  private final RunContext context;

  NewContacts(RunContext context) {
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
    return Set.of(Change.Action.INSERT);
  }

  @Override
  public Operation operation() {
    return context.mapping().pmiField().isUniqueExternalId()
        ? Operation.UPSERT_BY_PMI_ID
        : Operation.CREATE;
  }

  @Override
  public WriteRow row(Change change) {
    return new WriteRow(change.pmiId().value(), change.newValues());
  }

  @Override
  public Settlement done(Change change, Written written) {
    return new Settlement(
        change.seq(), Change.State.DONE, contactId(written), null, null, List.of());
  }

  private static ContactId contactId(Written written) {
    return ContactId.tryParse(written.id())
        .orElseThrow(
            () ->
                new SyncException(
                    FailureKind.PROTOCOL,
                    "Salesforce: a Contact that was created came back without an id that can be"
                        + " read"));
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
                            contactId(d.written()),
                            d.change().pmiId(),
                            d.change().newValues(),
                            SentMarks.of(d.change())))
                .toList());
    // The second try of an upsert finds what the first one created.
    List<Anomaly> existed =
        written.stream()
            .filter(d -> !d.written().created() && !d.written().repeated())
            .filter(d -> d.change().attempts() == 0)
            .map(d -> new Anomaly(AnomalyTable.Kind.EXISTED_BEFORE, d.change().pmiId().value()))
            .toList();
    if (!existed.isEmpty()) {
      context.store().anomalies().seen(context.run(), existed);
    }
  }
}
