package edu.cumc.aou.simulator.salesforce.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the resource for a path. Literal parts of a template match in any case, {@code {name}}
 * matches one part, and a slash at the end makes no difference. The first match wins.
 */
public final class Router {
  /** The name of unknown paths in logs and counters. */
  public static final String UNKNOWN = "unknown";

  private final List<Route> routes = new ArrayList<>();

  /** A method on a template of paths, and its handler. */
  record Route(String method, String template, Function<Call, Answer> handler) {}

  /** The result of a search. */
  public record Match(Route route, Call call) {
    /** Lets the resource answer. */
    public Answer answer() {
      return route.handler().apply(call);
    }
  }

  /** Adds a resource below {@code /services/data/{version}}, where calls need a session. */
  public void data(String method, String template, Function<Call, Answer> handler) {
    routes.add(new Route(method, "/services/data/{version}" + template, handler));
  }

  /** Adds a resource without a session. */
  public void open(String method, String template, Function<Call, Answer> handler) {
    routes.add(new Route(method, template, handler));
  }

  /**
   * Finds the handler; an unknown path gets an answer that says so.
   *
   * @throws ApiException if the path does not support the method
   */
  public Match find(Call call) {
    Match nobody = new Match(new Route(call.method(), UNKNOWN, NotServed::answer), call);
    if (NotServed.matches(call.path())) {
      return nobody;
    }
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> parameters = match(route.template(), call.path());
      if (parameters.isPresent()) {
        if (route.method().equals(call.method())) {
          return new Match(route, call.withParameters(parameters.get()));
        }
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      return nobody;
    }
    throw ApiException.of(
        405,
        "METHOD_NOT_ALLOWED",
        "HTTP Method '"
            + call.method()
            + "' not allowed. Allowed are "
            + String.join(",", allowed));
  }

  /** The template that a path belongs to, or {@link #UNKNOWN}. */
  public String template(String path) {
    return routes.stream()
        .map(Route::template)
        .filter(template -> match(template, path).isPresent())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static Optional<Map<String, String>> match(String template, String path) {
    List<String> expected = parts(template);
    List<String> actual = parts(path);
    if (expected.size() != actual.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      String part = expected.get(i);
      if (part.startsWith("{")) {
        parameters.put(part.substring(1, part.length() - 1), decode(actual.get(i)));
      } else if (!part.equalsIgnoreCase(actual.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static List<String> parts(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(trimmed.split("/", -1));
  }

  /** In a path, unlike in a form, a plus sign is a plus sign. */
  private static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.of(400, "BAD_REQUEST", "The URL is not properly encoded");
    }
  }
}
