package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Mishap;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What all jobs of the Bulk API 2.0 have in common: who made them, when, and how far they are. Not
 * thread-safe: the org's lock guards it.
 */
abstract class StoredJob {
  /** The states of a job, in the order of its life. */
  enum State {
    OPEN("Open"),
    UPLOAD_COMPLETE("UploadComplete"),
    IN_PROGRESS("InProgress"),
    JOB_COMPLETE("JobComplete"),
    FAILED("Failed"),
    ABORTED("Aborted");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }

    boolean isTerminal() {
      return this == JOB_COMPLETE || this == FAILED || this == ABORTED;
    }
  }

  /** What never changes about a job. */
  record Origin(String id, String userId, Instant created, int apiVersion) {}

  private final Origin origin;
  private final CsvDialect dialect;
  private State state;
  private Instant changed;
  private Optional<Instant> started = Optional.empty();
  private Optional<String> errorMessage = Optional.empty();
  private Optional<Mishap.OfJob> fault = Optional.empty();

  StoredJob(Origin origin, CsvDialect dialect, State first) {
    this.origin = origin;
    this.dialect = dialect;
    this.state = first;
    this.changed = origin.created();
  }

  Origin origin() {
    return origin;
  }

  CsvDialect dialect() {
    return dialect;
  }

  State state() {
    return state;
  }

  /** When the state last changed. */
  Instant changed() {
    return changed;
  }

  void enter(State next, Instant at) {
    state = next;
    changed = at;
    if (next == State.IN_PROGRESS) {
      started = Optional.of(at);
    }
  }

  /** Ends the job for a reason that concerns the whole job. */
  void fail(String message, Instant at) {
    errorMessage = Optional.of(message);
    enter(State.FAILED, at);
  }

  /** Takes on the fault of the request that created or named the job. */
  void meet(Optional<Mishap> met) {
    met.filter(Mishap.OfJob.class::isInstance)
        .map(Mishap.OfJob.class::cast)
        .ifPresent(one -> fault = Optional.of(one));
  }

  /** The fault of this job. */
  Optional<Mishap.OfJob> fault() {
    return fault;
  }

  /** When the job goes on by itself; empty if it waits for a request, is stuck, or is over. */
  abstract Optional<Instant> due();

  /** Does what is due then. */
  abstract void step(Instant at);

  /**
   * Ends the job where it is.
   *
   * @throws ApiException if it is over already
   */
  void abort(Instant at) {
    if (state.isTerminal()) {
      throw invalidState(
          "Aborting already "
              + (state == State.JOB_COMPLETE ? "Completed" : state.wireName())
              + " Job not allowed");
    }
    enter(State.ABORTED, at);
  }

  static ApiException invalidState(String text) {
    return ApiException.of(400, "INVALIDJOBSTATE", text);
  }

  /**
   * Refuses results that are not there yet.
   *
   * @throws ApiException unless the job is over
   */
  void requireTerminal() {
    if (!state.isTerminal()) {
      throw invalidState(
          "The results of job "
              + origin.id()
              + " are not available while its state is "
              + state.wireName());
    }
  }

  /** The object that the job is about. */
  abstract ObjectType type();

  abstract String operation();

  abstract String jobType();

  /** What the list of jobs shows. */
  ObjectNode listed() {
    return withDialect(summary().put("jobType", jobType()));
  }

  /** What the answers to creating and changing a job show. */
  ObjectNode summary() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", origin.id())
        .put("operation", operation())
        .put("object", type().name())
        .put("createdById", origin.userId())
        .put("createdDate", second(origin.created()))
        .put("systemModstamp", second(changed))
        .put("state", state.wireName())
        .put("concurrencyMode", "Parallel")
        .put("contentType", "CSV")
        .put("apiVersion", (double) origin.apiVersion());
  }

  private static String second(Instant instant) {
    return Values.stamp(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  ObjectNode withDialect(ObjectNode json) {
    return json.put("lineEnding", dialect.lineEnding().name())
        .put("columnDelimiter", dialect.delimiter().name());
  }

  /** What asking for a job adds at the end of its answer. */
  ObjectNode withProgress(ObjectNode json, Instant now) {
    Instant until = state.isTerminal() ? changed : now;
    long millis = started.map(from -> Duration.between(from, until).toMillis()).orElse(0L);
    json.put("retries", 0).put("totalProcessingTime", millis);
    errorMessage.ifPresent(message -> json.put("errorMessage", message));
    return json;
  }

  /** Names the id only: jobs hold personal data. */
  @Override
  public String toString() {
    return "job " + origin.id();
  }
}
