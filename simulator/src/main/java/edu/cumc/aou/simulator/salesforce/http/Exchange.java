package edu.cumc.aou.simulator.salesforce.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a request and its answer, for the developer of a client. Immutable. Holds whatever
 * the caller sent, so it stays in memory, and no log shows it.
 *
 * @param url the path and the query, as they came; of a login without the query
 * @param headers the request's headers by lower-case name, without the session's token
 * @param body the request's body, inflated; of a long one the beginning, of a login the grant type
 *     only
 * @param answer the answer's body; of a long one the beginning, of a login none
 */
public record Exchange(String url, Map<String, String> headers, String body, String answer) {
  private static final int LONGEST = 10_000;

  /** Requests about logins and sessions carry secrets in both directions. */
  private static final Pattern LOGIN =
      Pattern.compile("/+services/(oauth2|soap)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern GRANT = Pattern.compile("grant_type=[\\w%.:-]+");

  private static final String LEFT_OUT = "left out: logins hold secrets";

  public Exchange {
    headers = Map.copyOf(headers);
  }

  /** What was sent in both directions. */
  public static Exchange of(Call call, Answer answer) {
    Map<String, String> headers = new TreeMap<>(call.headers());
    headers.remove("authorization");
    headers.remove("cookie");
    if (LOGIN.matcher(call.path()).lookingAt()) {
      return new Exchange(call.path(), headers, grant(call.body()) + LEFT_OUT, LEFT_OUT);
    }
    return new Exchange(
        call.path() + (call.query().isEmpty() ? "" : "?" + call.query()),
        headers,
        beginning(call.body()),
        beginning(text(answer)));
  }

  /** The kind of login, which is no secret. */
  private static String grant(String body) {
    Matcher grant = GRANT.matcher(body);
    return grant.find() ? grant.group() + "&" : "";
  }

  private static String text(Answer answer) {
    try {
      return new String(answer.body(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static String beginning(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Shows nothing of what was sent. */
  @Override
  public String toString() {
    return "exchange";
  }
}
