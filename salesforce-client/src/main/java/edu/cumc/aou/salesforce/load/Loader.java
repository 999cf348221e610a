package edu.cumc.aou.salesforce.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes any number of records, few of them by Collections calls and many by Bulk jobs, and says of
 * each what became of it. Rows are pulled as they are needed. Nothing that a row holds is an
 * exception: what cannot be sent, or what Salesforce cannot digest, is refused, and the others
 * arrive. A create whose answer is lost is asked for before it is repeated.
 *
 * <p>What ends a load early, such as an org that is down, is told in its {@link LoadTally}; rows of
 * which nothing was told were not sent. Only what journal and permit throw comes out. Thread-safe;
 * a load is not.
 */
public final class Loader {

  private final Function<Permit, LoadCalls> calls;

  /** For the client; see {@link edu.cumc.aou.salesforce.Salesforce#loader}. */
  public Loader(Function<Permit, LoadCalls> calls) {
    this.calls = calls;
  }

  /** Writes rows, and keeps a journal of it. */
  public LoadTally load(
      LoadOrder order, Iterator<LoadRow> rows, LoadJournal journal, Permit permit) {
    return new LoadRun(order, calls.apply(permit), journal).load(rows);
  }

  /** Writes rows of which a list is held. A key that is there twice is refused the second time. */
  public LoadReport load(LoadOrder order, List<LoadRow> rows) {
    @Nullable LoadOutcome[] results = new LoadOutcome[rows.size()];
    Map<String, Integer> places = new HashMap<>();
    List<LoadRow> distinct = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      if (places.putIfAbsent(rows.get(i).key(), i) == null) {
        distinct.add(rows.get(i));
      } else {
        results[i] =
            new LoadOutcome.Refused(LoadOutcome.CANNOT_BE_SENT, List.of(order.keyColumn()));
      }
    }
    MemoryJournal journal =
        new MemoryJournal(
            told ->
                results[Objects.requireNonNull(places.get(told.key()), "a row of the load")] =
                    told.outcome());
    LoadTally tally = load(order, distinct.iterator(), journal, Permit.ALWAYS);
    journal.end();
    LoadOutcome untouched = new LoadOutcome.NotWritten(LoadOutcome.NOT_PROCESSED, List.of(), false);
    return new LoadReport(
        Arrays.stream(results).map(r -> Objects.requireNonNullElse(r, untouched)).toList(),
        tally.failureOrNull());
  }

  /**
   * Finds out what became of a job whose load was interrupted: one that has not begun is aborted,
   * one at work is waited for. What it did not write is told as going again, for a load to come.
   *
   * @param rows the rows that the journal has for the job, and no outcome
   * @param since by Salesforce's clock a moment before the load began
   */
  public LoadTally takeUp(
      LoadOrder order,
      LoadJob job,
      List<LoadRow> rows,
      Instant since,
      LoadJournal journal,
      Permit permit) {
    LoadRun run = new LoadRun(order, calls.apply(permit), journal);
    run.lost().since(since);
    return run.takeUp(job, rows);
  }

  /**
   * Finds out which records of creates without an answer are there, and sends nothing. Those that
   * are not are told as going again, for a load to come.
   *
   * @param rows the rows that the journal has as sent by a call, and no outcome
   * @param since by Salesforce's clock a moment before the load began
   * @param mayBeUnderWay whether a call for one of them may have gone out just now, and not have
   *     ended
   */
  public LoadTally settle(
      LoadOrder order,
      Iterator<LoadRow> rows,
      Instant since,
      boolean mayBeUnderWay,
      LoadJournal journal,
      Permit permit) {
    LoadRun run = new LoadRun(order, calls.apply(permit), journal);
    run.lost().since(since);
    return run.settle(rows, mayBeUnderWay);
  }
}
