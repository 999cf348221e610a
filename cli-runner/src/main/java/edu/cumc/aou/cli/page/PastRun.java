package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run as compared with others.
 *
 * @param day of its beginning, such as {@code 5 Jan}
 * @param people participants of the source
 * @param changes records that it wrote
 * @param created those that are new in Salesforce, or got their PMI ID
 * @param failures records that it could not write
 * @param took null while it is not over
 */
record PastRun(
    String number,
    String day,
    String started,
    String mode,
    RunState state,
    long people,
    long changes,
    long created,
    long failures,
    @Nullable Duration took,
    long calls) {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  static PastRun of(SyncReport report, ZoneId zone) {
    long created = sum(report, Balance::inserted) + sum(report, Balance::adopted);
    return new PastRun(
        report.run().toString(),
        DAY.format(report.startedAt().atZone(zone)),
        Words.moment(report.startedAt(), zone),
        Words.lower(report.mode()),
        report.state(),
        report.contacts().rows() - report.contacts().surplusRows(),
        created + sum(report, Balance::updated),
        created,
        sum(report, Balance::rejected)
            + sum(report, Balance::refused)
            + sum(report, Balance::failed),
        report.finishedAt() == null
            ? null
            : Duration.between(report.startedAt(), report.finishedAt()),
        report.calls());
  }

  /** Whether it stopped without a result, so that its numbers say little. */
  boolean isStopped() {
    return state == RunState.GUARDED || state == RunState.FAILED || state == RunState.ABANDONED;
  }

  /** Whether it is not over. */
  boolean isOpen() {
    return took == null || state == RunState.SUSPENDED;
  }

  /** As a row of the table of runs. */
  RunPage.HistoryRow row(String shown) {
    return new RunPage.HistoryRow(
        number,
        started,
        mode,
        Words.lower(state),
        Figures.number(created),
        Figures.number(changes - created),
        Figures.number(failures),
        took == null ? "not over" : Words.duration(took),
        Figures.number(calls),
        number.equals(shown));
  }

  private static long sum(SyncReport report, ToLongFunction<Balance> count) {
    return count.applyAsLong(report.contacts()) + count.applyAsLong(report.journeys());
  }
}
