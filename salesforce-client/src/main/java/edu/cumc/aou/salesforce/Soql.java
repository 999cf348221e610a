package edu.cumc.aou.salesforce;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query, written so that no value can become part of the language. Immutable: each method gives
 * another query. {@link #text} is what goes to {@link Salesforce#query}.
 *
 * <pre>{@code
 * Soql.select("Id", "LastName").from("Contact").where(SoqlCondition.eq("HP_PMI_ID__c", pmiId)).text()
 * }</pre>
 */
public final class Soql {

  /** URL and headers together may have 16,384 bytes; the rest is room for the token. */
  public static final int MAX_ENCODED_LENGTH = 12_000;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*){0,5}");

  private final String select;
  private final String from;
  private final List<SoqlCondition> conditions;
  private final List<String> order;
  private final int limit;

  private Soql(
      String select, String from, List<SoqlCondition> conditions, List<String> order, int limit) {
    this.select = select;
    this.from = from;
    this.conditions = List.copyOf(conditions);
    this.order = List.copyOf(order);
    this.limit = limit;
  }

  /**
   * Begins a query for fields; write a parent's field as {@code Account.Name}.
   *
   * @throws IllegalArgumentException if a name is malformed
   */
  public static Soql select(Collection<String> fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a query needs at least one field");
    }
    return new Soql(
        String.join(", ", fields.stream().map(Soql::name).distinct().toList()),
        "",
        List.of(),
        List.of(),
        0);
  }

  /** As {@link #select(Collection)}. */
  public static Soql select(String... fields) {
    return select(List.of(fields));
  }

  /** Begins a query for {@link Salesforce#count}. */
  public static Soql count() {
    return new Soql("COUNT()", "", List.of(), List.of(), 0);
  }

  public Soql from(String object) {
    return new Soql(select, name(object), conditions, order, limit);
  }

  /** Adds a condition; all of them must hold. */
  public Soql where(SoqlCondition condition) {
    List<SoqlCondition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new Soql(select, from, more, order, limit);
  }

  /** Adds a field to sort by, ascending, nulls first. */
  public Soql orderBy(String field) {
    List<String> more = new ArrayList<>(order);
    more.add(name(field));
    return new Soql(select, from, conditions, more, limit);
  }

  /** Limits the number of records. */
  public Soql limit(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("limit must be at least 1");
    }
    return new Soql(select, from, conditions, order, most);
  }

  /** The query as Salesforce reads it. Holds values: not for logs. */
  public String text() {
    if (from.isEmpty()) {
      throw new IllegalStateException("the query has no object: call from()");
    }
    StringBuilder text = new StringBuilder("SELECT ").append(select).append(" FROM ").append(from);
    if (!conditions.isEmpty()) {
      text.append(" WHERE ").append(SoqlCondition.and(conditions).text());
    }
    if (!order.isEmpty()) {
      text.append(" ORDER BY ").append(String.join(", ", order));
    }
    if (limit > 0) {
      text.append(" LIMIT ").append(limit);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "Soql[" + from + "]";
  }

  /**
   * Checks the name of an object, field or relationship path.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the API name of an object or field");
    }
    return name;
  }

  /**
   * Writes a value into a query: text in quotes with everything escaped, dates, points in time in
   * UTC, numbers and booleans.
   *
   * @throws IllegalArgumentException for any other type
   */
  public static String literal(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text) {
      return "'" + escape(text) + "'";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof LocalDate) {
      return value.toString();
    }
    if (value instanceof Instant instant) {
      return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    throw new IllegalArgumentException("a query cannot hold a " + value.getClass().getSimpleName());
  }

  /**
   * Cuts a list of texts into lists that each fit into one query's {@code IN (…)}.
   *
   * @param encodedLength how many bytes of the URL the texts may take; see {@link
   *     #MAX_ENCODED_LENGTH}
   */
  public static List<List<String>> chunks(Collection<String> values, int encodedLength) {
    List<List<String>> chunks = new ArrayList<>();
    List<String> chunk = new ArrayList<>();
    int used = 0;
    for (String value : values) {
      int length = encodedLength("," + literal(value));
      if (!chunk.isEmpty() && used + length > encodedLength) {
        chunks.add(List.copyOf(chunk));
        chunk.clear();
        used = 0;
      }
      chunk.add(value);
      used += length;
    }
    if (!chunk.isEmpty()) {
      chunks.add(List.copyOf(chunk));
    }
    return List.copyOf(chunks);
  }

  /** How many bytes a text takes in a URL. */
  static int encodedLength(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).length();
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\\\");
        case '\'' -> escaped.append("\\'");
        case '"' -> escaped.append("\\\"");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\b' -> escaped.append("\\b");
        case '\f' -> escaped.append("\\f");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
