package edu.cumc.aou.simulator.salesforce.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A request, independent of the server that received it. Immutable.
 *
 * @param method the method, after {@code _HttpMethod} was applied
 * @param path the path, still encoded
 * @param query the query string, still encoded
 * @param headers by lower-case name
 * @param body the body, inflated and decoded
 * @param parameters the placeholders of the route's template, decoded
 * @param session the caller; empty where no session is needed
 * @param mishap the fault inside the resource
 */
public record Call(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    String body,
    Map<String, String> parameters,
    Optional<OpenSession> session,
    Optional<Mishap> mishap) {
  /** More than any resource accepts, so that the resource refuses a longer body. */
  static final int MAX_BODY = 150_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * A request as it was received.
   *
   * @param path the path, encoded
   * @param query the query string, encoded; may be empty
   * @param headers by name in whatever case
   * @param body the body; gzipped if a header says so
   * @return the request, its body inflated
   * @throws ApiException if the body is not gzipped as it should be
   */
  public static Call received(
      String method, String path, String query, Map<String, String> headers, byte[] body) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    byte[] plain = inflated(body, lower.getOrDefault("content-encoding", ""));
    return new Call(
        method,
        path,
        query,
        lower,
        new String(plain, StandardCharsets.UTF_8),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static byte[] inflated(byte[] body, String encoding) {
    if (!encoding.equalsIgnoreCase("gzip")) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(MAX_BODY);
    } catch (IOException e) {
      throw ApiException.of(400, "BAD_REQUEST", "The body is not properly gzipped");
    }
  }

  Call withParameters(Map<String, String> values) {
    return new Call(method, path, query, headers, body, values, session, mishap);
  }

  public Call withSession(OpenSession found) {
    return new Call(method, path, query, headers, body, parameters, Optional.of(found), mishap);
  }

  public Call withMishap(Optional<Mishap> met) {
    return new Call(method, path, query, headers, body, parameters, session, met);
  }

  public Call withPath(String other) {
    return new Call(method, other, query, headers, body, parameters, session, mishap);
  }

  public Call withMethod(String other) {
    return new Call(other, path, query, headers, body, parameters, session, mishap);
  }

  /** Whether the answer must leave half of the results out. */
  public boolean cutsResults() {
    return mishap.filter(Mishap.ResultsCut.class::isInstance).isPresent();
  }

  /** A header that holds a point in time; empty if it is absent or unreadable. */
  public Optional<Instant> time(String name) {
    try {
      return header(name)
          .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The decoded value of a placeholder of the route. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException("The route has no placeholder " + name);
    }
    return value;
  }

  /** The decoded value in the query string. */
  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(pairs(query).get(name));
  }

  /** The names in the query string. */
  public Set<String> queryParameters() {
    return pairs(query).keySet();
  }

  public boolean flag(String name) {
    return queryParameter(name).map(Boolean::parseBoolean).orElse(false);
  }

  /** The body as a form. */
  public Map<String, String> form() {
    return pairs(body);
  }

  private static Map<String, String> pairs(String encoded) {
    Map<String, String> pairs = new LinkedHashMap<>();
    int start = 0;
    while (start < encoded.length()) {
      int end = encoded.indexOf('&', start);
      String pair = encoded.substring(start, end < 0 ? encoded.length() : end);
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      pairs.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      start = end < 0 ? encoded.length() : end + 1;
    }
    return pairs;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.of(400, "BAD_REQUEST", "The URL or form is not properly encoded");
    }
  }

  /**
   * The body as JSON.
   *
   * @throws ApiException {@code JSON_PARSER_ERROR} or {@code UNSUPPORTED_MEDIA_TYPE}
   */
  public JsonNode json() {
    String contentType = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!contentType.startsWith("application/json")) {
      throw ApiException.of(
          415, "UNSUPPORTED_MEDIA_TYPE", "Content type " + contentType + " is not supported");
    }
    if (body.isEmpty()) {
      throw ApiException.of(
          400,
          "JSON_PARSER_ERROR",
          "The HTTP entity body is required, but this request has no entity body.");
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw ApiException.of(
          400,
          "JSON_PARSER_ERROR",
          e.getOriginalMessage()
              + " at [line:"
              + e.getLocation().getLineNr()
              + ", column:"
              + e.getLocation().getColumnNr()
              + "]");
    }
  }

  /**
   * Reads the body by a function. The error about an unreadable value names its line and column.
   *
   * @throws ApiException what the function throws
   */
  public <T> T json(Function<JsonNode, T> reading) {
    JsonNode root = json();
    try {
      return reading.apply(root);
    } catch (ApiException e) {
      throw placed(root, e);
    }
  }

  /** The error with line and column of the value that it is about; {@code root}: the read body. */
  public ApiException placed(JsonNode root, ApiException error) {
    return error.value().map(value -> error.at(BodyPlaces.of(body, root, value))).orElse(error);
  }

  /** The API version of a data call, such as 62. */
  public int version() {
    return Versions.parse(parameter("version")).orElseThrow(ApiException::notFound);
  }

  /** The path that all resources of the called version share. */
  public String dataPath() {
    return "/services/data/v" + version() + ".0";
  }

  /** Who calls. */
  public OpenSession caller() {
    return session.orElseThrow(() -> new IllegalStateException("The route needs no session"));
  }

  /** The user who calls. */
  public String userId() {
    return caller().userId();
  }

  /** Names the method only: URLs and bodies hold personal data. */
  @Override
  public String toString() {
    return method + " call";
  }
}
