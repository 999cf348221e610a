package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Mishap;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that answers a query. It captures the records when it is made: later changes, while it
 * waits or while its results are read, are not in it.
 */
final class QueryJob extends StoredJob {
  private final ObjectType type;
  private final QuerySnapshot snapshot;
  private final boolean deletedToo;
  private final boolean chunked;
  private final BulkSettings settings;
  private Optional<Instant> due;

  QueryJob(
      Origin origin,
      CsvDialect dialect,
      ObjectType type,
      QuerySnapshot snapshot,
      boolean deletedToo,
      boolean chunked,
      BulkSettings settings) {
    super(origin, dialect, State.UPLOAD_COMPLETE);
    this.type = type;
    this.snapshot = snapshot;
    this.deletedToo = deletedToo;
    this.chunked = chunked;
    this.settings = settings;
    this.due = Optional.of(origin.created().plus(settings.queued()));
  }

  @Override
  ObjectType type() {
    return type;
  }

  @Override
  String operation() {
    return deletedToo ? "queryAll" : "query";
  }

  @Override
  String jobType() {
    return "V2Query";
  }

  @Override
  Optional<Instant> due() {
    return due;
  }

  @Override
  void step(Instant at) {
    if (state() == State.UPLOAD_COMPLETE) {
      enter(State.IN_PROGRESS, at);
      due = Optional.of(at.plus(settings.perBatch()));
    } else if (fault().isPresent()) {
      // A stuck job has nothing due any more.
      due = Optional.empty();
      fault().flatMap(Mishap.OfJob::message).ifPresent(message -> fail(message, at));
    } else {
      enter(State.JOB_COMPLETE, at);
    }
  }

  @Override
  void enter(State next, Instant at) {
    super.enter(next, at);
    due = Optional.empty();
  }

  QuerySnapshot snapshot() {
    return snapshot;
  }

  /** What the answer to creating the job shows. */
  ObjectNode created() {
    return withDialect(summary());
  }

  /** What the answer to asking for the job shows. */
  ObjectNode details(Instant now) {
    int processed = state() == State.JOB_COMPLETE ? snapshot.size() : 0;
    ObjectNode json =
        created()
            .put("jobType", jobType())
            .put("numberRecordsProcessed", processed)
            .put("isPkChunkingSupported", chunked);
    return withProgress(json, now);
  }
}
