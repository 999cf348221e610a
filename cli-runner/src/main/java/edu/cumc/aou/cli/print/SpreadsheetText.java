package edu.cumc.aou.cli.print;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads a CSV file after a spreadsheet has saved it in one of its own forms. */
final class SpreadsheetText {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** Some spreadsheets name the separator before the heading. */
  private static final Pattern SEPARATOR_LINE = Pattern.compile("^sep=.\\R");

  private SpreadsheetText() {}

  /**
   * The text: decoded by its byte order mark, else as UTF-8, else as Windows writes it. PMI IDs,
   * ids and answers are the same in all of them.
   */
  static String of(byte[] bytes) {
    return SEPARATOR_LINE.matcher(decoded(bytes)).replaceFirst("");
  }

  private static String decoded(byte[] bytes) {
    if (begins(bytes, 0xFF, 0xFE)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    if (begins(bytes, 0xFE, 0xFF)) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    int from = begins(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, WINDOWS);
    }
  }

  private static boolean begins(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** The separator: a comma, or what a spreadsheet of another country writes. */
  static char separator(String text) {
    String heading = text.lines().findFirst().orElse("");
    if (heading.indexOf('\t') >= 0) {
      return '\t';
    }
    return heading.indexOf(';') >= 0 ? ';' : ',';
  }
}
