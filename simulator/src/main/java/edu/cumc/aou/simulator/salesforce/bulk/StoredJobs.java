package edu.cumc.aou.simulator.salesforce.bulk;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.Scheduled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs of the org, which go on by themselves as time passes. The disk keeps what they wrote,
 * but not the jobs. Not thread-safe: the org's lock guards it.
 */
public final class StoredJobs implements Scheduled {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration OPEN_AT_MOST = Duration.ofDays(1);

  private final Map<String, StoredJob> byId = new LinkedHashMap<>();
  private final DailyLimit batches;
  private final DailyLimit queries;
  private long lastNumber;

  public StoredJobs(Clock clock, BulkSettings settings) {
    batches = new DailyLimit(clock, settings.dailyBatches(), "ApiBatchItems Limit exceeded.");
    queries = new DailyLimit(clock, settings.dailyQueryJobs(), "QueryJobs Limit exceeded.");
    // A simulator that continues from a folder must not reuse an id.
    lastNumber = clock.millis();
  }

  /** The day's batches of 10,000 rows, of all ingest jobs. */
  public DailyLimit batches() {
    return batches;
  }

  /** The query jobs of the day. */
  public DailyLimit queries() {
    return queries;
  }

  String nextId() {
    lastNumber++;
    return Ids.of("750", lastNumber);
  }

  void add(StoredJob job) {
    byId.put(job.origin().id(), job);
  }

  /** All present jobs, oldest first. */
  Collection<StoredJob> all(Instant now) {
    purge(now);
    return byId.values();
  }

  /**
   * The job that the path of a call names, by an id of 15 or 18 characters.
   *
   * @throws ApiException if there is none of this kind
   */
  <J extends StoredJob> J named(Call call, Class<J> kind, Instant now) {
    purge(now);
    return Ids.canonical(call.parameter("id"))
        .map(byId::get)
        .filter(kind::isInstance)
        .map(kind::cast)
        .orElseThrow(ApiException::notFound);
  }

  void remove(StoredJob job) {
    byId.remove(job.origin().id());
  }

  private void purge(Instant now) {
    byId.values()
        .removeIf(
            job ->
                job.state().isTerminal()
                    ? !job.changed().plus(KEPT).isAfter(now)
                    : job.state() == StoredJob.State.OPEN
                        && !job.changed().plus(OPEN_AT_MOST).isAfter(now));
  }

  private record Due(Instant at, StoredJob job) {}

  private Optional<Due> next() {
    return byId.values().stream()
        .flatMap(job -> job.due().map(at -> new Due(at, job)).stream())
        .min(Comparator.comparing(Due::at));
  }

  /** When a job goes on by itself next. */
  @Override
  public Optional<Instant> due() {
    return next().map(Due::at);
  }

  /** Lets the next job go one step on. */
  @Override
  public void run() {
    next().ifPresent(due -> due.job().step(due.at()));
  }
}
