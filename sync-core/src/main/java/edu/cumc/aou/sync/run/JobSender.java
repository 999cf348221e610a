package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncSettings.BulkSettings;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.IngestJobs;
import edu.cumc.aou.sync.port.IngestJobs.Order;
import edu.cumc.aou.sync.port.IngestJobs.Progress;
import edu.cumc.aou.sync.port.IngestJobs.RowResult;
import edu.cumc.aou.sync.port.IngestJobs.Stage;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.LostAnswerException;
import edu.cumc.aou.sync.port.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends planned rows of one sort by ingest jobs, one job after the other: all Contacts share an
 * Account, and jobs at the same time would fight for its lock. The id of a job is stored before
 * Salesforce may write, so that a job in flight is found again after a kill. Rows that come back
 * unwritten stay planned, for the calls of a few records that follow.
 *
 * @param <I> {@code ContactId} or {@code JourneyId}
 */
final class JobSender<I> {

  /** How long one wait lasts at most: after it the lease is renewed and the deadline looked at. */
  private static final Duration WAIT = Duration.ofSeconds(60);

  private final Sending<I> sending;
  private final BulkSettings settings;
  private final IngestJobs jobs;

  JobSender(Sending<I> sending, BulkSettings settings) {
    this.sending = sending;
    this.settings = settings;
    this.jobs = sending.services().crm().jobs();
  }

  /** Sends by jobs if there are more planned rows than the threshold. */
  void sendMany() {
    if (planned() <= settings.threshold()) {
      return;
    }
    int fewest = Math.min(Crm.MAX_BATCH, settings.threshold());
    for (List<Change> rows : sending.planned(settings.rowsPerJob())) {
      if (rows.size() <= fewest || !sendJob(byKey(rows))) {
        return;
      }
    }
  }

  /** Finds out what became of a job of a run that was interrupted. */
  void takeUp(JobTable.Job job) {
    Map<String, Change> rows = rowsOf(job);
    Progress progress = jobs.progress(job.id());
    if (progress.stage() == Stage.OPEN) {
      progress = jobs.abort(job.id());
      if (progress.stage() == Stage.ABORTED || progress.stage() == Stage.GONE) {
        close(job.id(), rows, Change.State.PLANNED);
        return;
      }
    }
    if (progress.stage() == Stage.GONE) {
      close(
          job.id(),
          rows,
          job.state() == JobTable.State.OPEN ? Change.State.PLANNED : withoutAnswer());
      return;
    }
    follow(job.id(), rows);
  }

  private long planned() {
    return sending.changes().count(sending.run()).stream()
        .filter(
            c ->
                c.object() == sending.method().object()
                    && sending.method().actions().contains(c.action()))
        .filter(c -> c.state() == Change.State.PLANNED)
        .mapToLong(c -> c.count())
        .sum();
  }

  /** A row whose key is there already is left for later. */
  private Map<String, Change> byKey(List<Change> changes) {
    Map<String, Change> rows = new LinkedHashMap<>();
    changes.forEach(c -> rows.putIfAbsent(sending.method().row(c).key(), c));
    return rows;
  }

  private Map<String, Change> rowsOf(JobTable.Job job) {
    Map<String, Change> rows = new LinkedHashMap<>();
    long after = 0;
    List<Change> page;
    do {
      page =
          sending
              .changes()
              .pageOfJob(
                  sending.run(), sending.method().object(), job.id(), after, settings.rowsPerJob());
      for (Change change : page) {
        rows.put(sending.method().row(change).key(), change);
        after = change.seq();
      }
    } while (!page.isEmpty());
    return rows;
  }

  /** One job from its beginning to its end; says whether jobs are of any use. */
  private boolean sendJob(Map<String, Change> rows) {
    sending.deadline().checkTimeForBatch();
    sending.lease().renew();
    Order order =
        new Order(sending.method().object(), sending.method().operation(), fieldsOf(rows));
    JobId job = jobs.create(order);
    sending
        .services()
        .store()
        .jobs()
        .open(
            sending.run(),
            new JobTable.Job(
                job,
                sending.method().object(),
                sending.method().operation(),
                rows.size(),
                JobTable.State.OPEN));
    sending
        .changes()
        .markSent(sending.run(), rows.values().stream().map(Change::seq).toList(), job);
    try {
      jobs.upload(job, order, rows.values().stream().map(sending.method()::row).toList());
    } catch (LostAnswerException e) {
      sending
          .services()
          .listener()
          .note("the upload to an ingest job was lost: its rows go in small calls");
      Progress unused = jobs.abort(job);
      close(job, rows, Change.State.PLANNED);
      return false;
    }
    sending.lease().renew();
    sending.services().store().jobs().setState(job, JobTable.State.CLOSED);
    Progress unused = jobs.complete(job);
    return follow(job, rows);
  }

  private Set<FieldName> fieldsOf(Map<String, Change> rows) {
    Set<FieldName> fields = new TreeSet<>();
    rows.values().forEach(c -> fields.addAll(sending.method().row(c).values().asMap().keySet()));
    return fields;
  }

  /** Waits for the end of a job and takes its answers; says whether jobs are of any use. */
  private boolean follow(JobId job, Map<String, Change> rows) {
    Duration waited = Duration.ZERO;
    Progress progress = jobs.await(job, Duration.ZERO);
    while (progress.stage() == Stage.UNDER_WAY || progress.stage() == Stage.OPEN) {
      if (waited.compareTo(settings.max()) >= 0) {
        throw new SyncException(
            FailureKind.UNAVAILABLE,
            "Salesforce: an ingest job is not over after "
                + settings.max().toMinutes()
                + " minutes; it goes on, and the next sync takes it up (bulk.max sets the time)");
      }
      sending.answers().tell(progress.processed());
      sending.deadline().checkTimeFor(WAIT);
      sending.lease().renew();
      progress = jobs.await(job, WAIT);
      waited = waited.plus(WAIT);
    }
    if (progress.stage() == Stage.GONE) {
      close(job, rows, withoutAnswer());
      return false;
    }
    long unwritten = collect(job, rows);
    String problem = progress.problem();
    if (problem != null) {
      sending
          .services()
          .listener()
          .note("an ingest job failed as a whole (" + problem + "): its rows go in small calls");
    }
    return problem == null
        && progress.stage() == Stage.OVER
        && unwritten < Math.max(1, rows.size());
  }

  /** Reads the results of a job into its rows; says how many came back to be sent again. */
  private long collect(JobId job, Map<String, Change> rows) {
    Map<String, Change> open = new LinkedHashMap<>(rows);
    List<Change> batch = new ArrayList<>();
    List<WriteResult<I>> results = new ArrayList<>();
    long unwritten = 0;
    try (Cursor<RowResult> answered =
        jobs.results(job, sending.method().object(), sending.method().operation())) {
      while (answered.hasNext()) {
        RowResult answer = answered.next();
        Change change = open.remove(answer.key());
        if (change != null) {
          batch.add(change);
          WriteResult<I> result = typed(answer.result());
          results.add(result);
          unwritten += result instanceof WriteResult.Refused<I> refused && refused.again() ? 1 : 0;
        }
        if (batch.size() >= Crm.MAX_BATCH) {
          store(batch, results);
        }
      }
    }
    store(batch, results);
    close(job, open, withoutAnswer());
    return unwritten + open.size();
  }

  private void store(List<Change> batch, List<WriteResult<I>> results) {
    if (!batch.isEmpty()) {
      sending.lease().renew();
      boolean unused = sending.answers().store(batch, results);
      batch.clear();
      results.clear();
    }
  }

  private WriteResult<I> typed(WriteResult<String> result) {
    if (result instanceof WriteResult.Written<String> written) {
      return new WriteResult.Written<>(sending.method().id(written.id()), written.created());
    }
    WriteResult.Refused<String> refused = (WriteResult.Refused<String>) result;
    return new WriteResult.Refused<>(refused.code(), refused.fields(), refused.again());
  }

  /** What becomes of a row that may have been written, and of which nobody tells. */
  private Change.State withoutAnswer() {
    return sending.method().operation().isRepeatable()
        ? Change.State.PLANNED
        : Change.State.UNKNOWN;
  }

  /** Ends a job whose rows have their answers, but for these. */
  private void close(JobId job, Map<String, Change> unanswered, Change.State state) {
    sending.lease().renew();
    List<Change> rest = List.copyOf(unanswered.values());
    for (int from = 0; from < rest.size(); from += Crm.MAX_BATCH) {
      sending
          .answers()
          .turn(
              rest.subList(from, Math.min(from + Crm.MAX_BATCH, rest.size())),
              state,
              state == Change.State.UNKNOWN ? ChangeSender.ANSWER_LOST : null);
    }
    sending.services().store().jobs().setState(job, JobTable.State.DONE);
  }
}
