package edu.cumc.aou.simulator.salesforce.org;

import java.util.Optional;

/**
 * The rules of Salesforce record ids: fifteen case-sensitive characters and a checksum of three.
 */
public final class Ids {
  private static final String CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

  /** In ASCII order, so that ids sort in the order of their creation. */
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final int SHORT = 15;
  private static final int LONG = 18;
  private static final int PREFIX = 3;

  private Ids() {}

  /** The id of the given number among those with this prefix, 18 characters long. */
  public static String of(String keyPrefix, long number) {
    char[] digits = new char[SHORT - PREFIX - 2];
    long rest = number;
    for (int i = digits.length - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return withChecksum(keyPrefix + "Hx" + new String(digits));
  }

  /**
   * The number from which {@link #of} made the id.
   *
   * @return empty for any other id
   */
  static Optional<Long> number(String id) {
    if (!id.startsWith("Hx", PREFIX)) {
      return Optional.empty();
    }
    long number = 0;
    for (char c : id.substring(PREFIX + 2, SHORT).toCharArray()) {
      number = number * DIGITS.length() + DIGITS.indexOf(c);
    }
    return Optional.of(number);
  }

  /** The 18 characters of an id of 15. */
  public static String withChecksum(String fifteen) {
    StringBuilder id = new StringBuilder(LONG).append(fifteen);
    for (int group = 0; group < SHORT; group += 5) {
      int bits = 0;
      for (int i = 0; i < 5; i++) {
        char c = fifteen.charAt(group + i);
        if (c >= 'A' && c <= 'Z') {
          bits |= 1 << i;
        }
      }
      id.append(CHECKSUM.charAt(bits));
    }
    return id.toString();
  }

  /**
   * The 18-character form of an id.
   *
   * @return empty if the text is of another length, has other characters or a wrong checksum
   */
  public static Optional<String> canonical(String text) {
    if (text.length() != SHORT && text.length() != LONG) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    String id = withChecksum(text.substring(0, SHORT));
    return text.length() == SHORT || text.equals(id) ? Optional.of(id) : Optional.empty();
  }
}
