package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ingest jobs of {@link InMemoryCrm}. A job that is completed is carried out after {@link
 * #DURATION}. Not thread-safe: the crm's gate guards it.
 */
public final class InMemoryIngestJobs implements IngestJobs {

  /** How long a job takes. */
  public static final Duration DURATION = Duration.ofSeconds(90);

  /** Writes one row. */
  interface Writer {
    WriteResult<String> write(Order order, Row row);
  }

  /** Makes a counted call to the org. */
  interface Caller {
    <T> T call(Supplier<T> answer);
  }

  private static final class Job {
    private final Order order;
    private List<Row> rows = List.of();
    private Stage stage = Stage.OPEN;
    private @Nullable Instant due;
    private final List<RowResult> results = new ArrayList<>();
    private @Nullable String problem;

    private Job(Order order) {
      this.order = order;
    }
  }

  private final VirtualClock clock;
  private final Caller caller;
  private final Writer writer;
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private boolean loseNextUpload;
  private @Nullable String failNext;

  InMemoryIngestJobs(VirtualClock clock, Caller caller, Writer writer) {
    this.clock = clock;
    this.caller = caller;
    this.writer = writer;
  }

  /** The answer to the next upload gets lost. */
  public void loseNextUpload() {
    loseNextUpload = true;
  }

  /** The next job that runs fails as a whole, half-way. */
  public void failNext(String code) {
    failNext = code;
  }

  /** How many jobs there were. */
  public int count() {
    return jobs.size();
  }

  /** Whether Salesforce is at work. */
  public boolean isAnyUnderWay() {
    return jobs.values().stream().anyMatch(j -> j.stage == Stage.UNDER_WAY);
  }

  /** Forgets all jobs, as Salesforce does after some days. */
  public void forget() {
    jobs.clear();
  }

  /** Carries out what is due. */
  void run() {
    for (Job job : jobs.values()) {
      Instant due = job.due;
      if (job.stage == Stage.UNDER_WAY && due != null && !due.isAfter(clock.instant())) {
        carryOut(job);
      }
    }
  }

  private void carryOut(Job job) {
    int end = failNext == null ? job.rows.size() : job.rows.size() / 2;
    job.problem = failNext;
    failNext = null;
    for (int i = 0; i < job.rows.size(); i++) {
      Row row = job.rows.get(i);
      job.results.add(
          new RowResult(
              row.key(),
              i < end
                  ? writer.write(job.order, row)
                  : new WriteResult.Refused<>("NOT_PROCESSED", List.of(), true)));
    }
    job.stage = Stage.OVER;
  }

  @Override
  public JobId create(Order order) {
    return caller.call(
        () -> {
          JobId id = new JobId(String.format("750MEM%09d", jobs.size() + 1));
          jobs.put(id, new Job(order));
          return id;
        });
  }

  @Override
  public void upload(JobId id, Order order, List<Row> rows) {
    if (rows.stream().map(Row::key).distinct().count() < rows.size()) {
      throw new IllegalArgumentException("a key stands in the job twice");
    }
    boolean lost =
        caller.call(
            () -> {
              Job job = jobs.get(id);
              if (job.stage != Stage.OPEN || !job.order.equals(order)) {
                throw new IllegalArgumentException("a job takes the rows it was made for, once");
              }
              job.rows = List.copyOf(rows);
              boolean loses = loseNextUpload;
              loseNextUpload = false;
              return loses;
            });
    if (lost) {
      throw new LostAnswerException("no answer came to an upload", null);
    }
  }

  @Override
  public Progress complete(JobId id) {
    return caller.call(
        () -> {
          Job job = jobs.get(id);
          if (job.stage == Stage.OPEN) {
            job.stage = Stage.UNDER_WAY;
            job.due = clock.instant().plus(DURATION);
          }
          return describe(id);
        });
  }

  @Override
  public Progress progress(JobId id) {
    return caller.call(() -> describe(id));
  }

  private Progress describe(JobId id) {
    Job job = jobs.get(id);
    return job == null
        ? new Progress(Stage.GONE, 0, null)
        : new Progress(job.stage, job.results.size(), job.problem);
  }

  @Override
  public Progress await(JobId id, Duration atMost) {
    Progress progress = progress(id);
    if (progress.stage() != Stage.UNDER_WAY) {
      return progress;
    }
    clock.advance(atMost);
    return progress(id);
  }

  @Override
  public Progress abort(JobId id) {
    return caller.call(
        () -> {
          Job job = jobs.get(id);
          if (job != null && (job.stage == Stage.OPEN || job.stage == Stage.UNDER_WAY)) {
            job.stage = Stage.ABORTED;
            job.rows.forEach(
                row ->
                    job.results.add(
                        new RowResult(
                            row.key(),
                            new WriteResult.Refused<>("NOT_PROCESSED", List.of(), true))));
          }
          return describe(id);
        });
  }

  @Override
  public Cursor<RowResult> results(JobId id, CrmObject object, Operation operation) {
    return Cursor.of(caller.call(() -> List.copyOf(jobs.get(id).results)).iterator());
  }
}
