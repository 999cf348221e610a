package edu.cumc.aou.sync.port;

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
 * The jobs of {@link InMemoryCrm}. One that is started is carried out after {@link #DURATION}. Not
 * thread-safe: the crm's gate guards it.
 */
public final class InMemoryJobs {

  /** How long a job takes. */
  public static final Duration DURATION = Duration.ofSeconds(90);

  /** Writes one row. */
  interface Writer {
    WriteOutcome write(WriteOrder order, WriteRow row);
  }

  /** Makes a counted call to the org. */
  interface Caller {
    <T> T call(Supplier<T> answer);
  }

  /** How far a job has come. */
  enum Stage {
    OPEN,
    UNDER_WAY,
    OVER,
    ABORTED,
    GONE
  }

  /** A job as the org describes it; {@code problem}: why it failed as a whole. */
  record Look(Stage stage, @Nullable String problem) {
    boolean isOver() {
      return stage != Stage.OPEN && stage != Stage.UNDER_WAY;
    }
  }

  /** No answer came to an upload. */
  static final class LostUploadException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Job {
    private final WriteOrder order;
    private List<WriteRow> rows = List.of();
    private Stage stage = Stage.OPEN;
    private @Nullable Instant due;
    private final List<RowResult> results = new ArrayList<>();
    private @Nullable String problem;

    private Job(WriteOrder order) {
      this.order = order;
    }
  }

  private final VirtualClock clock;
  private final Caller caller;
  private final Writer writer;
  private final Map<JobId, Job> jobs = new LinkedHashMap<>();
  private boolean loseNextUpload;
  private @Nullable String failNext;

  InMemoryJobs(VirtualClock clock, Caller caller, Writer writer) {
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
      WriteRow row = job.rows.get(i);
      job.results.add(
          new RowResult(row.key(), i < end ? writer.write(job.order, row) : notProcessed()));
    }
    job.stage = Stage.OVER;
  }

  private static WriteOutcome notProcessed() {
    return new WriteOutcome.NotWritten("NOT_PROCESSED", List.of(), true);
  }

  JobId create(WriteOrder order) {
    return caller.call(
        () -> {
          JobId id = new JobId(String.format("750MEM%09d", jobs.size() + 1));
          jobs.put(id, new Job(order));
          return id;
        });
  }

  void upload(JobId id, List<WriteRow> rows) {
    boolean lost =
        caller.call(
            () -> {
              jobs.get(id).rows = List.copyOf(rows);
              boolean loses = loseNextUpload;
              loseNextUpload = false;
              return loses;
            });
    if (lost) {
      throw new LostUploadException();
    }
  }

  Look start(JobId id) {
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

  Look look(JobId id) {
    return caller.call(() -> describe(id));
  }

  private Look describe(JobId id) {
    Job job = jobs.get(id);
    return job == null ? new Look(Stage.GONE, null) : new Look(job.stage, job.problem);
  }

  Look abort(JobId id) {
    return caller.call(
        () -> {
          Job job = jobs.get(id);
          if (job != null && (job.stage == Stage.OPEN || job.stage == Stage.UNDER_WAY)) {
            job.stage = Stage.ABORTED;
            job.rows.forEach(row -> job.results.add(new RowResult(row.key(), notProcessed())));
          }
          return describe(id);
        });
  }

  List<RowResult> results(JobId id) {
    return caller.call(() -> List.copyOf(jobs.get(id).results));
  }
}
