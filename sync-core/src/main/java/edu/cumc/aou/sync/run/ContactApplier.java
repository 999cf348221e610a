package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.SyncSettings.BulkSettings;
import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.adoption.Match;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.plan.SentMarks;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.ContactInsert;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.IngestJobs;
import edu.cumc.aou.sync.port.InsertMode;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.RecordUpdate;
import edu.cumc.aou.sync.port.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Sends the planned Contacts: first the new ones, then the changed ones, each in key order. */
public final class ContactApplier {

  /** How often a create whose answer was lost, and which did not arrive, is repeated. */
  private static final int MOST_REPEATS = 2;

  private final RunContext context;
  private final RunServices services;
  private final BulkSettings bulk;
  private final RunId run;
  private final BoundMapping mapping;
  private final InsertMode insertMode;

  public ContactApplier(RunContext context) {
    this.context = context;
    this.services = context.services();
    this.bulk = context.settings().bulk();
    this.run = context.run();
    this.mapping = context.mapping();
    this.insertMode =
        mapping.pmiField().isUniqueExternalId() ? InsertMode.UPSERT_BY_PMI_ID : InsertMode.CREATE;
  }

  /** Sends all of them, and finds out about creates whose answer was lost. */
  public void apply(long total) {
    LostAnswers lost = new LostAnswers(context);
    lost.settle();
    probe(total);
    sending(new Inserts(), total).all(bulk);
    for (int i = 0; i < MOST_REPEATS && lost.settle() > 0; i++) {
      sending(new Inserts(), total).all(bulk);
    }
    lost.giveUp();
    leaveTaken();
    sending(new Updates(), total).all(bulk);
  }

  /**
   * Creates a few, and looks whether their Contacts show the PMI IDs that were written, before the
   * others follow.
   */
  private void probe(long total) {
    List<Change> first = nextInserts();
    if (first.isEmpty()) {
      return;
    }
    new ChangeSender<>(sending(new Inserts(), total)).sendFirst();
    long last = first.get(first.size() - 1).seq();
    KeyCheck keys = new KeyCheck(context);
    keys.verify(
        context
            .changes()
            .page(
                run,
                CrmObject.CONTACT,
                Set.of(Change.Action.INSERT),
                Set.of(Change.State.DONE),
                first.get(0).seq() - 1,
                first.size())
            .stream()
            .filter(c -> c.seq() <= last)
            .toList());
    keys.giveUpCreates();
  }

  private List<Change> nextInserts() {
    return context
        .changes()
        .page(
            run,
            CrmObject.CONTACT,
            Set.of(Change.Action.INSERT),
            Set.of(Change.State.PLANNED),
            0,
            Crm.MAX_BATCH);
  }

  /**
   * Refuses to adopt Contacts that somebody gave a PMI ID since they were planned: to put another
   * in its place would make one person of two.
   */
  private void leaveTaken() {
    ChangePages adoptions =
        new ChangePages(
            services.store().changes(),
            run,
            CrmObject.CONTACT,
            Set.of(Change.Action.ADOPT),
            Set.of(Change.State.PLANNED),
            Crm.MAX_BATCH);
    for (List<Change> page : adoptions) {
      services.store().changes().settle(run, taken(page));
    }
  }

  private List<Settlement> taken(List<Change> adoptions) {
    Map<ContactId, PmiId> owners = new HashMap<>();
    Set<ContactId> unreadable = new HashSet<>();
    List<ContactId> ids =
        adoptions.stream().map(c -> Objects.requireNonNull(c.contactId())).toList();
    for (Contact contact : services.crm().contactsById(ids, List.of())) {
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

  /** Finds out what became of an ingest job of Contacts when the run was interrupted. */
  void takeUp(JobTable.Job job) {
    WriteMethod<ContactId> method =
        job.operation() == IngestJobs.Operation.UPDATE ? new Updates() : new Inserts();
    new JobSender<>(sending(method, job.rows()), bulk).takeUp(job);
  }

  private Sending<ContactId> sending(WriteMethod<ContactId> method, long total) {
    return new Sending<>(
        services,
        run,
        context.lease(),
        context.deadline(),
        method,
        new Answers<>(services, run, SyncStep.APPLY_CONTACTS, method, total));
  }

  private void record(List<Change> changes, List<WriteResult.Written<ContactId>> results) {
    List<WrittenContact> written = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      FieldValues values = changes.get(i).newValues();
      written.add(
          new WrittenContact(
              results.get(i).id(), changes.get(i).pmiId(), values, SentMarks.of(changes.get(i))));
    }
    services.store().mirror().recordContacts(written);
  }

  private final class Inserts implements WriteMethod<ContactId> {
    @Override
    public CrmObject object() {
      return CrmObject.CONTACT;
    }

    @Override
    public Set<Change.Action> actions() {
      return Set.of(Change.Action.INSERT);
    }

    @Override
    public List<WriteResult<ContactId>> send(List<Change> batch) {
      List<ContactInsert> inserts =
          batch.stream().map(c -> new ContactInsert(c.pmiId(), c.newValues())).toList();
      return services.crm().insertContacts(inserts, insertMode);
    }

    @Override
    public IngestJobs.Operation operation() {
      return insertMode == InsertMode.CREATE
          ? IngestJobs.Operation.CREATE
          : IngestJobs.Operation.UPSERT_BY_PMI_ID;
    }

    @Override
    public IngestJobs.Row row(Change change) {
      return new IngestJobs.Row(change.pmiId().value(), change.newValues());
    }

    @Override
    public ContactId id(String text) {
      return new ContactId(text);
    }

    @Override
    public void record(List<Change> written, List<WriteResult.Written<ContactId>> results) {
      ContactApplier.this.record(written, results);
      List<Anomaly> existed = new ArrayList<>();
      for (int i = 0; i < written.size(); i++) {
        // the second try of an upsert finds what the first one created
        if (!results.get(i).created() && written.get(i).attempts() == 0) {
          existed.add(
              new Anomaly(AnomalyTable.Kind.EXISTED_BEFORE, written.get(i).pmiId().value()));
        }
      }
      if (!existed.isEmpty()) {
        services.store().anomalies().seen(run, existed);
      }
    }
  }

  private final class Updates implements WriteMethod<ContactId> {
    @Override
    public CrmObject object() {
      return CrmObject.CONTACT;
    }

    @Override
    public Set<Change.Action> actions() {
      return Set.of(Change.Action.UPDATE, Change.Action.ADOPT);
    }

    @Override
    public List<WriteResult<ContactId>> send(List<Change> batch) {
      return services.crm().updateContacts(batch.stream().map(this::update).toList());
    }

    private RecordUpdate<ContactId> update(Change change) {
      ContactId id = Objects.requireNonNull(change.contactId(), "an update names its Contact");
      FieldValues values = change.newValues();
      if (change.action() == Change.Action.ADOPT) {
        values =
            values.with(
                FieldValues.of(
                    Map.of(mapping.pmiField().name(), new FieldValue(change.pmiId().value()))));
      }
      return new RecordUpdate<>(id, values);
    }

    @Override
    public IngestJobs.Operation operation() {
      return IngestJobs.Operation.UPDATE;
    }

    @Override
    public IngestJobs.Row row(Change change) {
      RecordUpdate<ContactId> update = update(change);
      return new IngestJobs.Row(update.id().value(), update.values());
    }

    @Override
    public ContactId id(String text) {
      return new ContactId(text);
    }

    @Override
    public void record(List<Change> written, List<WriteResult.Written<ContactId>> results) {
      ContactApplier.this.record(written, results);
    }
  }
}
