package edu.cumc.aou.sync.adoption;

import java.text.Normalizer;
import java.util.Locale;

/**
 * American Soundex: a letter and three digits, equal for names that sound alike in English. It
 * removes accents first and ignores everything but Latin letters, so that {@code O'Brien} sounds
 * like {@code OBrien}.
 */
final class Soundex {

  /** The digit of each letter from A on; 0 for letters without one. */
  private static final String DIGITS = "01230120022455012623010202";

  private Soundex() {}

  /** The code of a name; the name itself, in lower case, if it has no Latin letter. */
  static String of(String name) {
    String letters =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .toUpperCase(Locale.ROOT)
            .replaceAll("[^A-Z]", "");
    if (letters.isEmpty()) {
      return name.strip().toLowerCase(Locale.ROOT);
    }
    StringBuilder code = new StringBuilder().append(letters.charAt(0));
    char last = digit(letters.charAt(0));
    for (int i = 1; i < letters.length() && code.length() < 4; i++) {
      char letter = letters.charAt(i);
      char digit = digit(letter);
      if (digit != '0' && digit != last) {
        code.append(digit);
      }
      if (letter != 'H' && letter != 'W') {
        last = digit;
      }
    }
    while (code.length() < 4) {
      code.append('0');
    }
    return code.toString();
  }

  private static char digit(char letter) {
    return DIGITS.charAt(letter - 'A');
  }
}
