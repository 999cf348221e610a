package edu.cumc.aou.sync.model;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as text: {@code 1.50}, {@code 1.5} and {@code 15E-1} are one. Stateless. */
public final class Numbers {

  /** A longer text is no measurement; parsing it could cost more memory than the whole run. */
  private static final int LONGEST = 40;

  private static final int MOST_PLACES = 60;

  /** Numbers of up to this many digits are all different doubles. */
  private static final int EXACT_DIGITS = 15;

  private Numbers() {}

  /** Parses a number; empty if the text is none. */
  public static Optional<BigDecimal> parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !mayBegin(text.charAt(0))) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > MOST_PLACES ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Spares the parser's exception for most texts. */
  private static boolean mayBegin(char c) {
    return Character.isDigit(c) || c == '-' || c == '+' || c == '.';
  }

  /** The number that Salesforce keeps, rounded to a double. */
  public static BigDecimal asHeld(BigDecimal number) {
    return number.precision() <= EXACT_DIGITS ? number : BigDecimal.valueOf(number.doubleValue());
  }

  /** Without an exponent and without zeros at the end. */
  public static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
