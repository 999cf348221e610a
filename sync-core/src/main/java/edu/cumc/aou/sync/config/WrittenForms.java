package edu.cumc.aou.sync.config;

import java.math.BigDecimal;
import java.net.URI;
import java.util.regex.Pattern;

/** How settings write numbers, shares, durations and addresses. Refuses by an exception. */
final class WrittenForms {

  /**
   * A number and its unit. The library takes a number alone for milliseconds; with {@code 90} for
   * 90 days, values would be kept for a tenth of a second.
   */
  private static final Pattern DURATION = Pattern.compile("0|[0-9]+(\\.[0-9]+)?\\s*[a-z]+");

  private WrittenForms() {}

  static BigDecimal whole(String text) {
    BigDecimal number = new BigDecimal(text.strip());
    if (number.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException("no whole number");
    }
    return number;
  }

  static double share(String text) {
    String number = text.strip();
    BigDecimal value =
        number.endsWith("%")
            ? new BigDecimal(number.substring(0, number.length() - 1).strip()).movePointLeft(2)
            : new BigDecimal(number);
    if (value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0) {
      return value.doubleValue();
    }
    throw new IllegalArgumentException("no share");
  }

  static boolean isDuration(String text) {
    return DURATION.matcher(text.strip()).matches();
  }

  static URI webAddress(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() != null
        && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
      return uri;
    }
    throw new IllegalArgumentException("no web address");
  }
}
