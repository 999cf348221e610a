package edu.cumc.aou.salesforce;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One record from a query or a read. Field names ignore case, as in Salesforce. Immutable; {@code
 * toString} shows only the type and the names of the fields.
 */
public final class SalesforceRecord {

  /** JSON has {@code +0000}, CSV has {@code Z}, and a gateway between may write a colon. */
  private static final DateTimeFormatter POINT_IN_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private final String type;
  private final Map<String, @Nullable Object> fields;

  /**
   * Makes a record; copies the map.
   *
   * @param type the object's API name; empty text if unknown
   * @param fields by API name: null, String, Boolean, a number, a {@code SalesforceRecord} for a
   *     parent, or a list of them for children
   */
  public SalesforceRecord(String type, Map<String, @Nullable Object> fields) {
    this.type = type;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  public String type() {
    return type;
  }

  /** The names of the fields that were read, including blank ones, as Salesforce writes them. */
  public Set<String> fields() {
    return fields.keySet();
  }

  /** The value of the field {@code Id}; empty when it was not read. */
  public Optional<String> id() {
    return text("Id");
  }

  /**
   * A field's value as text: texts as they are, numbers in plain decimal notation, {@code true} or
   * {@code false}. Empty when it is null or was not read.
   */
  public Optional<String> text(String field) {
    Object value = value(field);
    if (value == null || value instanceof SalesforceRecord || value instanceof List) {
      return Optional.empty();
    }
    return Optional.of(
        value instanceof BigDecimal number ? number.toPlainString() : value.toString());
  }

  /**
   * A number; empty when it is null or was not read.
   *
   * @throws IllegalArgumentException if the field holds something else; names the field
   */
  public Optional<BigDecimal> number(String field) {
    return parsed(field, "number", BigDecimal::new);
  }

  /**
   * A date; empty when it is null or was not read.
   *
   * @throws IllegalArgumentException as {@link #number}
   */
  public Optional<LocalDate> date(String field) {
    return parsed(field, "date", LocalDate::parse);
  }

  /**
   * A point in time, which Salesforce keeps in whole seconds; empty when it is null or was not
   * read.
   *
   * @throws IllegalArgumentException as {@link #number}
   */
  public Optional<Instant> instant(String field) {
    return parsed(field, "point in time", text -> Instant.from(POINT_IN_TIME.parse(text)));
  }

  private <T> Optional<T> parsed(String field, String sort, Function<String, T> parser) {
    Optional<String> text = text(field);
    try {
      return text.map(parser);
    } catch (NumberFormatException | DateTimeException e) {
      // Their messages quote the value.
      throw new IllegalArgumentException(
          "the field " + field + " holds no " + sort + "; ask for its text");
    }
  }

  /** A boolean field; false when it is null or was not read. */
  public boolean flag(String field) {
    return Boolean.TRUE.equals(value(field));
  }

  /** The parent that the query also read, e.g. {@code Account}; empty if there is none. */
  public Optional<SalesforceRecord> parent(String relationship) {
    return value(relationship) instanceof SalesforceRecord parent
        ? Optional.of(parent)
        : Optional.empty();
  }

  /**
   * The children that a query within the query read, e.g. {@code Opportunities__r}; empty if there
   * are none or they were not read.
   */
  public List<SalesforceRecord> children(String relationship) {
    return value(relationship) instanceof List<?> children
        ? children.stream().map(SalesforceRecord.class::cast).toList()
        : List.of();
  }

  private @Nullable Object value(String field) {
    Object exact = fields.get(field);
    if (exact != null || fields.containsKey(field)) {
      return exact;
    }
    for (Map.Entry<String, @Nullable Object> entry : fields.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(field)) {
        return entry.getValue();
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return type + fields.keySet();
  }
}
