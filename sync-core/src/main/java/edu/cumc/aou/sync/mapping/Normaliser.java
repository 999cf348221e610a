package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.Numbers;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.model.Texts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives a value its one canonical form, for the source and for Salesforce: two values are the same
 * if and only if their canonical texts are. Applying it twice changes nothing. Stateless.
 */
public final class Normaliser {

  private static final String EMPTY_DATE = Cells.EMPTY_DATE.toString();

  private Normaliser() {}

  /**
   * The canonical value of raw text, for a field of this kind. Text that does not fit the kind
   * stays, without blanks around it.
   */
  public static FieldValue canonical(FieldKind kind, String raw) {
    String text =
        switch (kind) {
          case LONG_TEXT -> Texts.lines(raw);
          case EMAIL -> Texts.line(raw).toLowerCase(Locale.ROOT);
          case MULTI_PICKLIST -> multiPicklist(raw);
          case BOOLEAN -> bool(raw);
          case NUMBER -> number(raw);
          case DATE -> date(raw);
          case DATETIME -> datetime(raw);
          case REFERENCE -> reference(raw);
          case TEXT, PHONE, PICKLIST, OTHER -> Texts.line(raw);
        };
    return text.isEmpty() ? FieldValue.BLANK : new FieldValue(text);
  }

  private static String reference(String raw) {
    String text = Texts.line(raw);
    return SalesforceIds.isWellFormed(text) ? SalesforceIds.canonical(text) : text;
  }

  private static String multiPicklist(String raw) {
    return Arrays.stream(Texts.line(raw).split(";"))
        .map(Texts::trim)
        .filter(v -> !v.isEmpty())
        .sorted()
        .distinct()
        .collect(Collectors.joining(";"));
  }

  private static String bool(String raw) {
    String text = Texts.line(raw);
    return switch (Numbers.parse(text).map(Numbers::plain).orElse(text).toLowerCase(Locale.ROOT)) {
      case "true", "1" -> "true";
      case "false", "0" -> "false";
      default -> text;
    };
  }

  private static String number(String raw) {
    String text = Texts.line(raw);
    return Numbers.parse(text).map(Numbers::asHeld).map(Numbers::plain).orElse(text);
  }

  private static String date(String raw) {
    String text = Texts.line(raw);
    String day = text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text;
    return day.equals(EMPTY_DATE) ? "" : day;
  }

  private static String datetime(String raw) {
    String text = Texts.line(raw);
    return parseInstant(text).map(i -> i.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(text);
  }

  /** A point in time with its zone; without a zone the moment is unknown. */
  static Optional<Instant> parseInstant(String text) {
    return SourceTime.parse(text).flatMap(SourceTime::instant);
  }
}
