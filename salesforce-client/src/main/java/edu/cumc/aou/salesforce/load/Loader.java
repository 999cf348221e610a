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
 * Writes any number of records, a few by Collections calls and many by Bulk jobs, and reports the
 * result of each. It pulls rows as needed. No row causes an exception: a row that cannot be sent,
 * or that makes Salesforce fail, is refused, and the others arrive. If the answer to a create is
 * lost, it checks for the record before it repeats.
 *
 * <p>Its {@link LoadTally} tells what ended a load early, such as an org that is down; rows without
 * an outcome were not sent. Only exceptions of journal and permit reach the caller. Thread-safe; a
 * load is not.
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

  /** Writes the rows of a list. The second row with the same key is refused. */
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
   * Finds out the results of a job from an interrupted load: aborts a job that has not started,
   * waits for one in progress. Reports rows that it did not write as going again, for a later load.
   *
   * @param rows the job's rows in the journal that have no outcome
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
   * Finds out which records of creates without an answer exist, and sends nothing. Reports missing
   * ones as going again, for a later load.
   *
   * @param rows the rows in the journal that a call sent, without an outcome
   * @param since by Salesforce's clock a moment before the load began
   * @param mayBeUnderWay whether a call for one of them may have gone out just now and still be in
   *     progress
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
