package edu.cumc.aou.sync.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a flag of the source, however it is written: fields, status rules and the check-up share
 * this reading. Stateless.
 */
public final class Flags {

  /** No, never, not yet. */
  public static final String NO = "0";

  /** Yes; for a death: reported and not approved yet. */
  public static final String YES = "1";

  /** Responded not sure; for a death: approved. */
  public static final String TWO = "2";

  /** The words in the programme's own data, beside true and false. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("TRUE", YES),
          Map.entry("FALSE", NO),
          Map.entry("NOT_WITHDRAWN", NO),
          Map.entry("NO_USE", YES),
          Map.entry("EARLY_OUT", YES),
          Map.entry("NOT_SUSPENDED", NO),
          Map.entry("NO_CONTACT", YES),
          Map.entry("PENDING", YES),
          Map.entry("APPROVED", TWO),
          Map.entry("SUBMITTED", YES),
          Map.entry("SUBMITTED_NO_CONSENT", NO),
          Map.entry("SUBMITTED_NOT_SURE", TWO),
          Map.entry("SUBMITTED_INVALID", NO),
          Map.entry("SUBMITTED_NOT_VALIDATED", NO));

  private Flags() {}

  /**
   * {@code 0}, {@code 1} or {@code 2}, or empty text for a blank.
   *
   * @param line the cell's text on one line
   * @return empty if the text is no flag
   */
  public static Optional<String> digit(String line) {
    if (line.isEmpty() || isDigit(line)) {
      return Optional.of(line);
    }
    String word = WORDS.get(line.toUpperCase(Locale.ROOT));
    return word != null
        ? Optional.of(word)
        : Numbers.parse(line).map(Numbers::plain).filter(Flags::isDigit);
  }

  private static boolean isDigit(String text) {
    return text.equals(NO) || text.equals(YES) || text.equals(TWO);
  }
}
