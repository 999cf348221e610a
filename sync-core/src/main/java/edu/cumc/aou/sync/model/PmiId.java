package edu.cumc.aou.sync.model;

import java.util.Locale;
import java.util.Optional;

/**
 * Identifies one participant in the programme: an upper-case {@code P} and nine digits. Ordered by
 * text, which is binary order.
 *
 * <p>Immutable. {@link #toString()} never shows the value: a PMI ID alone identifies a person.
 */
public record PmiId(String value) implements Comparable<PmiId> {

  private static final int LENGTH = 10;

  /**
   * Throws {@link IllegalArgumentException}, without the value in its message, unless the value is
   * canonical.
   */
  public PmiId {
    if (!isCanonical(value)) {
      throw new IllegalArgumentException("malformed PMI ID: expected P and nine digits");
    }
  }

  /**
   * Reads text from outside. Removes all white space and other blanks and turns letters to upper
   * case first, as the source's SQL does; empty when the rest is not a PMI ID.
   */
  public static Optional<PmiId> tryParse(String text) {
    String canonical = isCanonical(text) ? text : canonicalText(text);
    return isCanonical(canonical) ? Optional.of(new PmiId(canonical)) : Optional.empty();
  }

  /**
   * Whether a text is a PMI ID as it stands. Runs for every row, so it uses no pattern and creates
   * no garbage.
   */
  public static boolean isCanonical(String text) {
    if (text.length() != LENGTH || text.charAt(0) != 'P') {
      return false;
    }
    for (int i = 1; i < LENGTH; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * The text that orders both streams: no white space, no no-break or zero-width blanks, upper
   * case.
   */
  public static String canonicalText(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().filter(c -> !isBlank(c)).forEach(kept::appendCodePoint);
    return kept.toString().toUpperCase(Locale.ROOT);
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x200B || c == 0xFEFF;
  }

  @Override
  public int compareTo(PmiId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "PmiId[hidden]";
  }
}
