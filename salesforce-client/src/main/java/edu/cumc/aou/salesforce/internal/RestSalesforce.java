package edu.cumc.aou.salesforce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.ApiLimit;
import edu.cumc.aou.salesforce.ApiUsage;
import edu.cumc.aou.salesforce.ApiVersion;
import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.Changes;
import edu.cumc.aou.salesforce.CompositeRequest;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.Organization;
import edu.cumc.aou.salesforce.Reading;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.RecordUpdate;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.load.LoadCalls;
import edu.cumc.aou.salesforce.load.Loader;
import edu.cumc.aou.salesforce.load.Permit;
import feign.TypedResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Salesforce} over Feign. Public only for the factory method of the interface. */
public final class RestSalesforce implements Salesforce {

  private final SalesforceSettings settings;
  private final HttpTransport transport;
  private final Usage usage;
  private final Gateway gateway;
  private final Sessions sessions;
  private final Calls calls;
  private final OpenApi openApi;
  private final QueryApi queryApi;
  private final Queries queries;
  private final OrgApi org;
  private final ChangedRecords changed;
  private final SingleRecords single;
  private final CollectionApi collections;
  private final ManyRecords many;
  private final CompositeCalls composite;
  private final Descriptions descriptions;
  private final BulkApi bulkApi;
  private final CsvUpload uploads;
  private final FailureDecoder failures;
  private final Clock clock;
  private final BulkJobs bulk;
  private final String version;
  private volatile @Nullable Organization organization;
  private volatile @Nullable String userOfSession;

  private RestSalesforce(
      SalesforceSettings settings,
      Surroundings surroundings,
      HttpTransport transport,
      ObjectMapper mapper) {
    this.settings = settings;
    this.transport = transport;
    version = settings.apiVersion();
    usage = new Usage(surroundings.clock());
    gateway =
        new Gateway(
            settings.retry(),
            settings.quotaReserve(),
            usage,
            surroundings,
            new Listeners(settings.listener(), surroundings.clock()));
    Apis apis =
        new Apis(
            settings,
            new WireClient(transport.client(), usage),
            transport.options(),
            mapper,
            usage,
            surroundings.clock());
    sessions =
        new Sessions(
            LoginFlows.of(settings, gateway, apis.login(), surroundings.clock()),
            () -> LoginFlows.renewSecrets(settings.auth()));
    openApi = apis.withoutSession(OpenApi.class, sessions);
    org = apis.withSession(OrgApi.class, sessions);
    calls = new Calls(gateway, sessions, version);
    queryApi = apis.withSession(QueryApi.class, sessions);
    queries = queries(calls);
    changed = new ChangedRecords(calls, org, version);
    single = new SingleRecords(calls, apis.withSession(RecordApi.class, sessions));
    composite = new CompositeCalls(calls, apis.withSession(CompositeApi.class, sessions));
    collections = apis.withSession(CollectionApi.class, sessions);
    many = new ManyRecords(calls, collections);
    descriptions =
        new Descriptions(
            surroundings.clock(),
            object ->
                calls.read(
                    CallKind.DESCRIBE,
                    "describe " + object,
                    () -> org.describe(version, Soql.name(object))));
    clock = surroundings.clock();
    bulkApi = apis.withSession(BulkApi.class, sessions);
    failures = apis.failures();
    uploads = new CsvUpload(transport, sessions, usage, failures, settings.clientName());
    bulk = bulk(calls);
  }

  private Queries queries(Calls of) {
    return new Queries(of, queryApi, () -> sessions.current().instance(), version);
  }

  private BulkJobs bulk(Calls of) {
    return new BulkJobs(
        of, bulkApi, uploads, failures, descriptions::get, clock, settings.queryJobTimeout());
  }

  /** Makes a client; no call is made. */
  public static Salesforce open(SalesforceSettings settings, Surroundings surroundings) {
    Supplier<ObjectMapper> mapper = Json.mapperSoon();
    HttpTransport transport = new HttpTransport(settings, surroundings);
    return new RestSalesforce(settings, surroundings, transport, mapper.get());
  }

  @Override
  public SalesforceSettings settings() {
    return settings;
  }

  @Override
  public List<ApiVersion> versions() {
    List<ApiVersion> versions = new ArrayList<>();
    for (Wire.Version wire : open("versions").body()) {
      String number = WireValues.required(wire.version(), "a version");
      versions.add(new ApiVersion(number, wire.label() == null ? number : wire.label()));
    }
    return List.copyOf(versions);
  }

  @Override
  public Instant serverTime() {
    return Headers.first(open("server time").headers(), "Date")
        .flatMap(Headers::date)
        .orElseThrow(() -> WireValues.missing("the Date header"));
  }

  @Override
  public Instant serverTime(Duration age) {
    return usage.heardTime(age).orElseGet(this::serverTime);
  }

  private TypedResponse<List<Wire.Version>> open(String operation) {
    sessions.current();
    return gateway.callOpen(operation, openApi::versions);
  }

  @Override
  public Map<String, ApiLimit> limits() {
    Map<String, ApiLimit> limits = new LinkedHashMap<>();
    calls
        .read(CallKind.OTHER, "limits", () -> org.limits(version))
        .forEach(
            (name, limit) -> {
              JsonNode max = limit.path("Max");
              JsonNode remaining = limit.path("Remaining");
              if (max.isNumber() && remaining.isNumber()) {
                limits.put(name, new ApiLimit(max.asLong(), remaining.asLong()));
              }
            });
    return Map.copyOf(limits);
  }

  @Override
  public ApiUsage usage() {
    return usage.snapshot();
  }

  @Override
  public Organization organization() {
    Organization known = organization;
    if (known == null) {
      known = askedOrTold();
      organization = known;
    }
    return known;
  }

  /** A user without the permission to view the setup does not see Organization at all. */
  private Organization askedOrTold() {
    try (RecordCursor cursor =
        query(Soql.select("Id", "IsSandbox").from("Organization").limit(1).text())) {
      if (cursor.hasNext()) {
        SalesforceRecord row = cursor.next();
        return new Organization(
            row.id().orElseThrow(() -> WireValues.missing("the organization's id")),
            row.flag("IsSandbox"));
      }
    } catch (SalesforceException e) {
      if (!e.errorCode().equals("INVALID_TYPE") && !e.errorCode().equals("INVALID_FIELD")) {
        throw e;
      }
    }
    LoginIdentity told = sessions.current().identity();
    if (told.org().isEmpty()) {
      throw new SalesforceException(
          SalesforceException.Kind.CONFIGURATION,
          "the user may not read Organization, and the login does not tell which org it is; grant"
              + " the permission View Setup and Configuration");
    }
    return new Organization(told.org(), told.sandbox());
  }

  @Override
  public Optional<String> userId() {
    String user = sessions.current().identity().user();
    if (user.isEmpty()) {
      // a session that was handed over: the list of resources says whose it is
      String known = userOfSession;
      if (known == null) {
        Map<String, JsonNode> parts =
            calls.read(CallKind.OTHER, "resources", () -> org.resources(version));
        JsonNode address = parts.get("identity");
        known = LoginIdentity.ofIdentity(address == null ? null : address.asText()).user();
        userOfSession = known;
      }
      user = known;
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(user);
  }

  @Override
  public ObjectDescription describe(String object) {
    return descriptions.get(object);
  }

  @Override
  public String describeAsSent(String object) {
    return calls
        .read(
            CallKind.DESCRIBE,
            "describe " + object,
            () -> org.describeAsSent(version, Soql.name(object)))
        .toString();
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
    Calls watched = new Calls(gateway.watchedBy(LoadWatch.ofReading(permit)), sessions, version);
    return new RestReading(queries(watched), bulk(watched));
  }

  @Override
  public Loader loader() {
    return new Loader(this::callsOfALoad);
  }

  private LoadCalls callsOfALoad(Permit permit) {
    LoadWatch watch = new LoadWatch(permit);
    Calls watched = new Calls(gateway.watchedBy(watch), sessions, version);
    return new RestLoadCalls(
        this,
        watched,
        watch,
        new ManyRecords(watched, collections),
        bulk(watched),
        queries(watched),
        clock);
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
    gateway.close();
    transport.close();
  }
}
