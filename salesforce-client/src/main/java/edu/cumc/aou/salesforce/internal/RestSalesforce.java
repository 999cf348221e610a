package edu.cumc.aou.salesforce.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.ApiLimit;
import edu.cumc.aou.salesforce.ApiUsage;
import edu.cumc.aou.salesforce.ApiVersion;
import edu.cumc.aou.salesforce.CallHeaders;
import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.Changes;
import edu.cumc.aou.salesforce.CompositeRequest;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.ObjectSummary;
import edu.cumc.aou.salesforce.Organization;
import edu.cumc.aou.salesforce.RawAnswer;
import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.Reading;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.RecordUpdate;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.internal.bulk.BulkApi;
import edu.cumc.aou.salesforce.internal.bulk.BulkJobs;
import edu.cumc.aou.salesforce.internal.bulk.CsvLoadFiles;
import edu.cumc.aou.salesforce.internal.bulk.CsvUpload;
import edu.cumc.aou.salesforce.internal.bulk.SoqlText;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.login.LoginApi;
import edu.cumc.aou.salesforce.internal.login.Sessions;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.LoadWatch;
import edu.cumc.aou.salesforce.internal.rest.ChangedRecords;
import edu.cumc.aou.salesforce.internal.rest.CollectionApi;
import edu.cumc.aou.salesforce.internal.rest.CompositeApi;
import edu.cumc.aou.salesforce.internal.rest.CompositeCalls;
import edu.cumc.aou.salesforce.internal.rest.Descriptions;
import edu.cumc.aou.salesforce.internal.rest.IdentityCalls;
import edu.cumc.aou.salesforce.internal.rest.ManyRecords;
import edu.cumc.aou.salesforce.internal.rest.OpenApi;
import edu.cumc.aou.salesforce.internal.rest.OrgApi;
import edu.cumc.aou.salesforce.internal.rest.OrgCalls;
import edu.cumc.aou.salesforce.internal.rest.Queries;
import edu.cumc.aou.salesforce.internal.rest.QueryApi;
import edu.cumc.aou.salesforce.internal.rest.RawCalls;
import edu.cumc.aou.salesforce.internal.rest.RecordApi;
import edu.cumc.aou.salesforce.internal.rest.RecycleBin;
import edu.cumc.aou.salesforce.internal.rest.SingleRecords;
import edu.cumc.aou.salesforce.internal.wire.HttpTransport;
import edu.cumc.aou.salesforce.internal.wire.OnFirstUse;
import edu.cumc.aou.salesforce.internal.wire.Soon;
import edu.cumc.aou.salesforce.internal.wire.WireJson;
import edu.cumc.aou.salesforce.load.CsvLoad;
import edu.cumc.aou.salesforce.load.LoadCalls;
import edu.cumc.aou.salesforce.load.LoadTally;
import edu.cumc.aou.salesforce.load.Loader;
import edu.cumc.aou.salesforce.load.Permit;
import java.io.Reader;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Salesforce} over Feign. Public only for the factory method of the interface. */
public final class RestSalesforce implements Salesforce {

  private final Shared shared;
  private final CallHeaders headers;
  private final Sessions sessions;
  private final Calls calls;
  private final Supplier<QueryApi> queryApi;
  private final Queries queries;
  private final Supplier<OrgApi> org;
  private final OrgCalls orgCalls;
  private final IdentityCalls identity;
  private final ChangedRecords changed;
  private final SingleRecords single;
  private final Supplier<CollectionApi> collections;
  private final ManyRecords many;
  private final CompositeCalls composite;
  private final Supplier<CompositeApi> compositeApi;
  private final Descriptions descriptions;
  private final Supplier<BulkApi> bulkApi;
  private final CsvUpload uploads;
  private final FailureDecoder failures;
  private final RawCalls raw;
  private final RecycleBin bin;
  private final BulkJobs bulk;
  private final String version;

  private RestSalesforce(Shared shared, CallHeaders headers) {
    this.shared = shared;
    this.headers = headers;
    version = shared.settings().apiVersion();
    sessions = shared.sessions();
    Apis apis = shared.apis(headers.values());
    org = new OnFirstUse<>(() -> apis.withSession(OrgApi.class, sessions));
    calls = new Calls(shared.gateway(), sessions, version);
    orgCalls =
        new OrgCalls(
            calls, new OnFirstUse<>(() -> apis.withoutSession(OpenApi.class, sessions)), org);
    queryApi = new OnFirstUse<>(() -> apis.withSession(QueryApi.class, sessions));
    queries = queries(calls);
    identity = new IdentityCalls(calls, org, queries);
    changed = new ChangedRecords(calls, org, version);
    single =
        new SingleRecords(
            calls, new OnFirstUse<>(() -> apis.withSession(RecordApi.class, sessions)));
    compositeApi = new OnFirstUse<>(() -> apis.withSession(CompositeApi.class, sessions));
    composite = new CompositeCalls(calls, compositeApi);
    collections = new OnFirstUse<>(() -> apis.withSession(CollectionApi.class, sessions));
    many = new ManyRecords(calls, collections);
    descriptions =
        new Descriptions(
            shared.clock(),
            object ->
                calls.read(
                    CallKind.DESCRIBE,
                    "describe " + object,
                    () -> org.get().describe(version, Soql.name(object))));
    bulkApi = new OnFirstUse<>(() -> apis.withSession(BulkApi.class, sessions));
    failures = apis.failures();
    raw = apis.raw(calls);
    bin = apis.bin(calls);
    uploads =
        new CsvUpload(
            shared.transport(), sessions, shared.usage(), failures, shared.settings().clientName());
    bulk = bulk(calls);
  }

  private Queries queries(Calls of) {
    return new Queries(of, queryApi, () -> sessions.current().instance(), version);
  }

  private BulkJobs bulk(Calls of) {
    return new BulkJobs(
        of,
        bulkApi,
        uploads,
        failures,
        descriptions::get,
        shared.clock(),
        shared.settings().queryJobTimeout());
  }

  /** Makes a client; no call is made. */
  public static Salesforce open(SalesforceSettings settings, Surroundings surroundings) {
    Supplier<ObjectMapper> mapper = WireJson.mapperSoon();
    HttpTransport transport = new HttpTransport(settings, surroundings);
    RestSalesforce made =
        new RestSalesforce(
            Shared.of(settings, surroundings, transport, mapper), new CallHeaders(Map.of()));
    Supplier<LoginApi> unused =
        new Soon<>("salesforce-clients", made.shared.login(), login -> made.buildNext());
    return made;
  }

  /** What a program mostly needs after its login; the login waits for the network meanwhile. */
  private void buildNext() {
    OrgApi unused = org.get();
    BulkApi unusedToo = bulkApi.get();
  }

  @Override
  public SalesforceSettings settings() {
    return shared.settings();
  }

  @Override
  public List<ApiVersion> versions() {
    return orgCalls.versions();
  }

  @Override
  public Instant serverTime() {
    return orgCalls.serverTime();
  }

  @Override
  public Instant serverTime(Duration age) {
    return shared.usage().heardTime(age).orElseGet(this::serverTime);
  }

  @Override
  public Map<String, ApiLimit> limits() {
    return orgCalls.limits();
  }

  @Override
  public ApiUsage usage() {
    return shared.usage().snapshot();
  }

  @Override
  public Organization organization() {
    return identity.organization();
  }

  @Override
  public Optional<String> userId() {
    return identity.userId();
  }

  @Override
  public ObjectDescription describe(String object) {
    return descriptions.get(object);
  }

  @Override
  public List<ObjectSummary> objects() {
    return orgCalls.objects();
  }

  @Override
  public Salesforce with(CallHeaders more) {
    CallHeaders all = headers;
    for (Map.Entry<String, String> header : more.values().entrySet()) {
      all = all.and(header.getKey(), header.getValue());
    }
    return new RestSalesforce(shared, all);
  }

  @Override
  public LoadTally load(CsvLoad load, Reader rows, Writer results, Permit permit) {
    return load.run(loader(), new CsvLoadFiles(rows, results), permit);
  }

  @Override
  public RawAnswer send(RawRequest request) {
    return raw.send(request);
  }

  @Override
  public RecordCursor query(String soql) {
    return queries.rows(soql);
  }

  @Override
  public RecordCursor queryAll(String soql) {
    return queries.rowsAndDeleted(soql);
  }

  @Override
  public RecordCursor read(String soql, long bulkFrom) {
    Optional<SoqlText> text = SoqlText.read(soql).filter(SoqlText::plain);
    if (text.isPresent() && count(text.get().counting()) >= bulkFrom) {
      return bulk.query(soql);
    }
    return query(soql);
  }

  @Override
  public Bulk bulk() {
    return bulk;
  }

  @Override
  public Reading reading(Permit permit) {
    Calls watched =
        new Calls(shared.gateway().watchedBy(LoadWatch.ofReading(permit)), sessions, version);
    return new RestReading(queries(watched), bulk(watched));
  }

  @Override
  public Loader loader() {
    return new Loader(this::callsOfALoad);
  }

  private LoadCalls callsOfALoad(Permit permit) {
    LoadWatch watch = new LoadWatch(permit);
    Calls watched = new Calls(shared.gateway().watchedBy(watch), sessions, version);
    return new RestLoadCalls(
        this,
        descriptions,
        watched,
        watch,
        new ManyRecords(watched, collections),
        new CompositeCalls(watched, compositeApi),
        bulk(watched),
        queries(watched),
        shared.clock());
  }

  @Override
  public long count(String soql) {
    return queries.count(soql);
  }

  @Override
  public long countAll(String soql) {
    return queries.countAndDeleted(soql);
  }

  @Override
  public List<Long> counts(List<String> soql) {
    return composite.counts(soql).orElseGet(() -> soql.stream().map(this::count).toList());
  }

  @Override
  public Optional<SalesforceRecord> get(String object, String id, List<String> fields) {
    return single.get(object, id, fields);
  }

  @Override
  public Optional<SalesforceRecord> getByExternalId(
      String object, String externalIdField, String value, List<String> fields) {
    return single.getByExternalId(object, externalIdField, value, fields);
  }

  @Override
  public void updateByExternalId(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields) {
    single.updateByExternalId(object, externalIdField, value, fields);
  }

  @Override
  public boolean deleteByExternalId(String object, String externalIdField, String value) {
    return single.deleteByExternalId(object, externalIdField, value);
  }

  @Override
  public String create(String object, Map<String, @Nullable Object> fields) {
    return single.create(object, fields);
  }

  @Override
  public void update(String object, RecordUpdate update) {
    single.update(object, update);
  }

  @Override
  public Saved upsert(
      String object, String externalIdField, String value, Map<String, @Nullable Object> fields) {
    return single.upsert(object, externalIdField, value, fields);
  }

  @Override
  public void delete(String object, String id) {
    single.delete(object, id);
  }

  @Override
  public List<SaveResult> createAll(String object, List<Map<String, @Nullable Object>> records) {
    return many.createAll(object, records);
  }

  @Override
  public List<SaveResult> updateAll(String object, List<RecordUpdate> updates) {
    return many.updateAll(object, updates);
  }

  @Override
  public List<SaveResult> upsertAll(
      String object, String externalIdField, List<Map<String, @Nullable Object>> records) {
    return many.upsertAll(object, externalIdField, records);
  }

  @Override
  public List<SaveResult> deleteAll(List<String> ids) {
    return many.deleteAll(ids);
  }

  @Override
  public List<SaveResult> undeleteAll(List<String> ids) {
    return bin.undeleteAll(ids);
  }

  @Override
  public Map<String, SaveResult> composite(CompositeRequest request) {
    return composite.send(request);
  }

  @Override
  public List<Optional<SalesforceRecord>> retrieve(
      String object, List<String> ids, List<String> fields) {
    return many.retrieve(object, ids, fields);
  }

  @Override
  public Changes.Updated updated(String object, Instant from, Instant to) {
    return changed.updated(object, from, to);
  }

  @Override
  public Changes.Deleted deleted(String object, Instant from, Instant to) {
    return changed.deleted(object, from, to);
  }

  @Override
  public void close() {
    shared.gateway().close();
    shared.transport().close();
  }
}
