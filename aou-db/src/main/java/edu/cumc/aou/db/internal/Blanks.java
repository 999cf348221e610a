package edu.cumc.aou.db.internal;

import java.util.List;

/** The blanks to remove from keys, so that SQL and Java see the same key. */
final class Blanks {

  /**
   * Everything that Unicode and Java call white space or a blank, zero-width space, byte order
   * mark.
   */
  static final List<Integer> CODES =
      List.of(
          0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0xA0, 0x1680, 0x2000, 0x2001,
          0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x200B, 0x2028,
          0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF);

  private Blanks() {}

  /** A regular expression for a key that is already canonical. */
  static final String CANONICAL = "P[0-9]{9}";

  /**
   * Removes blanks from a text that is nearly always canonical already, because thirty replacements
   * in each row would cost more than the rest of reading it.
   *
   * @param isCanonical a condition that no text meets which {@link #removed} would change
   */
  static String removedUnless(String isCanonical, String text, String characterFunction) {
    return "CASE WHEN "
        + isCanonical
        + " THEN "
        + text
        + " ELSE "
        + removed(text, characterFunction)
        + " END";
  }

  /**
   * An expression for a text without blanks, in upper case, empty for NULL.
   *
   * @param text an expression of a type that holds all of Unicode
   * @param characterFunction the function that makes a character from its code
   */
  static String removed(String text, String characterFunction) {
    String expression = text;
    for (int code : CODES) {
      expression = "REPLACE(" + expression + ", " + characterFunction + "(" + code + "), N'')";
    }
    return "UPPER(COALESCE(" + expression + ", N''))";
  }
}
