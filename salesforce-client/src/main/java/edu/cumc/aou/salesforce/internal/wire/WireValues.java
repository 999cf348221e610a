package edu.cumc.aou.salesforce.internal.wire;

import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Soql;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts values for JSON, and times and texts for URLs. */
public final class WireValues {

  /** Salesforce writes {@code +0000} where ISO 8601 has a colon; others write the colon. */
  private static final DateTimeFormatter WITHOUT_COLON =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendOffset("+HHMM", "Z")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter WINDOW =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private WireValues() {}

  /** A record in the form of a Collections call. */
  public static Map<String, @Nullable Object> typed(
      String object, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("attributes", Map.of("type", Soql.name(object)));
    record.putAll(plain(fields));
    return record;
  }

  /** Fields with values that JSON has types for. */
  public static Map<String, @Nullable Object> plain(Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    fields.forEach((name, value) -> plain.put(Soql.name(name), plain(name, value)));
    return plain;
  }

  private static @Nullable Object plain(String name, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Map<?, ?> parent && parent.size() == 1) {
      Map.Entry<?, ?> only = parent.entrySet().iterator().next();
      String key = Soql.name(String.valueOf(only.getKey()));
      Object reference = only.getValue();
      if (reference instanceof String) {
        return Map.of(key, reference);
      }
    }
    return scalar(name, value);
  }

  /**
   * One value of a field as text, number or boolean.
   *
   * @throws IllegalArgumentException if it is of a type that cannot be sent; names the field
   */
  public static Object scalar(String name, Object value) {
    if (value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof LocalDate) {
      return value.toString();
    }
    if (value instanceof Instant instant) {
      return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    throw new IllegalArgumentException(
        "field " + name + ": a " + value.getClass().getSimpleName() + " cannot be sent");
  }

  /** A record from a read by id. */
  public static SalesforceRecord record(Map<?, ?> json) {
    return record(
        json,
        children -> {
          throw missing("a record without others in it");
        });
  }

  /**
   * A record from a query.
   *
   * @param children reads the result of a query within the query
   */
  public static SalesforceRecord record(
      Map<?, ?> json, Function<Map<?, ?>, List<SalesforceRecord>> children) {
    String type = "";
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : json.entrySet()) {
      String name = String.valueOf(entry.getKey());
      Object value = entry.getValue();
      if (name.equals("attributes") && value instanceof Map<?, ?> attributes) {
        Object given = attributes.get("type");
        type = given instanceof String text ? text : "";
      } else if (value instanceof Map<?, ?> nested
          && nested.containsKey("records")
          && nested.containsKey("totalSize")) {
        fields.put(name, children.apply(nested));
      } else {
        fields.put(name, value instanceof Map<?, ?> nested ? record(nested, children) : value);
      }
    }
    return new SalesforceRecord(type, fields);
  }

  /** A point in time as Salesforce writes it; null or another form is a PROTOCOL failure. */
  public static Instant instant(@Nullable String text) {
    if (text != null) {
      for (DateTimeFormatter form :
          new DateTimeFormatter[] {WITHOUT_COLON, DateTimeFormatter.ISO_OFFSET_DATE_TIME}) {
        try {
          return OffsetDateTime.parse(text, form).toInstant();
        } catch (DateTimeException e) {
          // The other form may fit.
        }
      }
    }
    throw missing("a point in time");
  }

  /** A point in time in the form of the change feeds. */
  public static String window(Instant instant) {
    return WINDOW.format(instant);
  }

  /** Percent-encodes everything but letters, digits and {@code -._~}. */
  public static String percentEncoded(String text) {
    return RawRequest.encoded(text);
  }

  /** The failure of an answer that lacks a required part. */
  public static SalesforceException missing(String what) {
    return new SalesforceException(
        Kind.PROTOCOL,
        "the answer lacks " + what + " or has it in another form; check the API version");
  }

  /** A required part of an answer. */
  public static <T> T required(@Nullable T part, String what) {
    if (part == null) {
      throw missing(what);
    }
    return part;
  }
}
