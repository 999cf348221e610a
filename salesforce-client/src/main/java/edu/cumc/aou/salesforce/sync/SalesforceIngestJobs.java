package edu.cumc.aou.salesforce.sync;

import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkProblem;
import edu.cumc.aou.salesforce.bulk.BulkRow;
import edu.cumc.aou.salesforce.bulk.BulkState;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.IngestJobs;
import edu.cumc.aou.sync.port.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sync's ingest jobs as jobs of Bulk API 2.0. Thread-safe; its cursors are not. */
final class SalesforceIngestJobs implements IngestJobs {

  private static final String NOT_PROCESSED = "NOT_PROCESSED";

  /**
   * Rows of a job that go again in small calls because a trigger or a flow has failed with them: a
   * job gives it 200 at once, and small calls find the culprit by halves. Where it fails for more,
   * it is the trigger that needs attention.
   */
  private static final int MOST_TRACKED_DOWN = 1_000;

  private final Salesforce salesforce;
  private final Function<CrmObject, ReadObject> objects;

  SalesforceIngestJobs(Salesforce salesforce, Function<CrmObject, ReadObject> objects) {
    this.salesforce = salesforce;
    this.objects = objects;
  }

  @Override
  public JobId create(Order order) {
    return Translation.call(() -> new JobId(salesforce.bulk().create(ingest(order)).id()));
  }

  @Override
  public void upload(JobId job, Order order, List<Row> rows) {
    BulkIngest ingest = ingest(order);
    RecordWriter writer = writer(order.object());
    String key = keyColumn(order.object(), order.operation());
    Translation.create(
        () ->
            salesforce
                .bulk()
                .upload(
                    job.value(),
                    ingest,
                    rows.stream().map(r -> record(writer, key, r)).iterator()));
  }

  private static Map<String, @Nullable Object> record(RecordWriter writer, String key, Row row) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put(key, row.key());
    writer.json(row.values()).forEach(record::putIfAbsent);
    return record;
  }

  private BulkIngest ingest(Order order) {
    List<String> columns = new ArrayList<>();
    String key = keyColumn(order.object(), order.operation());
    columns.add(key);
    order.fields().stream()
        .map(f -> f.value())
        .filter(f -> !f.equalsIgnoreCase(key))
        .sorted()
        .forEach(columns::add);
    return new BulkIngest(
        objects.apply(order.object()).object(),
        switch (order.operation()) {
          case CREATE -> BulkOperation.INSERT;
          case UPSERT_BY_PMI_ID -> BulkOperation.UPSERT;
          case UPDATE -> BulkOperation.UPDATE;
        },
        order.operation() == Operation.UPSERT_BY_PMI_ID ? key : null,
        columns);
  }

  private String keyColumn(CrmObject object, Operation operation) {
    if (operation == Operation.UPDATE) {
      return ReadObject.ID;
    }
    String field = objects.apply(object).keyField();
    return description(object).field(field).map(f -> f.name()).orElse(field);
  }

  private RecordWriter writer(CrmObject object) {
    return new RecordWriter(salesforce, description(object));
  }

  private ObjectDescription description(CrmObject object) {
    return Translation.call(() -> salesforce.describe(objects.apply(object).object()));
  }

  @Override
  public Progress complete(JobId job) {
    return progress(() -> salesforce.bulk().complete(job.value()));
  }

  @Override
  public Progress progress(JobId job) {
    return progress(() -> salesforce.bulk().job(job.value()));
  }

  @Override
  public Progress await(JobId job, Duration atMost) {
    return progress(() -> salesforce.bulk().await(job.value(), atMost));
  }

  @Override
  public Progress abort(JobId job) {
    return progress(() -> salesforce.bulk().abort(job.value()));
  }

  private static Progress progress(Supplier<BulkJob> call) {
    try {
      BulkJob job = call.get();
      return new Progress(
          stage(job.state()), job.processed(), job.problem().map(BulkProblem::code).orElse(null));
    } catch (SalesforceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return new Progress(Stage.GONE, 0, null);
      }
      throw Translation.translated(e);
    }
  }

  private static Stage stage(BulkState state) {
    if (state == BulkState.OPEN) {
      return Stage.OPEN;
    }
    if (state == BulkState.ABORTED) {
      return Stage.ABORTED;
    }
    return state.isFinal() ? Stage.OVER : Stage.UNDER_WAY;
  }

  @Override
  public Cursor<RowResult> results(JobId job, CrmObject object, Operation operation) {
    // of one cursor, which one thread reads
    int[] trackedDown = {0};
    return new JobResults(
        salesforce.bulk(),
        job.value(),
        row -> {
          RowResult result = read(row, keyColumn(object, operation));
          if (result.result() instanceof WriteResult.Refused<String> refused
              && isOfAutomation(row)
              && ++trackedDown[0] <= MOST_TRACKED_DOWN) {
            return new RowResult(
                result.key(), new WriteResult.Refused<>(refused.code(), refused.fields(), true));
          }
          return result;
        });
  }

  private static boolean isOfAutomation(JobResults.Answer answer) {
    RecordError error = answer.row().error();
    return error != null && error.isOfAutomation();
  }

  private static RowResult read(JobResults.Answer answer, String keyColumn) {
    BulkRow row = answer.row();
    String key =
        row.field(keyColumn)
            .orElseThrow(
                () ->
                    new SyncException(
                        FailureKind.PROTOCOL,
                        "Salesforce: the results of an ingest job lack the column " + keyColumn));
    return new RowResult(
        key,
        switch (answer.file()) {
          case SUCCESSFUL -> new WriteResult.Written<>(row.recordId(), row.created());
          case FAILED -> refused(row);
          case UNPROCESSED -> new WriteResult.Refused<>(NOT_PROCESSED, List.of(), true);
        });
  }

  private static WriteResult<String> refused(BulkRow row) {
    RecordError error = row.error();
    return error == null
        ? new WriteResult.Refused<>("UNKNOWN_EXCEPTION", List.of(), false)
        : new WriteResult.Refused<>(error.code(), error.fields(), error.transientCause());
  }
}
