package edu.cumc.aou.cli.print;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * A bar that fits the narrowest terminal. A program cannot remove a line that a terminal has
 * wrapped, not even one wrapped later by making the window smaller.
 */
final class NarrowBar implements ProgressBarRenderer {

  /** One less than a terminal of 40 columns. */
  static final int WIDTH = 39;

  private static final int LEAST_BAR = 5;

  private final String title;

  NarrowBar(String title) {
    this.title = title;
  }

  @Override
  public String render(ProgressState progress, int maxLength) {
    return line(title, progress.getCurrent(), progress.getMax());
  }

  /** Title and counts, and a bar if there is room; never longer than {@link #WIDTH}. */
  static String line(String title, long done, long total) {
    String counts =
        total > 0
            ? String.format(Locale.ROOT, " %,d of %,d %d%%", done, total, 100 * done / total)
            : String.format(Locale.ROOT, " %,d", done);
    int room = Math.max(0, WIDTH - counts.length());
    String shown = title.length() <= room ? title : title.substring(0, room).stripTrailing();
    int bar = WIDTH - shown.length() - counts.length() - 3;
    if (total <= 0 || bar < LEAST_BAR) {
      return shown + counts;
    }
    int full = (int) Math.min(bar, bar * done / total);
    return shown + " [" + "=".repeat(full) + " ".repeat(bar - full) + "]" + counts;
  }
}
