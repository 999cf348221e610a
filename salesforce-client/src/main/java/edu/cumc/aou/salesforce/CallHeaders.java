package edu.cumc.aou.salesforce;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Headers for each call of {@link Salesforce#with}; they replace those that the client would send.
 *
 * @param values by name, in any case
 */
public record CallHeaders(Map<String, String> values) {

  private static final Set<String> OURS =
      Set.of(
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "cookie",
          "host",
          "transfer-encoding");

  private static final Set<String> OF_THE_BODY = Set.of("accept", "content-type");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[ -~]{1,4000}");

  /**
   * Checks each header.
   *
   * @throws IllegalArgumentException if a caller may not set one, or one is malformed; names it
   */
  public CallHeaders {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(values);
    sorted.forEach(
        (name, value) -> {
          check(name, value);
          if (OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
            throw refused(name);
          }
        });
    values = Collections.unmodifiableMap(sorted);
  }

  /** One header. */
  public static CallHeaders of(String name, String value) {
    return new CallHeaders(Map.of(name, value));
  }

  /** Adds one more; the last of a name counts. */
  public CallHeaders and(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(values);
    more.put(name, value);
    return new CallHeaders(more);
  }

  static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("the name of a header has letters, digits and hyphens");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw refused(name);
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the value of the header " + name + " is empty or has characters that no header carries");
    }
  }

  private static IllegalArgumentException refused(String name) {
    return new IllegalArgumentException(
        "the header " + name + " is the client's own; it cannot be set");
  }

  /** Names only. */
  @Override
  public String toString() {
    return "CallHeaders" + values.keySet();
  }
}
