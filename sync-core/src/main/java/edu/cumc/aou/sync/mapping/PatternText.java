package edu.cumc.aou.sync.mapping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that a site's pattern may look at only so often. Java's regular expressions try all ways
 * to match, which for some patterns and texts takes longer than the universe lasts.
 */
final class PatternText implements CharSequence {

  /** Some milliseconds; a pattern that tries each place once stays far below. */
  private static final long LOOKS = 1_000_000;

  private static final long LOOKS_PER_CHARACTER = 100;

  private final CharSequence text;
  private final Budget budget;

  private static final class Budget {
    private long left;

    Budget(long left) {
      this.left = left;
    }
  }

  /** The pattern and the text do not fit together. */
  static final class TooSlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlowException() {
      super("", null, false, false);
    }
  }

  private PatternText(CharSequence text, Budget budget) {
    this.text = text;
    this.budget = budget;
  }

  /**
   * Replaces each match.
   *
   * @throws TooSlowException if that takes too long
   * @throws StackOverflowError if the pattern repeats a group too often
   */
  static String replaceAll(Pattern pattern, String text, String by) {
    Budget budget = new Budget(LOOKS + LOOKS_PER_CHARACTER * text.length());
    return pattern.matcher(new PatternText(text, budget)).replaceAll(Matcher.quoteReplacement(by));
  }

  @Override
  public char charAt(int index) {
    if (--budget.left < 0) {
      throw new TooSlowException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new PatternText(text.subSequence(start, end), budget);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
