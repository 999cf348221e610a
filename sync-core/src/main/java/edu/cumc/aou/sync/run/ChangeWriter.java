package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.WriteOrder;
import edu.cumc.aou.sync.port.WriteRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Writes a run's planned rows of one sort, in key order, and finds out about rows that an
 * interrupted run left open.
 */
final class ChangeWriter {

  private static final int PAGE = 1_000;

  private final RunContext context;
  private final WriteSort sort;
  private final WriteOrder order;

  ChangeWriter(RunContext context, WriteSort sort) {
    this.context = context;
    this.sort = sort;
    this.order = new WriteOrder(sort.object(), sort.operation(), context.settings().bulk());
  }

  /** Sends all planned rows. */
  void write(long total) {
    long left;
    do {
      Ledger ledger = new Ledger(context, sort, total);
      context.crm().write(order, ledger.rows(pages(Change.State.PLANNED)), ledger);
      left = ledger.left();
    } while (left > 0);
  }

  /** Sends as many of the planned rows as fit into one call, and returns them. */
  List<Change> writeFirst() {
    List<Change> first =
        context
            .changes()
            .page(
                context.run(),
                sort.object(),
                sort.actions(),
                Set.of(Change.State.PLANNED),
                0,
                Crm.MAX_BATCH);
    writeThese(first);
    return first;
  }

  /** Sends these rows, once. */
  void writeThese(List<Change> changes) {
    if (!changes.isEmpty()) {
      Ledger ledger = new Ledger(context, sort, -1);
      context.crm().write(order, ledger.rows(List.of(changes).iterator()), ledger);
    }
  }

  /**
   * Finds out which creates without an answer have arrived; the others become PLANNED again.
   *
   * @param since on Salesforce's clock, a moment before the first of them
   * @param mayBeUnderWay whether a call for one of them may still be in progress
   */
  void settle(Instant since, boolean mayBeUnderWay) {
    Iterator<List<Change>> unknown = pages(Change.State.UNKNOWN);
    if (unknown.hasNext()) {
      Ledger ledger = new Ledger(context, sort, -1);
      context.crm().settle(order, ledger.rows(unknown), since, mayBeUnderWay, ledger);
    }
  }

  /** Finds out the results of an interrupted run's ingest job. */
  void takeUp(JobTable.Job job, Instant since) {
    Ledger ledger = new Ledger(context, sort, job.rows());
    List<WriteRow> rows = new ArrayList<>();
    ledger.rows(new PagesOfJob(job)).forEachRemaining(rows::add);
    context.crm().takeUp(order, job, rows, since, ledger);
  }

  private Iterator<List<Change>> pages(Change.State state) {
    return new ChangePages(
            context.changes(), context.run(), sort.object(), sort.actions(), Set.of(state), PAGE)
        .iterator();
  }

  /** The rows that a job took and that have no result, from the first one. */
  private final class PagesOfJob implements Iterator<List<Change>> {
    private final JobTable.Job job;
    private List<Change> page;

    PagesOfJob(JobTable.Job job) {
      this.job = job;
      this.page = after(0);
    }

    private List<Change> after(long seq) {
      return context.changes().pageOfJob(context.run(), sort.object(), job.id(), seq, PAGE);
    }

    @Override
    public boolean hasNext() {
      return !page.isEmpty();
    }

    @Override
    public List<Change> next() {
      List<Change> now = page;
      page = after(now.get(now.size() - 1).seq());
      return now;
    }
  }
}
