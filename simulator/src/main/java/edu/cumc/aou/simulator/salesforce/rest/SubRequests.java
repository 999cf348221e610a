package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.http.Versions;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Carries out the requests inside another request, within the same call of the org. */
public final class SubRequests {
  private static final String DATA = "/services/data/";

  /** What composite requests may contain. */
  static final Pattern COMPOSITE = only("sobjects|query|queryall|composite/sobjects");

  /** What batches may contain; the simulator has only some of it. */
  static final Pattern BATCH =
      only(
          "sobjects|query|queryall|limits|composite/sobjects|search|parameterizedsearch|connect"
              + "|chatter|actions");

  private final Org org;
  private final Router router;

  public SubRequests(Org org, Router router) {
    this.org = org;
    this.router = router;
  }

  /**
   * Answers one of them. Takes back what a failed one has written.
   *
   * @param url the path below {@code /services/data/}, and the query
   * @param headers the request's own headers
   * @param body its body; missing if it has none
   * @param served the allowed paths
   */
  Answer answer(
      Call outer,
      String method,
      String url,
      Map<String, String> headers,
      JsonNode body,
      Pattern served) {
    int mark = org.database().mark();
    try {
      Call call = call(outer, method, url, headers, body);
      Versions.check(url.substring(0, Math.max(0, url.indexOf('/'))));
      refuseOthers(call.path(), served);
      return router.find(call).answer();
    } catch (ApiException e) {
      org.database().rollback(mark);
      return Answer.error(e);
    }
  }

  private static Call call(
      Call outer, String method, String url, Map<String, String> headers, JsonNode body) {
    int question = url.indexOf('?');
    Map<String, String> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    all.put("content-type", "application/json");
    return new Call(
        method,
        DATA + (question < 0 ? url : url.substring(0, question)),
        question < 0 ? "" : url.substring(question + 1),
        all,
        body.isMissingNode() || body.isNull() ? "" : body.toString(),
        Map.of(),
        outer.session(),
        Optional.empty());
  }

  private static Pattern only(String names) {
    return Pattern.compile("/(" + names + ")(/.*)?");
  }

  private static void refuseOthers(String path, Pattern served) {
    String lower = path.toLowerCase(Locale.ROOT).replaceFirst("^/services/data/[^/]+", "");
    if (!served.matcher(lower).matches()) {
      throw ApiException.of(
          400, "INVALID_INPUT", "This resource is not supported within a composite request");
    }
  }

  /** Whether the answer counts as a failure. */
  static boolean isFailed(Answer answer) {
    return answer.status() >= 300;
  }

  static JsonNode body(Answer answer) {
    return answer.json().isMissingNode() ? NullNode.getInstance() : answer.json();
  }
}
