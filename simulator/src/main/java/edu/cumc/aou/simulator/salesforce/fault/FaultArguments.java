package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of one stated fault, as text; reports unreadable ones. Immutable. */
final class FaultArguments {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private final String fault;
  private final Map<String, String> values;

  FaultArguments(String fault, Map<String, String> values) {
    this.fault = fault;
    this.values = Map.copyOf(values);
  }

  boolean has(String setting) {
    return values.containsKey(setting);
  }

  String text(String setting) {
    String value = values.get(setting);
    if (value == null || value.isBlank()) {
      throw new SalesforceSimulatorException("The fault " + fault + " needs " + setting + "=…");
    }
    return value;
  }

  /** The text of an optional setting. */
  String optional(String setting) {
    return values.getOrDefault(setting, "").strip();
  }

  /** A whole number within bounds. */
  int integer(String setting, int least, int most) {
    String value = text(setting);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    throw invalid(setting, "a whole number from " + least + " to " + most);
  }

  long seed(String setting) {
    try {
      return values.containsKey(setting) ? Long.parseLong(text(setting)) : 0;
    } catch (NumberFormatException e) {
      throw invalid(setting, "a whole number");
    }
  }

  /** A number from 0 to 1. */
  double share(String setting) {
    try {
      double share = Double.parseDouble(text(setting));
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    throw invalid(setting, "a number from 0 to 1");
  }

  /** A time such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d} or ISO 8601. */
  Duration duration(String setting) {
    String value = text(setting).toLowerCase(Locale.ROOT);
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // reported below, like a negative time
    }
    throw invalid(setting, "a time such as 500ms, 30s, 5m, 2h or 1d");
  }

  private SalesforceSimulatorException invalid(String setting, String expected) {
    return new SalesforceSimulatorException(
        "The fault " + fault + ": " + setting + " must be " + expected);
  }
}
