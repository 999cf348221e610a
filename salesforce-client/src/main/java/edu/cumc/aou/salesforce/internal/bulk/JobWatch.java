package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkState;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks for the state of jobs, and waits for them. Thread-safe. */
final class JobWatch {

  static final String INGEST = "ingest";
  static final String QUERY = "query";

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Jobs that are over do not change, so their results need not ask again. */
  private static final int REMEMBERED = 100;

  private final Calls calls;
  private final Supplier<BulkApi> api;
  private final Clock clock;
  private final Map<String, BulkJob> over =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BulkJob> eldest) {
          return size() > REMEMBERED;
        }
      };

  JobWatch(Calls calls, Supplier<BulkApi> api, Clock clock) {
    this.calls = calls;
    this.api = api;
    this.clock = clock;
  }

  BulkJob look(String sort, String jobId) {
    BulkJob job =
        read(
            calls.bulk(
                "look at a job",
                Safety.READ,
                () -> api.get().job(calls.version(), sort, Calls.id(jobId))));
    if (job.state() == BulkState.JOB_COMPLETE || job.state() == BulkState.FAILED) {
      synchronized (over) {
        over.put(jobId, job);
      }
    }
    return job;
  }

  /** The job as last seen, if it was over then. */
  BulkJob last(String jobId) {
    BulkJob known;
    synchronized (over) {
      known = over.get(jobId);
    }
    return known == null ? look(INGEST, jobId) : known;
  }

  BulkJob await(String sort, String jobId, Duration atMost) {
    return await(sort, jobId, clock.instant().plus(atMost), FIRST_WAIT);
  }

  /** The same for a job that was just made: it is not over yet, so a look at once is wasted. */
  BulkJob awaitNew(String sort, String jobId, Duration atMost) {
    Instant end = clock.instant().plus(atMost);
    calls.gateway().waitToLookAgain(FIRST_WAIT.compareTo(atMost) < 0 ? FIRST_WAIT : atMost);
    return await(sort, jobId, end, longer(FIRST_WAIT));
  }

  private BulkJob await(String sort, String jobId, Instant end, Duration firstWait) {
    Duration wait = firstWait;
    while (true) {
      BulkJob job = look(sort, jobId);
      Duration left = Duration.between(clock.instant(), end);
      if (job.state().isFinal() || left.isNegative() || left.isZero()) {
        return job;
      }
      calls.gateway().waitToLookAgain(wait.compareTo(left) < 0 ? wait : left);
      wait = longer(wait);
    }
  }

  private static Duration longer(Duration wait) {
    Duration longer = wait.multipliedBy(3).dividedBy(2);
    return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
  }

  BulkJob change(String sort, String jobId, BulkState state) {
    return read(
        calls.bulk(
            state == BulkState.ABORTED ? "abort a job" : "complete a job",
            Safety.REPEATABLE,
            () ->
                api.get()
                    .change(
                        calls.version(),
                        sort,
                        Calls.id(jobId),
                        Map.of("state", state.wireName()))));
  }

  void delete(String sort, String jobId) {
    try {
      calls.bulk(
          "delete a job",
          Safety.REPEATABLE,
          () -> {
            api.get().delete(calls.version(), sort, Calls.id(jobId));
            return true;
          });
    } catch (SalesforceException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
    synchronized (over) {
      over.remove(jobId);
    }
  }

  static BulkJob read(Wire.Job wire) {
    BulkState state = BulkState.of(WireValues.required(wire.state(), "the job's state"));
    return new BulkJob(
        id(WireValues.required(wire.id(), "the job's id")),
        wire.object() == null ? "" : wire.object(),
        operation(wire.operation()),
        state,
        wire.numberRecordsProcessed(),
        wire.numberRecordsFailed(),
        wire.retries(),
        Duration.ofMillis(wire.totalProcessingTime()),
        state == BulkState.FAILED
            ? JobProblems.ofJob(wire.errorMessage() == null ? "-" : wire.errorMessage())
            : null);
  }

  private static String id(String given) {
    try {
      return Calls.id(given);
    } catch (IllegalArgumentException e) {
      throw WireValues.missing("the job's id");
    }
  }

  private static BulkOperation operation(@Nullable String wireName) {
    for (BulkOperation operation : BulkOperation.values()) {
      if (operation.wireName().equalsIgnoreCase(wireName)) {
        return operation;
      }
    }
    throw WireValues.missing("the job's operation");
  }
}
