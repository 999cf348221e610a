package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.page.RunPage.PastRun;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.sync.Balance;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.model.RunId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The last runs side by side. */
final class RunHistory {

  private RunHistory() {}

  /**
   * The oldest first.
   *
   * @param shown the run that the page is about
   */
  static List<PastRun> of(List<SyncReport> newestFirst, RunId shown, ZoneId zone) {
    long most = newestFirst.stream().mapToLong(r -> Math.max(wrote(r), failed(r))).max().orElse(0);
    List<PastRun> history = new ArrayList<>();
    for (SyncReport past : newestFirst) {
      history.add(
          0,
          new PastRun(
              past.run().toString(),
              Words.moment(past.startedAt(), zone),
              Words.lower(past.mode()),
              Words.lower(past.state()),
              Figures.number(sum(past, Balance::inserted) + sum(past, Balance::adopted)),
              Figures.number(sum(past, Balance::updated)),
              Figures.number(failed(past)),
              Words.took(past.startedAt(), past.finishedAt()),
              Figures.number(past.calls()),
              Figures.height(wrote(past), most),
              Figures.height(failed(past), most),
              past.run().equals(shown)));
    }
    return history;
  }

  private static long wrote(SyncReport report) {
    return sum(report, Balance::inserted)
        + sum(report, Balance::adopted)
        + sum(report, Balance::updated);
  }

  private static long failed(SyncReport report) {
    return sum(report, Balance::rejected)
        + sum(report, Balance::refused)
        + sum(report, Balance::failed);
  }

  private static long sum(SyncReport report, ToLongFunction<Balance> count) {
    return count.applyAsLong(report.contacts()) + count.applyAsLong(report.journeys());
  }
}
