package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Mishap;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.org.Upsert;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job that writes records: 200 at a time, in batches of 10,000. */
final class IngestJob extends StoredJob {
  static final int BATCH = 10_000;
  static final int CHUNK = 200;

  private final Org org;
  private final StoredJobs jobs;
  private final IngestSpec spec;
  private final BulkSettings settings;
  private final IngestResults results;
  private final Map<String, Integer> keysInBatch = new HashMap<>();
  private final Deque<String[]> batch = new ArrayDeque<>();
  private Iterator<String[]> unread = Collections.emptyIterator();
  private boolean isNewBatch;
  private Optional<String> upload = Optional.empty();
  private Optional<IngestColumns> columns = Optional.empty();
  private Optional<Instant> due = Optional.empty();

  IngestJob(
      Org org,
      StoredJobs jobs,
      Origin origin,
      CsvDialect dialect,
      IngestSpec spec,
      BulkSettings settings) {
    super(origin, dialect, State.OPEN);
    this.org = org;
    this.jobs = jobs;
    this.spec = spec;
    this.settings = settings;
    this.results = new IngestResults(dialect);
  }

  @Override
  ObjectType type() {
    return spec.type();
  }

  @Override
  String operation() {
    return spec.operation().wireName();
  }

  /**
   * Takes the data.
   *
   * @throws ApiException if there is some already, or the job is closed
   */
  void upload(String csv) {
    if (state() != State.OPEN) {
      throw invalidState(
          "Job " + origin().id() + " takes no data in the state " + state().wireName());
    }
    if (upload.isPresent()) {
      throw ApiException.of(
          400,
          "BULK_API_ERROR",
          "Found multipe contents for job: <"
              + origin().id()
              + ">, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and"
              + " make sure you only do 'PUT' once on a given Job.");
    }
    upload = Optional.of(csv);
  }

  /**
   * Closes the upload; the job goes on by itself from here.
   *
   * @throws ApiException if it is closed already
   */
  void close(Instant at) {
    if (state() != State.OPEN) {
      throw invalidState("Closing already " + state().wireName() + " Job not allowed");
    }
    enter(State.UPLOAD_COMPLETE, at);
    due = Optional.of(at.plus(settings.queued()));
  }

  @Override
  Optional<Instant> due() {
    return due;
  }

  @Override
  void step(Instant at) {
    if (state() == State.UPLOAD_COMPLETE) {
      begin(at);
    } else {
      Runnable work = () -> chunk(at);
      boolean instant = settings.perBatch().isZero();
      org.writer().asOf(at, instant ? work : () -> org.locks().holdFor(this, work));
    }
  }

  private void begin(Instant at) {
    enter(State.IN_PROGRESS, at);
    boolean isEmpty = upload.filter(String::isEmpty).isPresent();
    String csv = upload.orElse("");
    upload = Optional.empty();
    if (isEmpty) {
      // no bytes are no rows; no upload at all is an error
      enter(State.JOB_COMPLETE, at);
      due = Optional.empty();
      return;
    }
    Optional<String> error = CsvCheck.error(csv, dialect());
    if (error.isPresent()) {
      results.unread(csv);
      fail(error.get(), at);
      return;
    }
    unread = dialect().reader(csv).iterator();
    String[] header = unread.next();
    try {
      IngestColumns bound =
          IngestColumns.bind(org.schema(), spec.type(), header, settings.exactHeaderCase());
      if (spec.operation() == IngestSpec.Operation.DELETE && !bound.isIdOnly()) {
        throw IngestColumns.invalidBatch("The 'delete' batch must contain only ids");
      }
      columns = Optional.of(bound);
      results.columns(bound.shown());
      goOn(at);
    } catch (ApiException e) {
      results.unread(csv);
      unread = Collections.emptyIterator();
      fail(e.code() + " : " + e.text(), at);
    }
  }

  /** Plans the next rows, or ends the job if there are none. */
  private void goOn(Instant at) {
    if (isStopped(0)) {
      due = Optional.empty();
      fault().flatMap(Mishap.OfJob::message).ifPresent(message -> fail(message, at));
      return;
    }
    if (batch.isEmpty()) {
      org.locks().release(this);
      readBatch();
      isNewBatch = true;
    }
    if (batch.isEmpty()) {
      enter(State.JOB_COMPLETE, at);
    } else {
      due = Optional.of(at.plus(settings.perChunk()));
      countBatch(at);
    }
  }

  /**
   * Whether a fault strikes here, with rows still to come.
   *
   * @param inHand rows that are tried and not yet settled
   */
  private boolean isStopped(int inHand) {
    boolean more = !batch.isEmpty() || unread.hasNext();
    return more
        && fault().filter(one -> results.processed() + inHand >= one.afterRows()).isPresent();
  }

  /** The first rows of a batch use up one of the day's batches. */
  private void countBatch(Instant at) {
    if (!isNewBatch) {
      return;
    }
    isNewBatch = false;
    try {
      jobs.batches().count();
    } catch (ApiException e) {
      fail("ExceededQuota : " + e.text(), at);
    }
  }

  private void readBatch() {
    keysInBatch.clear();
    while (batch.size() < BATCH && unread.hasNext()) {
      String[] cells = unread.next();
      batch.add(cells);
      keysInBatch.merge(keyText(key(), cells), 1, Integer::sum);
    }
  }

  /** The field that identifies the rows of a batch. */
  private Field key() {
    return spec.upsert().map(Upsert::key).orElseGet(() -> spec.type().known("Id"));
  }

  private String keyText(Field key, String[] cells) {
    String text = bound().cell(cells, key).strip();
    return key.type() == FieldType.ID
        ? Ids.canonical(text).orElse(text)
        : Values.comparable(key, text).toString();
  }

  private boolean isTwice(String[] cells) {
    String key = keyText(key(), cells);
    return !key.isEmpty() && keysInBatch.getOrDefault(key, 0) > 1;
  }

  private IngestColumns bound() {
    return columns.orElseThrow(() -> new IllegalStateException("rows before the header"));
  }

  /**
   * One row of a chunk.
   *
   * @param id what the row states as its id; may be empty
   * @param shown the cells that result files show
   * @param written empty if there is an error
   */
  private record Tried(
      String id,
      List<String> shown,
      Optional<Upsert.Written> written,
      Optional<ApiException> error) {

    Tried refused(ApiException e) {
      return new Tried(id, shown, Optional.empty(), Optional.of(e));
    }
  }

  private void chunk(Instant at) {
    List<Tried> rows = new ArrayList<>();
    int start = org.database().mark();
    while (rows.size() < CHUNK && !batch.isEmpty() && !isStopped(rows.size())) {
      rows.add(attempt(batch.remove()));
    }
    int written = (int) rows.stream().filter(row -> row.error().isEmpty()).count();
    Optional<ApiException> refusal = org.automation().chunk(written);
    if (refusal.isPresent()) {
      org.database().rollback(start);
      rows.replaceAll(row -> row.error().isPresent() ? row : row.refused(refusal.get()));
    }
    rows.forEach(this::settle);
    goOn(at);
  }

  private Tried attempt(String[] cells) {
    String id = bound().cell(cells, spec.type().known("Id"));
    Tried row = new Tried(id, bound().shown(cells), Optional.empty(), Optional.empty());
    int mark = org.database().mark();
    try {
      return new Tried(id, row.shown(), Optional.of(write(cells)), Optional.empty());
    } catch (ApiException e) {
      org.database().rollback(mark);
      return row.refused(e);
    }
  }

  private void settle(Tried row) {
    row.written().ifPresent(done -> results.succeeded(done.id(), done.created(), row.shown()));
    row.error().ifPresent(e -> results.failed(row.id(), e, row.shown()));
  }

  private Upsert.Written write(String[] cells) {
    Draft draft = bound().draft(cells);
    boolean named = spec.operation().namesRecords();
    if (named && isTwice(cells)) {
      throw Upsert.idTwice(keyText(key(), cells));
    }
    String userId = origin().userId();
    return switch (spec.operation()) {
      case INSERT -> new Upsert.Written(org.writer().insert(draft, userId), true);
      case UPDATE -> {
        Row row = org.writer().existing(spec.type(), requiredId(draft));
        org.writer().update(row.id(), draft, userId);
        yield new Upsert.Written(row.id(), false);
      }
      case DELETE -> {
        Row row = org.writer().existing(spec.type(), requiredId(draft));
        org.writer().delete(spec.type(), row.id(), userId);
        yield new Upsert.Written(row.id(), false);
      }
      case UPSERT -> {
        Upsert upsert =
            spec.upsert().orElseThrow(() -> new IllegalStateException("an upsert has a key"));
        yield upsert.put(draft, isTwice(cells), false, userId);
      }
    };
  }

  private String requiredId(Draft draft) {
    return draft
        .id()
        .orElseThrow(
            () ->
                ApiException.ofRecord(
                    400,
                    "MISSING_ARGUMENT",
                    "Id not specified in an " + operation() + " call",
                    "Id"));
  }

  @Override
  void enter(State next, Instant at) {
    super.enter(next, at);
    due = Optional.empty();
    if (next.isTerminal()) {
      org.locks().release(this);
      leaveRest();
      results.shuffle(origin().created().toEpochMilli());
    }
  }

  /** Rows that are not processed by now never will be. */
  private void leaveRest() {
    upload.ifPresent(results::unread);
    upload = Optional.empty();
    while (!batch.isEmpty()) {
      results.unprocessed(bound().shown(batch.remove()));
    }
    unread.forEachRemaining(cells -> results.unprocessed(bound().shown(cells)));
  }

  @Override
  String jobType() {
    return "V2Ingest";
  }

  IngestResults results() {
    return results;
  }

  @Override
  ObjectNode summary() {
    ObjectNode json = super.summary();
    spec.upsert().ifPresent(upsert -> json.put("externalIdFieldName", upsert.key().name()));
    spec.assignmentRuleId().ifPresent(id -> json.put("assignmentRuleId", id));
    return json;
  }

  /** What the answer to creating the job shows. */
  ObjectNode created() {
    ObjectNode json = summary();
    if (state() == State.OPEN) {
      json.put("contentUrl", contentUrl());
    }
    return withDialect(json);
  }

  private String contentUrl() {
    return "services/data/v"
        + origin().apiVersion()
        + ".0/jobs/ingest/"
        + origin().id()
        + "/batches";
  }

  /** What the answer to asking for the job shows. */
  ObjectNode details(Instant now) {
    ObjectNode json = created().put("jobType", jobType());
    json.put("numberRecordsProcessed", results.processed())
        .put("numberRecordsFailed", results.failures());
    ObjectNode all = withProgress(json, now);
    return all.put("apiActiveProcessingTime", all.path("totalProcessingTime").asLong())
        .put("apexProcessingTime", 0);
  }
}
