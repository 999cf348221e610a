package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Field values inside the org: String, Boolean, Integer, Double, LocalDate or Instant; null is no
 * value. Reads them from JSON and writes them as Salesforce does.
 */
public final class Values {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CSV_STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DATE_TIME_IN =
      DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS][.SS][.S][XXX][XX]", Locale.ROOT);

  /** A day may come as a point in time, if its fraction has no more than three digits. */
  private static final Pattern TOO_FINE = Pattern.compile(".*\\.\\d{4,}.*");

  private Values() {}

  /**
   * Reads a JSON value for a field.
   *
   * @throws ApiException with {@code isBinding()} if the value is of another type
   */
  public static @Nullable Object read(Field field, JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    FieldType type = field.type();
    if (json.isContainerNode()) {
      throw cannotRead(type.wireName(), json);
    }
    if (type.isText() || type.isId()) {
      return readText(json);
    }
    if (json.isTextual() && json.textValue().isBlank()) {
      return null;
    }
    return switch (type) {
      case BOOLEAN -> readBoolean(json);
      case DATE -> readDate(json);
      case DATETIME -> readDateTime(json);
      default -> readNumber(type, json);
    };
  }

  private static String readText(JsonNode json) {
    if (!json.isTextual()) {
      throw cannotRead("string", json);
    }
    return json.textValue();
  }

  private static Boolean readBoolean(JsonNode json) {
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    String text = json.asText().toLowerCase(Locale.ROOT);
    if (json.isTextual() && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    throw cannotRead("boolean", json);
  }

  private static LocalDate readDate(JsonNode json) {
    if (json.isTextual()) {
      try {
        return LocalDate.parse(json.textValue());
      } catch (DateTimeParseException e) {
        return Optional.of(json.textValue())
            .filter(text -> !TOO_FINE.matcher(text).matches())
            .flatMap(Values::parseDateTime)
            .map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC))
            .orElseThrow(() -> cannotRead("date", json));
      }
    }
    throw cannotRead("date", json);
  }

  private static Instant readDateTime(JsonNode json) {
    return Optional.of(json)
        .filter(JsonNode::isTextual)
        .flatMap(text -> parseDateTime(text.textValue()))
        .orElseThrow(() -> cannotRead("datetime", json));
  }

  /** A point in time with second precision, which is what the org stores. */
  public static Optional<Instant> parseDateTime(String text) {
    try {
      return Optional.of(
          OffsetDateTime.parse(text, DATE_TIME_IN).toInstant().truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Object readNumber(FieldType type, JsonNode json) {
    try {
      double number = json.isNumber() ? json.doubleValue() : Double.parseDouble(json.asText());
      if (json.isBoolean() || !Double.isFinite(number)) {
        throw cannotRead(type == FieldType.INT ? "int" : "double", json);
      }
      if (type != FieldType.INT) {
        return number;
      }
      if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
        throw cannotRead("int", json);
      }
      return (int) number;
    } catch (NumberFormatException e) {
      throw cannotRead(type == FieldType.INT ? "int" : "double", json);
    }
  }

  private static ApiException cannotRead(String type, JsonNode json) {
    String token =
        switch (json.getNodeType()) {
          case STRING -> "VALUE_STRING value " + json.textValue();
          case NUMBER ->
              (json.isIntegralNumber() ? "VALUE_NUMBER_INT value " : "VALUE_NUMBER_FLOAT value ")
                  + json.asText();
          case BOOLEAN -> json.booleanValue() ? "VALUE_TRUE value true" : "VALUE_FALSE value false";
          case ARRAY -> "START_ARRAY value [";
          default -> "START_OBJECT value {";
        };
    return ApiException.ofBinding(
        "JSON_PARSER_ERROR",
        "Cannot deserialize instance of "
            + type
            + " from "
            + token
            + " or request may be missing a required field");
  }

  /** The value as answers show it. */
  public static JsonNode toJson(@Nullable Object value) {
    if (value == null) {
      return NullNode.getInstance();
    } else if (value instanceof Boolean flag) {
      return BooleanNode.valueOf(flag);
    } else if (value instanceof Integer number) {
      return IntNode.valueOf(number);
    } else if (value instanceof Double number) {
      return DoubleNode.valueOf(number);
    } else if (value instanceof Instant instant) {
      return TextNode.valueOf(stamp(instant));
    }
    return TextNode.valueOf(value.toString());
  }

  /** A point in time as answers show it: in UTC, with milliseconds, the offset without a colon. */
  public static String stamp(Instant instant) {
    return STAMP.format(instant);
  }

  /** The value in a CSV, where times end in Z, unlike in JSON. */
  public static String toCsv(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Instant instant ? CSV_STAMP.format(instant) : value.toString();
  }

  /** The form that decides whether two values are equal: most texts ignore case, ids do not. */
  public static Object comparable(Field field, Object value) {
    return comparable(field.type(), value);
  }

  /** The same for a value that is of no field. */
  public static Object comparable(FieldType type, Object value) {
    return type.ignoresCase() ? value.toString().toLowerCase(Locale.ROOT) : value;
  }

  /** The order of ORDER BY and of comparisons, for two comparable values of one field. */
  public static final Comparator<Object> ORDER = Values::compare;

  private static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    } else if (a instanceof Instant x && b instanceof Instant y) {
      return x.compareTo(y);
    } else if (a instanceof LocalDate x && b instanceof LocalDate y) {
      return x.compareTo(y);
    } else if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    return a.toString().compareTo(b.toString());
  }
}
