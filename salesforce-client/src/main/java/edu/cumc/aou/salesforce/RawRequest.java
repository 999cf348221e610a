package edu.cumc.aou.salesforce;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for which {@link Salesforce} has no method: Apex REST, Tooling API, SOSL, files,
 * composite graphs. It goes by the same session, and is repeated by the same rules, as all others.
 * Immutable: each method gives another request.
 *
 * <pre>{@code
 * RawRequest.get("search").query("q", "FIND {Muster} RETURNING Contact(Id)")
 * RawRequest.post("/services/apexrest/letters").json(Map.of("kind", "welcome"))
 * }</pre>
 */
public final class RawRequest {

  /** A path on the instance, without anything that could name another host. */
  private static final Pattern PATH =
      Pattern.compile("(/services/)?[A-Za-z0-9._~%@:,()+=-]+(/[A-Za-z0-9._~%@:,()+=-]+)*/?");

  private final String method;
  private final String path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final @Nullable Object json;
  private final byte @Nullable [] body;
  private final boolean repeatable;

  private RawRequest(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      @Nullable Object json,
      byte @Nullable [] body,
      boolean repeatable) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.json = json;
    this.body = body;
    this.repeatable = repeatable;
  }

  /**
   * A request that reads.
   *
   * @param path from {@code /services/data/vXX.0/} on, or a whole one that begins with {@code
   *     /services/}; a value in it is percent-encoded, see {@link #encoded}
   * @throws IllegalArgumentException if it is no such path
   */
  public static RawRequest get(String path) {
    return of("GET", path, true);
  }

  /** A request that is sent once, unless it is {@link #repeatable}. */
  public static RawRequest post(String path) {
    return of("POST", path, false);
  }

  /** A request that may be repeated. */
  public static RawRequest patch(String path) {
    return of("PATCH", path, true);
  }

  /** A request that may be repeated. */
  public static RawRequest put(String path) {
    return of("PUT", path, true);
  }

  /** A request that may be repeated. */
  public static RawRequest delete(String path) {
    return of("DELETE", path, true);
  }

  private static RawRequest of(String method, String path, boolean repeatable) {
    if (!PATH.matcher(path).matches() || path.contains("..")) {
      throw new IllegalArgumentException(
          "a path begins with /services/ or goes on from the API version's, and has no address,"
              + " question mark or blank; put parameters into query(...)");
    }
    return new RawRequest(method, path, Map.of(), Map.of(), null, null, repeatable);
  }

  /** Encodes a value for a path. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** Adds one parameter to the URL, and encodes it. */
  public RawRequest query(String name, String value) {
    return new RawRequest(method, path, with(query, name, value), headers, json, body, repeatable);
  }

  /**
   * Adds one header. The session's {@code Authorization} cannot be set.
   *
   * @throws IllegalArgumentException if a caller may not set the header, or it is malformed
   */
  public RawRequest header(String name, String value) {
    CallHeaders.check(name, value);
    return new RawRequest(method, path, query, with(headers, name, value), json, body, repeatable);
  }

  /**
   * Sets a JSON body: maps, lists, records, texts, numbers, booleans and null, as Jackson writes
   * them.
   */
  public RawRequest json(Object value) {
    return new RawRequest(method, path, query, headers, value, null, repeatable);
  }

  /** Sets a body of any sort. */
  public RawRequest body(byte[] bytes, String contentType) {
    return new RawRequest(
        method,
        path,
        query,
        with(headers, "Content-Type", contentType),
        null,
        bytes.clone(),
        repeatable);
  }

  /** Whether it may be carried out twice, instead of what its method implies. */
  public RawRequest repeatable(boolean mayBeRepeated) {
    return new RawRequest(method, path, query, headers, json, body, mayBeRepeated);
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(name, value);
    return Collections.unmodifiableMap(more);
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  /** Parameters of the URL, not encoded. */
  public Map<String, String> query() {
    return query;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** The argument of {@link #json(Object)}; null if there is none. */
  public @Nullable Object json() {
    return json;
  }

  /** A copy of the argument of {@link #body(byte[], String)}; null if there is none. */
  public byte @Nullable [] body() {
    return body == null ? null : body.clone();
  }

  public boolean repeatable() {
    return repeatable;
  }

  /** The method only: paths may hold ids and values. */
  @Override
  public String toString() {
    return "RawRequest[" + method + "]";
  }
}
