package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.print.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** The course of a site's syncs, one chart per number. */
final class Trends {

  private Trends() {}

  /**
   * The charts; none if there is nothing to compare.
   *
   * @param syncs the oldest first
   * @param shown the number of the run that the page is about
   */
  static List<Chart> of(List<PastRun> syncs, String shown) {
    if (syncs.isEmpty()) {
      return List.of();
    }
    ChartMaker charts = new ChartMaker(syncs, shown);
    return List.of(
        charts.level("people", "People in the source", PastRun::people, Trends::count),
        charts.bars("changes", "Records changed in Salesforce", PastRun::changes, Trends::count),
        charts.bars("failures", "Records that could not be sent", PastRun::failures, Trends::count),
        charts.bars("duration", "Duration", Trends::millis, Trends::duration),
        charts.bars("calls", "Calls to Salesforce", PastRun::calls, Trends::count));
  }

  private static long millis(PastRun run) {
    return run.took() == null ? 0 : run.took().toMillis();
  }

  private static String duration(long millis) {
    Duration duration = Duration.ofMillis(millis);
    if (duration.toMinutes() < 1) {
      return Words.duration(duration);
    }
    return duration.toMinutes() < 90
        ? Math.round(millis / 60_000.0) + " min"
        : String.format(Locale.ROOT, "%.1f h", millis / 3_600_000.0);
  }

  private static String count(long count) {
    return Figures.number(count);
  }

  /** Short enough to stand above a bar. */
  static String brief(long value, LongFunction<String> words) {
    String text = words.apply(value);
    if (text.length() <= 6 || !Character.isDigit(text.charAt(text.length() - 1))) {
      return text;
    }
    return value < 1_000_000
        ? Math.round(value / 1000.0) + "k"
        : String.format(Locale.ROOT, "%.1fM", value / 1_000_000.0);
  }
}
