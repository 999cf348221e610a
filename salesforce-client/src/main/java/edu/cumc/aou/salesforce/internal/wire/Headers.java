package edu.cumc.aou.salesforce.internal.wire;

import feign.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Reads response headers; names may be in any case. */
public final class Headers {

  private Headers() {}

  public static Optional<String> first(Map<String, Collection<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(e -> name.equalsIgnoreCase(e.getKey()))
        .flatMap(e -> e.getValue().stream())
        .findFirst();
  }

  public static boolean has(Response response, String name) {
    return first(response.headers(), name).isPresent();
  }

  /** How long {@code Retry-After} asks to wait, in seconds or as a date. */
  public static Optional<Duration> retryAfter(Response response, Instant now) {
    Optional<String> header = first(response.headers(), "Retry-After").map(String::strip);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    if (header.get().matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header.get())));
    }
    return date(header.get()).map(then -> Duration.between(now, then)).filter(d -> !d.isNegative());
  }

  /** A date as HTTP writes it. */
  public static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
