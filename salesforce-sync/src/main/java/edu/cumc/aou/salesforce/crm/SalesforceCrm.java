package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.ApiUsage;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.Organization;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.load.Permit;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.ContactTrace;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.port.RecordStamp;
import edu.cumc.aou.sync.port.WaitPermit;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.port.WriteOrder;
import edu.cumc.aou.sync.port.WriteRow;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sync's {@link Crm} over a Salesforce client, which it does not close. Thread-safe; its
 * cursors are not.
 */
public final class SalesforceCrm implements Crm {

  /**
   * From this many records on, a Bulk job reads them in fewer calls: it takes five, REST one per
   * page.
   */
  private static final long BULK_FROM = 10_000;

  /** A recent answer's time saves the call that would ask for it. */
  private static final Duration HEARD = Duration.ofSeconds(5);

  private final Salesforce salesforce;
  private final QueryRoad road;
  private final ReadObject contacts;
  private final ReadObject journeys;
  private final Expected expected;

  private SalesforceCrm(
      Salesforce salesforce,
      QueryRoad road,
      ReadObject contacts,
      ReadObject journeys,
      Expected expected) {
    this.expected = expected;
    this.salesforce = salesforce;
    this.road = road;
    this.contacts = contacts;
    this.journeys = journeys;
  }

  /**
   * Makes the port of a client; makes no call.
   *
   * @throws SyncException CONFIG if the settings name an object or field by a malformed API name
   */
  public static SalesforceCrm create(Salesforce salesforce, SyncSettings settings) {
    return create(salesforce, settings, BULK_FROM);
  }

  /** The same, with another threshold for Bulk jobs. */
  static SalesforceCrm create(Salesforce salesforce, SyncSettings settings, long bulkFrom) {
    return new SalesforceCrm(
        salesforce,
        new QueryRoad(salesforce.reading(Permit.ALWAYS), bulkFrom),
        new ReadObject(
            name("contact.object", settings.contact().object()),
            name("contact.pmi-field", settings.contact().pmiField()),
            settings.contact().where()),
        new ReadObject(
            name("journey.object", settings.journey().object()),
            name("journey.contact-field", settings.journey().contactField()),
            settings.journey().where()),
        new Expected());
  }

  @Override
  public Crm asking(WaitPermit permit) {
    return new SalesforceCrm(
        salesforce,
        new QueryRoad(salesforce.reading(new PermitOfWait(permit)), road.bulkFrom()),
        contacts,
        journeys,
        expected);
  }

  private static String name(String setting, String name) {
    if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new SyncException(
          FailureKind.CONFIG,
          setting + " must be an API name: a letter, then letters, digits and underscores");
    }
    return name;
  }

  @Override
  public OrgIdentity org() {
    return CrmFaults.call(
        () -> {
          Organization org = salesforce.organization();
          return new OrgIdentity(SalesforceIds.canonical(org.id()), org.sandbox(), org.name());
        });
  }

  @Override
  public Instant serverTime() {
    return CrmFaults.call(() -> salesforce.serverTime(HEARD));
  }

  @Override
  public ObjectInfo describe(CrmObject object) {
    return FieldKinds.info(description(object(object)));
  }

  private ObjectDescription description(ReadObject object) {
    return CrmFaults.call(() -> salesforce.describe(object.object()));
  }

  @Override
  public long count(CrmObject object, CrmScope scope) {
    String soql = counting(object(object), scope);
    long count =
        asking(
            object(object),
            List.of(),
            () ->
                ReadObject.withDeleted(scope) ? salesforce.countAll(soql) : salesforce.count(soql));
    if (scope.kind() == CrmScope.Kind.CREATED_SINCE) {
      expected.counted(object, count);
    }
    return count;
  }

  @Override
  public Map<CrmObject, Long> counts(CrmScope scope) {
    if (!ReadObject.withDeleted(scope)) {
      try {
        List<Long> counts =
            salesforce.counts(List.of(counting(contacts, scope), counting(journeys, scope)));
        return Map.of(CrmObject.CONTACT, counts.get(0), CrmObject.JOURNEY, counts.get(1));
      } catch (SalesforceException e) {
        if (e.kind() != Kind.REJECTED && e.kind() != Kind.NOT_FOUND) {
          throw CrmFaults.translated(e);
        }
        // Counting one by one shows which setting Salesforce does not understand.
      }
    }
    return Map.of(
        CrmObject.CONTACT,
        count(CrmObject.CONTACT, scope),
        CrmObject.JOURNEY,
        count(CrmObject.JOURNEY, scope));
  }

  private static String counting(ReadObject object, CrmScope scope) {
    return object.limitTo(Soql.count(), scope).text();
  }

  @Override
  public Cursor<Contact> contacts(CrmScope scope, List<FieldName> fields) {
    RecordReader reader = new RecordReader(description(contacts), contacts.keyField(), fields);
    return open(contacts, scope, reader, reader::contact);
  }

  @Override
  public List<Contact> contactsById(List<ContactId> ids, List<FieldName> fields) {
    if (ids.isEmpty()) {
      return List.of();
    }
    RecordReader reader = new RecordReader(description(contacts), contacts.keyField(), fields);
    List<String> texts = ids.stream().map(ContactId::value).toList();
    return CrmFaults.call(
        () ->
            salesforce.retrieve(contacts.object(), texts, List.copyOf(reader.columns())).stream()
                .flatMap(Optional::stream)
                .map(record -> reader.contact(record, true))
                .filter(contact -> !contact.deleted())
                .toList());
  }

  @Override
  public Cursor<Journey> journeys(CrmScope scope, List<FieldName> fields) {
    RecordReader reader = new RecordReader(description(journeys), journeys.keyField(), fields);
    return open(journeys, scope, reader, reader::journey);
  }

  @Override
  public Cursor<RecordStamp> stamps(CrmObject object, Instant from, Instant before) {
    return stamps(object, object(object).stamps(from, before), expected.ofStamps(object));
  }

  @Override
  public Cursor<RecordStamp> stampsOfOthers(CrmObject object, Instant from, Instant before) {
    String user = CrmFaults.call(salesforce::userId).orElse(null);
    return stamps(object, object(object).stampsOfOthers(from, before, user), 0);
  }

  private Cursor<RecordStamp> stamps(CrmObject object, Soql query, long many) {
    return new RecordPages<>(
        asking(object(object), List.of(), () -> road.read(query, true, many)),
        null,
        (record, selected) -> RecordReader.stamp(record));
  }

  @Override
  public Cursor<String> changedByOthers(CrmObject object, Instant since) {
    String user = CrmFaults.call(salesforce::userId).orElse(null);
    Soql query = object(object).changedByOthers(since, user);
    RecordCursor records =
        asking(object(object), List.of(ReadObject.ID), () -> road.read(query, false));
    return new RecordPages<>(
        records, null, (record, all) -> SalesforceIds.canonical(record.id().orElse("")));
  }

  /** Asks Salesforce; if it does not understand, names the setting to blame. */
  private <T> T asking(ReadObject object, List<String> columns, Supplier<T> query) {
    QueryFaults.Settings settings =
        object.equals(contacts)
            ? new QueryFaults.Settings("contact", "contact.pmi-field")
            : new QueryFaults.Settings("journey", "journey.contact-field");
    return QueryFaults.call(
        settings, object, columns, () -> salesforce.describe(object.object()), query);
  }

  @Override
  public Optional<PointedRecord> pointedAt(CrmObject from, String id) {
    String object = (from == CrmObject.CONTACT ? contacts : journeys).object();
    return CrmFaults.call(() -> PointedRecords.find(salesforce, object, id));
  }

  @Override
  public List<Automation> automation() {
    return CrmFaults.call(() -> Automations.of(salesforce, contacts.object(), journeys.object()));
  }

  @Override
  public Mail mail() {
    return CrmFaults.call(() -> Automations.mail(salesforce));
  }

  @Override
  public Optional<Map<String, List<String>>> idsBy(
      String object, String field, @Nullable String value) {
    return CrmFaults.call(() -> ParentQuery.ids(salesforce, object, field, value));
  }

  private <T> Cursor<T> open(
      ReadObject object,
      CrmScope scope,
      RecordReader reader,
      BiFunction<SalesforceRecord, Boolean, T> read) {
    List<String> columns = List.copyOf(reader.columns());
    Soql limited = object.limitTo(Soql.select(reader.columns()), scope);
    Soql query = ReadObject.withDeleted(scope) ? ReadObject.inTime(limited) : limited;
    long many =
        scope.kind() == CrmScope.Kind.CHANGED_SINCE
            ? expected.ofChanges(object.equals(contacts) ? CrmObject.CONTACT : CrmObject.JOURNEY)
            : 0;
    if (!ReadObject.withDeleted(scope)) {
      return new RecordPages<>(asking(object, columns, () -> road.read(query, false)), null, read);
    }
    if (object.where().isBlank()) {
      return new RecordPages<>(
          asking(object, columns, () -> road.read(query, true, many)), null, read);
    }
    return asking(
        object,
        columns,
        () -> {
          Instant now = salesforce.serverTime();
          SelectedIds selected =
              new SelectedIds(
                  road.read(object.selectedAmongChanged(scope), true, many),
                  now,
                  since ->
                      road.read(object.selectedAmongChanged(CrmScope.changedSince(since)), true));
          RecordCursor all = road.read(query, true, many);
          return new RecordPages<>(all, selected, read);
        });
  }

  @Override
  public void write(WriteOrder order, Iterator<WriteRow> rows, WriteJournal journal) {
    switch (order.operation()) {
      case DELETE -> new BinWriter(salesforce, object(order.object()), journal).delete(rows);
      case RESTORE -> new BinWriter(salesforce, object(order.object()), journal).restore(rows);
      case CREATE, UPSERT_BY_PMI_ID, UPDATE -> writer(order).write(rows, journal);
    }
  }

  @Override
  public List<ContactTrace> traces(List<ContactId> ids) {
    return CrmFaults.call(() -> new Traces(salesforce, contacts, journeys).of(ids));
  }

  @Override
  public void takeUp(
      WriteOrder order,
      JobTable.Job job,
      List<WriteRow> rows,
      Instant since,
      WriteJournal journal) {
    writer(order).takeUp(job, rows, since, journal);
  }

  @Override
  public void settle(
      WriteOrder order,
      Iterator<WriteRow> rows,
      Instant since,
      boolean mayBeUnderWay,
      WriteJournal journal) {
    writer(order).settle(rows, since, mayBeUnderWay, journal);
  }

  private CrmWriter writer(WriteOrder order) {
    ReadObject object = object(order.object());
    return new CrmWriter(
        salesforce,
        description(object),
        object.keyField(),
        order,
        saved -> expected.saved(order.object(), saved));
  }

  @Override
  public boolean stopJob(JobId job) {
    try {
      return salesforce.bulk().abort(job.value()).state().isFinal();
    } catch (SalesforceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return true;
      }
      throw CrmFaults.translated(e);
    }
  }

  @Override
  public List<Concern> concerns() {
    return CrmFaults.call(
        () -> ConnectionConcerns.of(salesforce.settings(), salesforce.versions()));
  }

  @Override
  public CrmUsage usage() {
    ApiUsage usage = salesforce.usage();
    Map<String, Long> repeats = new TreeMap<>();
    usage
        .repeats()
        .forEach((kind, count) -> repeats.put(kind.name().toLowerCase(Locale.ROOT), count));
    return new CrmUsage(
        usage.total(), repeats, usage.dailyUsed().orElse(-1), usage.dailyMax().orElse(-1));
  }

  @Override
  public Duration readTimeout() {
    return salesforce.settings().answerTimeout();
  }

  private ReadObject object(CrmObject object) {
    return object == CrmObject.CONTACT ? contacts : journeys;
  }
}
