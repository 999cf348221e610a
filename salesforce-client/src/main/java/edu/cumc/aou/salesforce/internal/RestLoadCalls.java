package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.CompositeRequest;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.internal.bulk.BulkJobs;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.repeat.LoadWatch;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.rest.BatchWriter;
import edu.cumc.aou.salesforce.internal.rest.CompositeCalls;
import edu.cumc.aou.salesforce.internal.rest.Descriptions;
import edu.cumc.aou.salesforce.internal.rest.ManyRecords;
import edu.cumc.aou.salesforce.internal.rest.Queries;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import edu.cumc.aou.salesforce.load.LoadCalls;
import edu.cumc.aou.salesforce.load.LoadOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link LoadCalls} over REST. */
final class RestLoadCalls implements LoadCalls {

  private static final Logger LOG = LoggerFactory.getLogger(RestLoadCalls.class);

  private final Salesforce salesforce;
  private final Descriptions descriptions;
  private final Calls calls;
  private final LoadWatch watch;
  private final ManyRecords many;
  private final CompositeCalls composite;
  private final BulkJobs bulk;
  private final Queries queries;
  private final Clock clock;

  RestLoadCalls(
      Salesforce salesforce,
      Descriptions descriptions,
      Calls calls,
      LoadWatch watch,
      ManyRecords many,
      CompositeCalls composite,
      BulkJobs bulk,
      Queries queries,
      Clock clock) {
    this.salesforce = salesforce;
    this.descriptions = descriptions;
    this.calls = calls;
    this.watch = watch;
    this.many = many;
    this.composite = composite;
    this.bulk = bulk;
    this.queries = queries;
    this.clock = clock;
  }

  @Override
  public Object prepared(BulkIngest order, Map<String, @Nullable Object> record) {
    Map<String, @Nullable Object> nested = nested(record);
    return switch (order.operation()) {
      case INSERT, UPSERT -> WireValues.typed(order.object(), nested);
      case UPDATE -> {
        String id = id(nested);
        nested.keySet().removeIf("Id"::equalsIgnoreCase);
        yield ManyRecords.withId(order.object(), id, nested);
      }
      default -> Calls.id(id(nested));
    };
  }

  /** A column {@code Account.Site_Key__c} becomes a parent in JSON. */
  private static Map<String, @Nullable Object> nested(Map<String, @Nullable Object> record) {
    Map<String, @Nullable Object> nested = new LinkedHashMap<>();
    record.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          if (dot < 0) {
            nested.put(name, value);
          } else if (value == null) {
            throw new IllegalArgumentException(
                name + ": a parent is cleared by its lookup field, not by its external id");
          } else {
            nested.put(name.substring(0, dot), Map.of(name.substring(dot + 1), value));
          }
        });
    return nested;
  }

  private static String id(Map<String, @Nullable Object> record) {
    return valueOf("Id", record);
  }

  /** The value of the column that a record is found by, whatever case its name is written in. */
  private static String valueOf(String column, Map<String, @Nullable Object> record) {
    return record.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(column) && e.getValue() != null)
        .map(e -> String.valueOf(e.getValue()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a record has no " + column));
  }

  @Override
  public Answer send(LoadOrder order, List<Object> prepared) {
    long unknown = watch.unknown();
    BulkIngest ingest = order.ingest();
    return switch (ingest.operation()) {
      case INSERT -> send(many.creating(ingest.object()), records(prepared), unknown);
      case UPDATE -> send(many.updating(ingest.object()), records(prepared), unknown);
      case UPSERT ->
          send(
              many.upserting(
                  ingest.object(), String.valueOf(ingest.externalIdField()), safety(order)),
              records(prepared),
              unknown);
      default -> send(many.deleting(), prepared.stream().map(String::valueOf).toList(), unknown);
    };
  }

  private static Safety safety(LoadOrder order) {
    return order.isRepeatable() ? Safety.REPEATABLE : Safety.ONCE;
  }

  /** They came from {@link #prepared}. */
  @SuppressWarnings("unchecked")
  private static List<Map<String, @Nullable Object>> records(List<Object> prepared) {
    return prepared.stream().map(r -> (Map<String, @Nullable Object>) r).toList();
  }

  private <T> Answer send(BatchWriter<T> writer, List<T> records, long unknownBefore) {
    BatchWriter.Outcome outcome = writer.attempt(records);
    SalesforceException failure = outcome.failure();
    return new Answer(
        outcome.results(),
        failure == null
            ? null
            : new Broken(outcome.from(), outcome.to(), failure, watch.lastSent()),
        watch.unknown() > unknownBefore);
  }

  @Override
  public Answer sendEach(LoadOrder order, List<Object> prepared) {
    BulkIngest ingest = order.ingest();
    long unknown = watch.unknown();
    CompositeRequest request = CompositeRequest.eachForItself();
    for (Map<String, @Nullable Object> record : records(prepared)) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>(record);
      fields.remove("attributes");
      String reference = "row" + request.calls().size();
      String key = ingest.externalIdField();
      if (key == null) {
        request = request.create(reference, ingest.object(), fields);
      } else {
        String value = valueOf(key, fields);
        fields.keySet().removeIf(key::equalsIgnoreCase);
        request = request.upsert(reference, ingest.object(), key, value, fields);
      }
    }
    Map<String, SaveResult> results = composite.send(request, safety(order));
    return new Answer(List.copyOf(results.values()), null, watch.unknown() > unknown);
  }

  @Override
  public Bulk bulk() {
    return bulk;
  }

  @Override
  public RecordCursor query(String soql) {
    return queries.rows(soql);
  }

  @Override
  public ObjectDescription describe(String object) {
    return descriptions.get(object);
  }

  @Override
  public void getReady(String object) {
    if (descriptions.knows(object)) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                ObjectDescription unused = descriptions.get(object);
              } catch (RuntimeException e) {
                // The first caller that needs it asks again and sees the failure; a refused login
                // is not repeated.
                LOG.debug("getting ready for a load failed: {}", e.getClass().getSimpleName());
              }
            },
            "salesforce-get-ready");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Instant serverTime() {
    return salesforce.serverTime();
  }

  @Override
  public Optional<String> userId() {
    return salesforce.userId();
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void askToWrite() {
    watch.askToWrite();
  }

  @Override
  public void askMeanwhile() {
    watch.askMeanwhile();
  }

  @Override
  public void askToWaitFor(Duration wait) {
    watch.askToWaitFor(wait);
  }

  @Override
  public void pause(Duration wait) {
    calls.gateway().waitToLookAgain(wait);
  }

  @Override
  public Duration answerTimeout() {
    return salesforce.settings().answerTimeout();
  }

  @Override
  public void noteRepeat() {
    calls.gateway().noteRepeat();
  }
}
