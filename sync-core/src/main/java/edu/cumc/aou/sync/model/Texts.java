package edu.cumc.aou.sync.model;

import java.text.Normalizer;

/**
 * Normalises text and tells text from blanks: everything that reads a text uses this form. Applying
 * a method twice changes nothing. It loops over characters, because every cell of every participant
 * passes here. Stateless.
 */
public final class Texts {

  private Texts() {}

  /**
   * Text on one line: composed characters, no control characters, spaces for line breaks, no blanks
   * around it.
   */
  public static String line(String raw) {
    return isPlain(raw) ? trim(raw) : trim(clean(raw).replace('\n', ' ').replace('\t', ' '));
  }

  /** The same over several lines, separated by line feeds. */
  public static String lines(String raw) {
    return isPlain(raw) ? trim(raw) : trim(clean(raw));
  }

  /** Removes blanks of every sort from both ends. */
  public static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** One line in which every run of blanks is one space. */
  public static String spaced(String raw) {
    String line = line(raw);
    StringBuilder spaced = new StringBuilder(line.length());
    boolean afterBlank = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean blank = isBlank(c);
      if (!blank) {
        spaced.append(c);
      } else if (!afterBlank) {
        spaced.append(' ');
      }
      afterBlank = blank;
    }
    return spaced.toString();
  }

  /**
   * Whether a character is invisible at the end of a text: white space, no-break and zero-width
   * spaces, byte order marks, direction marks, fillers. A joiner is not: in some scripts a word
   * ends in one.
   */
  public static boolean isBlank(char c) {
    if (c < 0x7F) {
      return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
    }
    return Character.isSpaceChar(c) || Character.isWhitespace(c) || showsNothing(c);
  }

  private static boolean showsNothing(char c) {
    return switch (c) {
      case 0x85, // next line
          0xAD, // soft hyphen
          0x034F, // grapheme joiner
          0x115F, // Hangul fillers
          0x1160,
          0x3164,
          0xFFA0,
          0x180E, // Mongolian vowel separator
          0x200B, // zero-width space
          0x200E, // marks of direction
          0x200F,
          0x2800, // empty Braille pattern
          0xFEFF -> // byte order mark
          true;
      default -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F);
    };
  }

  /** Most texts are plain; they cost one look. */
  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c < 0x20 || c > 0x7E) {
        return false;
      }
    }
    return true;
  }

  private static String clean(String raw) {
    StringBuilder kept = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (isLineBreak(c)) {
        kept.append('\n');
      } else if (c == '\r') {
        kept.append('\n');
        if (i < raw.length() && raw.charAt(i) == '\n') {
          i++;
        }
      } else if (c == '\n'
          || c == '\t'
          || (Character.getType(c) != Character.CONTROL
              && !isLoneSurrogate(c)
              && !isNoCharacter(c))) {
        kept.appendCodePoint(c);
      }
    }
    return Normalizer.normalize(kept, Normalizer.Form.NFC);
  }

  /** The characters that word processors and mainframes break lines with. */
  private static boolean isLineBreak(int c) {
    return c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** Code points that are no characters; XML and some databases refuse them. */
  private static boolean isNoCharacter(int c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  }

  private static boolean isLoneSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
