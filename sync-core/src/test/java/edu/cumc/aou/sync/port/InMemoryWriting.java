package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.InMemoryJobs.Look;
import edu.cumc.aou.sync.port.InMemoryJobs.LostUploadException;
import edu.cumc.aou.sync.port.InMemoryJobs.Stage;
import edu.cumc.aou.sync.port.WriteOutcome.NotWritten;
import edu.cumc.aou.sync.port.WriteOutcome.Written;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** How {@link InMemoryCrm} writes many rows. */
final class InMemoryWriting {

  private static final int CALL = 200;
  private static final int LOCK_PASSES = 3;
  private static final Duration SLICE = Duration.ofSeconds(20);
  private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

  /** Writes some rows in one counted call. */
  interface Calls {

    /** What became of them, in their order; empty if the answer was lost. */
    Optional<List<WriteOutcome>> write(WriteOrder order, List<WriteRow> rows);

    /** Which Contacts with such a PMI ID, or text in its place, were created since. */
    List<Created> created(Predicate<String> pmiId, Instant since);
  }

  /** A Contact that is there, and whether a person created it rather than the crm's user. */
  record Created(String pmiId, String id, boolean byHand) {}

  private final VirtualClock clock;
  private final Duration readTimeout;
  private final InMemoryJobs jobs;
  private final Calls calls;
  private final WriteOrder order;
  private final WriteJournal journal;
  private final Deque<WriteRow> byCalls = new ArrayDeque<>();
  private final Map<WriteRow, NotWritten> locked = new LinkedHashMap<>();
  private final Set<String> byHand = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private boolean jobsServe = true;

  InMemoryWriting(
      VirtualClock clock,
      Duration readTimeout,
      InMemoryJobs jobs,
      Calls calls,
      WriteOrder order,
      WriteJournal journal) {
    this.clock = clock;
    this.readTimeout = readTimeout;
    this.jobs = jobs;
    this.calls = calls;
    this.order = order;
    this.journal = journal;
  }

  void write(Iterator<WriteRow> rows) {
    Deque<WriteRow> open = new ArrayDeque<>();
    pull(rows, open, order.bulk().threshold() + 1);
    boolean ofBin =
        order.operation() == WriteOrder.Operation.DELETE
            || order.operation() == WriteOrder.Operation.RESTORE;
    boolean many = !ofBin && open.size() > order.bulk().threshold();
    while (many && jobsServe) {
      pull(rows, open, order.bulk().rowsPerJob());
      if (open.size() < Math.min(CALL, order.bulk().threshold()) || open.isEmpty()) {
        break;
      }
      byJob(take(open, order.bulk().rowsPerJob()));
      byCalls();
    }
    byCalls.addAll(open);
    byCalls();
    while (rows.hasNext()) {
      pull(rows, byCalls, CALL);
      byCalls();
    }
    writeLocked();
  }

  private static void pull(Iterator<WriteRow> rows, Deque<WriteRow> into, int upTo) {
    while (into.size() < upTo && rows.hasNext()) {
      into.add(rows.next());
    }
  }

  private static List<WriteRow> take(Deque<WriteRow> from, int most) {
    List<WriteRow> taken = new ArrayList<>();
    while (taken.size() < most && !from.isEmpty()) {
      taken.add(from.remove());
    }
    return taken;
  }

  private void byCalls() {
    while (!byCalls.isEmpty()) {
      call(take(byCalls, CALL));
    }
  }

  private void call(List<WriteRow> rows) {
    journal.toWrite();
    journal.sending(rows.stream().map(WriteRow::key).toList());
    Instant since = clock.instant().minusSeconds(60);
    List<WriteRow> open = rows;
    boolean repeated = false;
    while (!open.isEmpty()) {
      Instant sent = clock.instant();
      Optional<List<WriteOutcome>> answer = calls.write(order, open);
      if (answer.isPresent()) {
        tell(open, answer.get(), repeated);
        return;
      }
      repeated = true;
      if (!order.operation().isRepeatable()) {
        open = missing(open, since, sent);
      }
      if (!open.isEmpty()) {
        journal.toWrite();
      }
    }
  }

  private void tell(List<WriteRow> rows, List<WriteOutcome> answers, boolean repeated) {
    List<RowResult> told = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      WriteOutcome outcome = answers.get(i);
      if (outcome instanceof NotWritten unwritten) {
        locked.put(rows.get(i), unwritten);
      } else if (outcome instanceof Written written) {
        outcome = new Written(written.id(), written.created(), repeated);
      }
      told.add(new RowResult(rows.get(i).key(), outcome));
    }
    journal.outcomes(told);
  }

  /** Tells those that are there; gives the others once the call must have ended. */
  private List<WriteRow> missing(List<WriteRow> rows, Instant since, Instant sent) {
    List<WriteRow> open = ask(rows, since);
    while (!open.isEmpty() && clock.instant().isBefore(sent.plus(readTimeout))) {
      pass(SLICE);
      open = ask(open, since);
    }
    return withoutChanged(withoutOthers(open), since);
  }

  /** Tells those that are there with a PMI ID that an automation has changed. */
  private List<WriteRow> withoutChanged(List<WriteRow> rows, Instant since) {
    List<WriteRow> open = new ArrayList<>(rows);
    boolean nobodys = false;
    List<Created> strange =
        rows.isEmpty()
            ? List.of()
            : calls.created(text -> PmiId.tryParse(text).isEmpty() || text.contains(" "), since);
    for (Created contact : strange) {
      if (!contact.byHand() && !changed.contains(contact.id())) {
        String left = contact.pmiId().replaceAll("[^0-9]", "");
        Optional<WriteRow> theirs =
            open.stream().filter(r -> !left.isEmpty() && r.key().contains(left)).findFirst();
        nobodys |= theirs.isEmpty();
        theirs.ifPresent(
            row -> {
              open.remove(row);
              changed.add(contact.id());
              journal.outcomes(
                  List.of(new RowResult(row.key(), new Written(contact.id(), true, true))));
            });
      }
    }
    if (nobodys) {
      journal.outcomes(
          open.stream()
              .map(
                  r ->
                      new RowResult(
                          r.key(),
                          new WriteOutcome.Refused(WriteOutcome.CREATED_WITHOUT_KEY, List.of())))
              .toList());
      return List.of();
    }
    return open;
  }

  /** Reports the rows for which another user already created the Contact; they are not sent. */
  private List<WriteRow> withoutOthers(List<WriteRow> open) {
    List<RowResult> told =
        open.stream()
            .filter(row -> byHand.contains(row.key()))
            .map(
                row ->
                    new RowResult(
                        row.key(), new WriteOutcome.Refused(WriteOutcome.CREATED_SINCE, List.of())))
            .toList();
    if (!told.isEmpty()) {
      journal.outcomes(told);
    }
    return open.stream().filter(row -> !byHand.contains(row.key())).toList();
  }

  private List<WriteRow> ask(List<WriteRow> rows, Instant since) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Created contact :
        calls.created(rows.stream().map(WriteRow::key).toList()::contains, since)) {
      if (contact.byHand()) {
        byHand.add(contact.pmiId());
      } else {
        found.putIfAbsent(contact.pmiId(), contact.id());
      }
    }
    List<RowResult> told = new ArrayList<>();
    List<WriteRow> open = new ArrayList<>();
    for (WriteRow row : rows) {
      String id = found.get(row.key());
      if (id == null) {
        open.add(row);
      } else {
        told.add(new RowResult(row.key(), new Written(id, true, true)));
      }
    }
    if (!told.isEmpty()) {
      journal.outcomes(told);
    }
    return open;
  }

  private void writeLocked() {
    for (int pass = 0; pass < LOCK_PASSES && !locked.isEmpty(); pass++) {
      pass(LOCK_WAIT);
      byCalls.addAll(locked.keySet());
      locked.clear();
      byCalls();
    }
    List<RowResult> given = new ArrayList<>();
    locked.forEach(
        (row, last) ->
            given.add(new RowResult(row.key(), new NotWritten(last.code(), last.fields(), false))));
    locked.clear();
    if (!given.isEmpty()) {
      journal.outcomes(given);
    }
  }

  private void pass(Duration wait) {
    clock.advance(wait);
    journal.toWait();
  }

  private void byJob(List<WriteRow> rows) {
    journal.toWrite();
    JobId job = jobs.create(order);
    journal.jobOpened(job, rows.stream().map(WriteRow::key).toList());
    try {
      jobs.upload(job, rows);
    } catch (LostUploadException e) {
      jobs.abort(job);
      again(job, rows, "ANSWER_LOST");
      journal.jobFailed(job, "ANSWER_LOST");
      jobsServe = false;
      byCalls.addAll(rows);
      return;
    }
    journal.toWrite();
    journal.jobStarting(job);
    jobs.start(job);
    follow(job, rows);
  }

  private void again(JobId job, List<WriteRow> rows, String code) {
    journal.outcomes(
        rows.stream()
            .map(r -> new RowResult(r.key(), new NotWritten(code, List.of(), true)))
            .toList());
    journal.jobOver(job);
  }

  private void follow(JobId job, List<WriteRow> rows) {
    Instant giveUp = clock.instant().plus(order.bulk().max());
    Look look = jobs.look(job);
    while (!look.isOver()) {
      if (!clock.instant().isBefore(giveUp)) {
        throw new SyncException(FailureKind.UNAVAILABLE, "a job is not over in time");
      }
      pass(SLICE);
      look = jobs.look(job);
    }
    journal.jobEnded(job);
    settle(job, rows, look);
  }

  private void settle(JobId job, List<WriteRow> rows, Look look) {
    Map<String, WriteRow> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.put(row.key(), row));
    List<RowResult> results =
        jobs.results(job).stream().filter(r -> byKey.containsKey(r.key())).toList();
    for (RowResult result : results) {
      if (result.outcome() instanceof NotWritten unwritten) {
        WriteRow row = byKey.get(result.key());
        if (unwritten.code().equals("NOT_PROCESSED")) {
          byCalls.add(row);
        } else {
          locked.put(row, unwritten);
        }
      }
    }
    journal.outcomes(results);
    journal.jobOver(job);
    String problem = look.problem();
    if (problem != null || look.stage() == Stage.ABORTED) {
      journal.jobFailed(job, problem == null ? "Aborted" : problem);
      jobsServe = false;
    }
  }

  void takeUp(JobTable.Job job, List<WriteRow> rows, Instant since) {
    Look look = jobs.look(job.id());
    if (look.stage() == Stage.OPEN) {
      look = jobs.abort(job.id());
    }
    if (look.stage() == Stage.GONE) {
      boolean mayExist = job.state() != JobTable.State.OPEN && !order.operation().isRepeatable();
      again(
          job.id(),
          mayExist ? withoutChanged(withoutOthers(ask(rows, since)), since) : rows,
          "NOT_PROCESSED");
    } else if (look.isOver()) {
      settle(job.id(), rows, look);
    } else {
      follow(job.id(), rows);
    }
  }

  void settleUnknown(Iterator<WriteRow> rows, Instant since, boolean mayBeUnderWay) {
    Deque<WriteRow> open = new ArrayDeque<>();
    pull(rows, open, Integer.MAX_VALUE);
    List<WriteRow> all = take(open, Integer.MAX_VALUE);
    List<WriteRow> missing =
        mayBeUnderWay
            ? missing(all, since, clock.instant())
            : withoutChanged(withoutOthers(ask(all, since)), since);
    journal.outcomes(
        missing.stream()
            .map(r -> new RowResult(r.key(), new NotWritten("ANSWER_LOST", List.of(), true)))
            .toList());
  }
}
