package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The meaning of a query's literals for the fields that they are compared with. */
final class SoqlLiterals {
  private final SoqlBinder binder;
  private final Instant now;
  private final ZoneId zone;

  /** A span of values, the end excluded; both in comparable form. */
  record Span(Object start, Object end) {}

  SoqlLiterals(SoqlBinder binder, Instant now, ZoneId zone) {
    this.binder = binder;
    this.now = now;
    this.zone = zone;
  }

  /**
   * The literal as a value of the type.
   *
   * @param name the field, for the error text
   * @return empty for null and for an empty text, which is the same
   * @throws ApiException if the literal is of another type
   */
  Optional<Object> value(String name, FieldType type, SoqlQuery.Literal literal) {
    return Optional.ofNullable(valueOrNull(name, type, literal));
  }

  private @Nullable Object valueOrNull(String name, FieldType type, SoqlQuery.Literal literal) {
    SoqlQuery.LiteralKind expected = expected(type);
    if (literal.kind() == SoqlQuery.LiteralKind.NULL) {
      return null;
    }
    if (literal.kind() != expected) {
      throw wrongType(name, literal, expected);
    }
    String text = literal.text();
    return switch (expected) {
      case STRING -> type.isId() ? id(literal) : unescaped(text);
      case NUMBER -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case DATE -> date(name, literal);
      case DATETIME ->
          Values.parseDateTime(text).orElseThrow(() -> wrongType(name, literal, expected));
      case RELATIVE_DATE, NULL -> null;
    };
  }

  /**
   * The days that a relative date means, in the user's time zone.
   *
   * @throws ApiException if it is compared with something that is no date
   */
  Span span(String name, FieldType type, SoqlQuery.Literal literal) {
    if (type != FieldType.DATE && type != FieldType.DATETIME) {
      throw wrongType(name, literal, expected(type));
    }
    RelativeDates.Span days = RelativeDates.span(literal.text(), LocalDate.ofInstant(now, zone));
    return type == FieldType.DATE
        ? new Span(days.start(), days.end())
        : new Span(
            days.start().atStartOfDay(zone).toInstant(), days.end().atStartOfDay(zone).toInstant());
  }

  private LocalDate date(String name, SoqlQuery.Literal literal) {
    try {
      return LocalDate.parse(literal.text());
    } catch (DateTimeParseException e) {
      throw wrongType(name, literal, SoqlQuery.LiteralKind.DATE);
    }
  }

  private @Nullable String id(SoqlQuery.Literal literal) {
    if (literal.text().isEmpty()) {
      return null;
    }
    return Ids.canonical(literal.text())
        .orElseThrow(
            () ->
                binder.error(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    literal.position(),
                    "invalid ID field: " + literal.text()));
  }

  private static @Nullable String unescaped(String text) {
    String plain = text.replace("\\%", "%").replace("\\_", "_");
    return plain.isEmpty() ? null : plain;
  }

  private static SoqlQuery.LiteralKind expected(FieldType type) {
    if (type.isNumber()) {
      return SoqlQuery.LiteralKind.NUMBER;
    }
    return switch (type) {
      case BOOLEAN -> SoqlQuery.LiteralKind.BOOLEAN;
      case DATE -> SoqlQuery.LiteralKind.DATE;
      case DATETIME -> SoqlQuery.LiteralKind.DATETIME;
      default -> SoqlQuery.LiteralKind.STRING;
    };
  }

  private ApiException wrongType(
      String name, SoqlQuery.Literal literal, SoqlQuery.LiteralKind expected) {
    String quotes =
        expected == SoqlQuery.LiteralKind.STRING
            ? " and should be enclosed in quotes"
            : " and should not be enclosed in quotes";
    return binder.invalidField(
        literal.position(),
        "value of filter criterion for field '"
            + name
            + "' must be of type "
            + expected.name().toLowerCase(Locale.ROOT)
            + quotes);
  }
}
