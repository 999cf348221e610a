package edu.cumc.aou.sync.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The numbers that a field can hold.
 *
 * @param most the largest; with a minus, the smallest
 * @param decimals the digits after the point that Salesforce shows
 * @param whole whether Salesforce refuses a fraction instead of rounding it
 */
public record NumberSize(BigDecimal most, int decimals, boolean whole) {

  /** No Salesforce field has more digits. */
  private static final int MOST_DIGITS = 18;

  /** The size to assume where describe states none. */
  public static final NumberSize ANY = ofDigits(MOST_DIGITS, MOST_DIGITS);

  /**
   * A number, currency or percent.
   *
   * @param before the digits before the point
   * @param after the digits after it
   */
  public static NumberSize ofDigits(int before, int after) {
    BigDecimal smallestStep = BigDecimal.ONE.movePointLeft(after);
    return new NumberSize(
        BigDecimal.ONE.movePointRight(before).subtract(smallestStep), after, false);
  }

  /** An int of at most that many digits; 0 where describe states none. */
  public static NumberSize ofInt(int digits) {
    BigDecimal most = BigDecimal.valueOf(Integer.MAX_VALUE);
    BigDecimal stated = BigDecimal.ONE.movePointRight(digits).subtract(BigDecimal.ONE);
    return new NumberSize(digits > 0 ? most.min(stated) : most, 0, true);
  }

  /** The number as Salesforce shows it, rounded half up as Salesforce does. */
  public BigDecimal rounded(BigDecimal number) {
    return number.scale() <= decimals ? number : number.setScale(decimals, RoundingMode.HALF_UP);
  }

  /** Whether a rounded number fits the field's digits. */
  public boolean holds(BigDecimal rounded) {
    return rounded.abs().compareTo(most) <= 0;
  }
}
