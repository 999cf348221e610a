package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.RowResult;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.port.WriteOutcome;
import edu.cumc.aou.sync.port.WriteRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a write, kept in the store: a row becomes SENT before it goes out, and every
 * answer goes back to its row. It also renews the lease and checks the deadline for the write. Not
 * thread-safe.
 */
final class Ledger implements WriteJournal {

  /** The code of a create that may have been carried out. */
  static final String ANSWER_LOST = "ANSWER_LOST";

  /** A wait checks for a stop request at least this often. */
  private static final Duration HEARS_A_STOP = Duration.ofSeconds(2);

  private final RunContext context;
  private final WriteSort sort;
  private final long total;
  private final Map<String, Change> underWay = new HashMap<>();

  /** Those that this ledger has marked as sent. */
  private final Set<String> sent = new HashSet<>();

  private long done;
  private long left;
  private @Nullable Instant began;
  private int opened;
  private @Nullable RunningJob running;

  /** {@code total}: how many rows the step has, to show its progress; -1 for none. */
  Ledger(RunContext context, WriteSort sort, long total) {
    this.context = context;
    this.sort = sort;
    this.total = total;
  }

  /** The rows of changes, pulled one by one; skips a row with a key that is already in progress. */
  Iterator<WriteRow> rows(Iterator<List<Change>> pages) {
    return new Rows(pages);
  }

  /** How many rows were skipped because their key was in progress. */
  long left() {
    return left;
  }

  @Override
  public void toWrite() {
    context.deadline().checkTimeForBatch();
    context.lease().renew();
  }

  @Override
  public void toWait() {
    if (running != null && context.deadline().isOver()) {
      context.listener().note(running.whatGoesOn(context.now()));
    }
    context.deadline().checkTimeFor(Duration.ZERO);
    context.lease().keep();
  }

  @Override
  public void toWaitFor(Duration wait) {
    context.deadline().requirePatience(wait);
  }

  @Override
  public Duration every() {
    return HEARS_A_STOP;
  }

  @Override
  public void sending(List<String> keys) {
    context.changes().markSent(context.run(), seqs(keys));
    began = context.now();
  }

  @Override
  public void jobOpened(JobId job, List<String> keys) {
    context
        .store()
        .jobs()
        .open(
            context.run(),
            new JobTable.Job(
                job, sort.object(), sort.operation(), keys.size(), JobTable.State.OPEN));
    context.changes().markSent(context.run(), seqs(keys), job);
    began = null;
    opened = keys.size();
  }

  private List<Long> seqs(List<String> keys) {
    sent.addAll(keys);
    return keys.stream()
        .map(k -> Objects.requireNonNull(underWay.get(k), "a row of the write").seq())
        .toList();
  }

  @Override
  public void jobStarting(JobId job) {
    context.store().jobs().setState(job, JobTable.State.CLOSED);
    running = new RunningJob(opened, 0, context.now());
  }

  @Override
  public void jobProgress(JobId job, long processed) {
    if (running != null) {
      running = new RunningJob(running.records(), processed, running.since());
    }
    tell(processed);
  }

  @Override
  public void jobOver(JobId job) {
    running = null;
    context.lease().renew();
    context.store().jobs().setState(job, JobTable.State.DONE);
  }

  @Override
  public void jobFailed(JobId job, String code) {
    context.listener().note("an ingest job failed (" + code + "): its rows are sent another way");
  }

  @Override
  public void outcomes(List<RowResult> outcomes) {
    if (began != null) {
      context.deadline().took(Duration.between(began, context.now()));
      began = null;
    }
    List<WriteSort.Done> written = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    Map<PmiId, List<ContactId>> matches = new TreeMap<>();
    for (RowResult told : outcomes) {
      Change change = underWay.get(told.key());
      if (change == null) {
        continue;
      }
      if (told.outcome() instanceof WriteOutcome.Written success) {
        written.add(new WriteSort.Done(change, success));
        settlements.add(withRow(sort.done(change, success), told.key(), change));
      } else {
        settlements.add(withRow(unwritten(change, told.outcome()), told.key(), change));
        addMatches(change, told.outcome(), matches);
      }
      boolean again =
          told.outcome() instanceof WriteOutcome.NotWritten unwritten && unwritten.goesAgain();
      if (!again) {
        underWay.remove(told.key());
        sent.remove(told.key());
        done++;
      }
    }
    // The mirror comes first: a kill in between leaves rows SENT, and the next process finds out
    // about those.
    sort.record(written);
    context.changes().settle(context.run(), settlements);
    if (!matches.isEmpty()) {
      context.store().matches().note(context.run(), matches);
    }
    tell(0);
  }

  /** Spares reading the row again, unless it already had a result. */
  private Settlement withRow(Settlement settlement, String key, Change change) {
    return change.state() == Change.State.PLANNED
        ? settlement.of(
            sent.contains(key)
                ? change.toBuilder().attempts(change.attempts() + 1).build()
                : change)
        : settlement;
  }

  private void addMatches(
      Change change, WriteOutcome outcome, Map<PmiId, List<ContactId>> matches) {
    if (sort.object() == CrmObject.CONTACT && outcome instanceof WriteOutcome.Refused refused) {
      List<ContactId> contacts =
          refused.matches().stream().flatMap(id -> ContactId.tryParse(id).stream()).toList();
      if (!contacts.isEmpty()) {
        matches.put(change.pmiId(), contacts);
      }
    }
  }

  private Settlement unwritten(Change change, WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Refused refused) {
      return settled(change, Change.State.REFUSED, refused.code(), refused.fields());
    }
    if (outcome instanceof WriteOutcome.NotWritten unwritten) {
      return settled(
          change,
          unwritten.goesAgain() ? Change.State.PLANNED : Change.State.FAILED,
          unwritten.code(),
          unwritten.fields());
    }
    return sort.operation().isRepeatable()
        ? settled(change, Change.State.PLANNED, null, List.of())
        : settled(change, Change.State.UNKNOWN, ANSWER_LOST, List.of());
  }

  private static Settlement settled(
      Change change, Change.State state, @Nullable String code, List<String> fields) {
    return new Settlement(change.seq(), state, null, null, code, fields);
  }

  /** Reports the step's progress; {@code inJob}: rows with answers still to be read. */
  private void tell(long inJob) {
    if (total < 0) {
      return;
    }
    context.listener().progress(sort.step(), Math.min(done + inJob, total), total);
  }

  private final class Rows implements Iterator<WriteRow> {
    private final Iterator<List<Change>> pages;
    private Iterator<Change> page = List.<Change>of().iterator();
    private @Nullable WriteRow next;

    Rows(Iterator<List<Change>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean hasNext() {
      while (next == null && (page.hasNext() || pages.hasNext())) {
        if (page.hasNext()) {
          next = taken(page.next());
        } else {
          page = pages.next().iterator();
        }
      }
      return next != null;
    }

    private @Nullable WriteRow taken(Change change) {
      WriteRow row = sort.row(change);
      // Keeps the old values: the marks of what was sent remember which value it replaced.
      if (underWay.putIfAbsent(row.key(), change) != null) {
        left++;
        return null;
      }
      return row;
    }

    @Override
    public WriteRow next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      WriteRow row = next;
      next = null;
      return row;
    }
  }
}
