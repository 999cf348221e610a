package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code composite}: up to 25 requests in one, which may use each other's answers. */
public final class CompositeResource implements Resource {
  private static final int MAX_REQUESTS = 25;
  private static final int MAX_QUERIES = 5;
  private static final String DATA = "/services/data/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]*");
  private static final Pattern QUERY =
      Pattern.compile("v[0-9.]+/(query|queryall|composite/sobjects)\\b.*", Pattern.DOTALL);
  private static final Set<String> FORBIDDEN = Set.of("accept", "authorization", "content-type");

  private final Org org;
  private final SubRequests requests;

  public CompositeResource(Org org, SubRequests requests) {
    this.org = org;
    this.requests = requests;
  }

  @Override
  public void register(Router router) {
    router.data("POST", "/composite", this::run);
  }

  /** One request within the request, as stated. */
  private record Sub(
      String method, String url, String name, Map<String, String> headers, JsonNode body) {}

  private record Done(Sub sub, Answer answer) {}

  private Answer run(Call call) {
    JsonNode body = call.json();
    if (!body.path("compositeRequest").isArray()) {
      throw ApiException.of(
          400,
          "JSON_PARSER_ERROR",
          "The property 'compositeRequest' is required at [line:1, column:1]");
    }
    List<Sub> subs = new ArrayList<>();
    body.path("compositeRequest").forEach(json -> subs.add(sub(json)));
    if (subs.size() > MAX_REQUESTS) {
      return limitExceeded("The request can’t contain more than 25 operations.");
    } else if (subs.stream().filter(one -> QUERY.matcher(one.url()).matches()).count()
        > MAX_QUERIES) {
      return limitExceeded(
          "The request can’t contain more than 5 query or Collections operations.");
    }
    checkNames(subs);
    return Answer.ok(toJson(run(call, subs, body.path("allOrNone").asBoolean(false))));
  }

  private static Sub sub(JsonNode json) {
    String url = json.path("url").asText();
    String method = json.path("method").asText();
    if (!url.startsWith(DATA) || method.isEmpty()) {
      throw ApiException.of(
          400, "INVALID_INPUT", "Each operation needs a method and a url that starts with " + DATA);
    }
    Map<String, String> headers = new HashMap<>();
    json.path("httpHeaders")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    for (String header : headers.keySet()) {
      if (FORBIDDEN.contains(header.toLowerCase(Locale.ROOT))) {
        throw ApiException.of(
            400, "INVALID_INPUT", "The header " + header + " is not allowed in an operation");
      }
    }
    return new Sub(
        method.toUpperCase(Locale.ROOT),
        url.substring(DATA.length()),
        json.path("referenceId").asText(),
        headers,
        json.path("body"));
  }

  private static void checkNames(List<Sub> subs) {
    Set<String> seen = new HashSet<>();
    for (Sub sub : subs) {
      if (!NAME.matcher(sub.name()).matches()) {
        throw ApiException.of(
            400,
            "INVALID_INPUT",
            "Provided referenceId ('"
                + sub.name()
                + "') must start with a letter or a number, and it can contain only letters,"
                + " numbers and underscores ('_').");
      }
      if (!seen.add(sub.name())) {
        throw ApiException.of(400, "INVALID_INPUT", "Duplicate referenceId: " + sub.name());
      }
    }
  }

  private List<Done> run(Call call, List<Sub> subs, boolean allOrNone) {
    int start = org.database().mark();
    CompositeReferences references = new CompositeReferences();
    List<Done> done = new ArrayList<>();
    for (Sub sub : subs) {
      Answer answer = run(call, sub, references);
      done.add(new Done(sub, answer));
      if (!SubRequests.isFailed(answer)) {
        references.put(sub.name(), SubRequests.body(answer));
      } else if (allOrNone) {
        org.database().rollback(start);
        return rolledBack(subs, done.get(done.size() - 1));
      }
    }
    return done;
  }

  private Answer run(Call call, Sub sub, CompositeReferences references) {
    try {
      return requests.answer(
          call,
          sub.method(),
          references.resolve(sub.url()),
          sub.headers(),
          references.resolve(sub.body()),
          SubRequests.COMPOSITE);
    } catch (ApiException e) {
      return Answer.error(e);
    }
  }

  private static List<Done> rolledBack(List<Sub> subs, Done culprit) {
    return subs.stream()
        .map(sub -> sub.equals(culprit.sub()) ? culprit : new Done(sub, Answer.error(rolledBack())))
        .toList();
  }

  private static ApiException rolledBack() {
    return ApiException.of(
        400,
        "PROCESSING_HALTED",
        "The transaction was rolled back since another operation in the same transaction"
            + " failed.");
  }

  private static Answer limitExceeded(String text) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode one = json.putArray("compositeResponse").addObject();
    one.set("body", Answer.error(ApiException.of(400, "LIMIT_EXCEEDED", text)).json());
    one.putObject("httpHeaders");
    one.put("httpStatusCode", 400).putNull("referenceId");
    return Answer.ok(json);
  }

  private static ObjectNode toJson(List<Done> all) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode answers = json.putArray("compositeResponse");
    for (Done done : all) {
      ObjectNode one = answers.addObject();
      one.set("body", SubRequests.body(done.answer()));
      ObjectNode headers = one.putObject("httpHeaders");
      done.answer().headers().forEach(headers::put);
      one.put("httpStatusCode", done.answer().status()).put("referenceId", done.sub().name());
    }
    return json;
  }
}
