package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SalesforceIds;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one canonical form of a value, for what the source says and for what Salesforce shows: two
 * values are the same if and only if their canonical texts are. Applying it twice changes nothing.
 * Stateless.
 */
public final class Normaliser {

  /** What SQL Server makes of an empty text that is cast to a date. */
  static final String EMPTY_DATE = "1900-01-01";

  private static final DateTimeFormatter OFFSET_WITHOUT_COLON =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendOffset("+HHMM", "Z")
          .toFormatter(Locale.ROOT);

  private Normaliser() {}

  /**
   * The canonical value of raw text, for a field of this kind. Text that does not fit the kind
   * stays as it is, without blanks around it.
   */
  public static FieldValue canonical(FieldKind kind, String raw) {
    String text =
        switch (kind) {
          case LONG_TEXT -> longText(raw);
          case EMAIL -> line(raw).toLowerCase(Locale.ROOT);
          case MULTI_PICKLIST -> multiPicklist(raw);
          case BOOLEAN -> bool(raw);
          case NUMBER -> number(raw);
          case DATE -> date(raw);
          case DATETIME -> datetime(raw);
          case REFERENCE -> reference(raw);
          case TEXT, PHONE, PICKLIST, OTHER -> line(raw);
        };
    return text.isEmpty() ? FieldValue.BLANK : new FieldValue(text);
  }

  /**
   * Text on one line: composed characters, no control characters, line breaks as blanks, nothing
   * blank around it.
   */
  static String line(String raw) {
    return trim(clean(raw).replace('\n', ' ').replace('\t', ' '));
  }

  private static String longText(String raw) {
    return trim(clean(raw));
  }

  private static String clean(String raw) {
    String unix = raw.replace("\r\n", "\n").replace('\r', '\n');
    StringBuilder kept = new StringBuilder(unix.length());
    unix.codePoints().filter(Normaliser::isPrintable).forEach(kept::appendCodePoint);
    return Normalizer.normalize(kept, Normalizer.Form.NFC);
  }

  private static boolean isPrintable(int c) {
    return c == '\n'
        || c == '\t'
        || (Character.getType(c) != Character.CONTROL && !isLoneSurrogate(c));
  }

  private static boolean isLoneSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  /**
   * Removes blanks of every sort from both ends: white space, no-break spaces, zero-width spaces,
   * byte order marks.
   */
  static String trim(String text) {
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

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x200B || c == 0xFEFF;
  }

  private static String reference(String raw) {
    String text = line(raw);
    return SalesforceIds.isWellFormed(text) ? SalesforceIds.canonical(text) : text;
  }

  private static String multiPicklist(String raw) {
    return Arrays.stream(line(raw).split(";"))
        .map(Normaliser::trim)
        .filter(v -> !v.isEmpty())
        .sorted()
        .distinct()
        .collect(Collectors.joining(";"));
  }

  private static String bool(String raw) {
    String text = line(raw);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "1.0" -> "true";
      case "false", "0", "0.0" -> "false";
      default -> text;
    };
  }

  private static String number(String raw) {
    String text = line(raw);
    return parseNumber(text).map(Normaliser::plain).orElse(text);
  }

  static Optional<BigDecimal> parseNumber(String text) {
    // a number of this length is no measurement; parsing it could cost more memory than the whole
    // run
    if (text.isEmpty() || text.length() > 40) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > 60 ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String date(String raw) {
    String text = line(raw);
    String day = text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text;
    return day.equals(EMPTY_DATE) ? "" : day;
  }

  private static String datetime(String raw) {
    String text = line(raw);
    return parseInstant(text).map(i -> i.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(text);
  }

  static Optional<Instant> parseInstant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text, OFFSET_WITHOUT_COLON).toInstant());
    } catch (DateTimeParseException withoutColon) {
      try {
        return Optional.of(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeParseException withColon) {
        return Optional.empty();
      }
    }
  }
}
