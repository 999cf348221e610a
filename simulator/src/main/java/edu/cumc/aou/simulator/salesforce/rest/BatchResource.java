package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import java.util.Locale;
import java.util.Map;

/** {@code composite/batch}: up to 25 independent requests in one. */
public final class BatchResource implements Resource {
  private static final int MAX_REQUESTS = 25;
  private static final int HALTED = 412;

  private final SubRequests requests;
  private final DailyLimit usage;

  public BatchResource(SubRequests requests, DailyLimit usage) {
    this.requests = requests;
    this.usage = usage;
  }

  @Override
  public void register(Router router) {
    router.data("POST", "/composite/batch", this::run);
  }

  private Answer run(Call call) {
    JsonNode body = call.json();
    JsonNode subs = body.path("batchRequests");
    if (!subs.isArray()) {
      throw ApiException.of(
          400,
          "JSON_PARSER_ERROR",
          "The property 'batchRequests' is required at [line:1, column:1]");
    }
    if (subs.size() > MAX_REQUESTS) {
      throw ApiException.of(
          400, "LIMIT_EXCEEDED", "The request can’t contain more than 25 operations.");
    }
    boolean haltOnError = body.path("haltOnError").asBoolean(false);
    boolean hasErrors = false;
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    for (JsonNode sub : subs) {
      Answer answer = hasErrors && haltOnError ? halted() : answer(call, sub);
      hasErrors |= SubRequests.isFailed(answer);
      results
          .addObject()
          .put("statusCode", answer.status())
          .set("result", SubRequests.body(answer));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("hasErrors", hasErrors);
    json.set("results", results);
    return Answer.ok(json);
  }

  private Answer answer(Call call, JsonNode sub) {
    try {
      // The request itself is already counted; each request inside counts as well.
      usage.count();
    } catch (ApiException e) {
      return Answer.error(e);
    }
    String url = sub.path("url").asText();
    return requests.answer(
        call,
        sub.path("method").asText().toUpperCase(Locale.ROOT),
        url.startsWith("/") ? url.substring(1) : url,
        Map.of(),
        sub.path("richInput"),
        SubRequests.BATCH);
  }

  private static Answer halted() {
    return Answer.error(
        ApiException.of(
            HALTED,
            "BATCH_PROCESSING_HALTED",
            "The request was halted since another one before it has failed"));
  }
}
