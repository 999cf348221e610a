package edu.cumc.aou.cli.page;

import java.util.Locale;

/** Writes and scales the numbers of the page. */
final class Figures {

  private Figures() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** In per cent, for a bar. */
  static String share(long count, long all) {
    return all == 0 ? "0" : String.format(Locale.ROOT, "%.2f", 100.0 * count / all);
  }

  /** In per cent, by square roots: otherwise a first load would hide a day's few changes. */
  static int height(long count, long most) {
    return count == 0 ? 0 : (int) Math.max(1, Math.round(100 * Math.sqrt((double) count / most)));
  }
}
