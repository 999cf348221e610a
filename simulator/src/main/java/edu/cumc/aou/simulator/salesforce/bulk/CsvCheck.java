package edu.cumc.aou.simulator.salesforce.bulk;

import java.util.Optional;

/**
 * Finds out why the org would refuse a whole uploaded CSV: line endings other than the job's,
 * quotes that do not enclose a value, or something too long.
 */
final class CsvCheck {
  static final int MAX_HEADER = 32_000;
  static final int MAX_CELL = 131_072;
  static final int MAX_RECORD = 400_000;
  static final int MAX_COLUMNS = 5_000;

  private final String text;
  private final CsvDialect dialect;
  private int position;
  private int line = 1;

  private CsvCheck(String text, CsvDialect dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  /** The job's error message; empty if the text can be read. */
  static Optional<String> error(String text, CsvDialect dialect) {
    if (hasOtherLineEnding(text, dialect.lineEnding())) {
      return Optional.of(
          "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is "
              + dialect.lineEnding());
    }
    return text.isBlank()
        ? Optional.of("InvalidBatch : Records not found")
        : new CsvCheck(text, dialect)
            .records()
            .map(error -> "InvalidBatch : Failed to parse CSV. " + error);
  }

  private static boolean hasOtherLineEnding(String text, CsvDialect.LineEnding expected) {
    if (expected == CsvDialect.LineEnding.LF) {
      return text.indexOf('\r') >= 0;
    }
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (i == 0 || text.charAt(i - 1) != '\r') {
        return true;
      }
    }
    return false;
  }

  private Optional<String> records() {
    while (position < text.length()) {
      Optional<String> error = record();
      if (error.isPresent()) {
        return error;
      }
      line++;
    }
    return Optional.empty();
  }

  /** Reads up to and including the end of the line. */
  private Optional<String> record() {
    int start = position;
    int columns = 0;
    boolean more = true;
    while (more) {
      int cell = position;
      columns++;
      Optional<String> error = atQuote() ? quoted() : plain();
      if (error.isPresent()) {
        return error;
      }
      if (position - cell > MAX_CELL) {
        return Optional.of(
            "Exceeded max length of a field in line " + line + ", which is " + MAX_CELL);
      }
      more = position < text.length() && text.charAt(position) != '\n';
      position++;
    }
    int limit = line == 1 ? MAX_HEADER : MAX_RECORD;
    if (position - start > limit) {
      return Optional.of(
          "Exceeded max length for one record: "
              + (position - start)
              + ". Max length for one record should be less than or equal to "
              + limit);
    }
    return columns > MAX_COLUMNS
        ? Optional.of(
            "Exceeded number of columns. Number of columns should be less than or equal to "
                + MAX_COLUMNS)
        : Optional.empty();
  }

  private boolean atQuote() {
    return position < text.length() && text.charAt(position) == '"';
  }

  /** Whether a cell ends before the character. */
  private boolean endsCell(char c) {
    return c == dialect.delimiter().character() || c == '\n';
  }

  private Optional<String> plain() {
    while (position < text.length() && !endsCell(text.charAt(position))) {
      if (text.charAt(position) == '"') {
        return Optional.of("Found unescaped quote. A value with quote should be within a quote");
      }
      position++;
    }
    return Optional.empty();
  }

  private Optional<String> quoted() {
    do {
      position = text.indexOf('"', position + 1);
      if (position < 0) {
        position = text.length();
        return Optional.of("EOF reached before closing an opened quote");
      }
      position++;
      // two quotes stand for one
    } while (atQuote());
    if (position < text.length() && text.charAt(position) == '\r') {
      position++;
    }
    return position == text.length() || endsCell(text.charAt(position))
        ? Optional.empty()
        : Optional.of("Not expecting more text after end quote");
  }
}
