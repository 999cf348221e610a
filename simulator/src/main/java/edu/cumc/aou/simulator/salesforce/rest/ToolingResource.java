package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.NotServed;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code tooling/query} for validation rules and entities, and {@code tooling/executeAnonymous} for
 * the one statement that asks whether e-mail may be sent.
 */
public final class ToolingResource implements Resource {
  private static final Pattern RESERVE =
      Pattern.compile("\\s*Messaging\\.reserveSingleEmailCapacity\\(\\d+\\);\\s*");
  private static final Pattern FROM =
      Pattern.compile("\\bFROM\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

  private final Org org;
  private final QueryResource queries;

  public ToolingResource(Org org, int pageSize) {
    this.org = org;
    this.queries = new QueryResource(org, org.setup().database(), pageSize);
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/tooling/query", this::query);
    router.data("GET", "/tooling/executeAnonymous", this::execute);
  }

  private Answer query(Call call) {
    String text = call.queryParameter("q").orElse("");
    Matcher from = FROM.matcher(text);
    if (!org.setup().maySeeSetup() && from.find()) {
      // The answer for an object that does not exist.
      throw ApiException.of(
          400, "INVALID_TYPE", "sObject type '" + from.group(1) + "' is not supported.");
    }
    return queries.answer(call, text, false);
  }

  private Answer execute(Call call) {
    if (!org.setup().mayAuthorApex()) {
      throw ApiException.of(
          403, "INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id");
    }
    if (!RESERVE.matcher(call.queryParameter("anonymousBody").orElse("")).matches()) {
      throw NotServed.error();
    }
    boolean allowed = org.setup().mailAllowed();
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("line", allowed ? -1 : 1)
            .put("column", allowed ? -1 : 1)
            .put("compiled", true)
            .put("success", allowed)
            .putNull("compileProblem");
    if (allowed) {
      answer.putNull("exceptionStackTrace").putNull("exceptionMessage");
    } else {
      answer
          .put("exceptionStackTrace", "AnonymousBlock: line 1, column 1")
          .put(
              "exceptionMessage",
              "System.NoAccessException: The organization is not permitted to send email");
    }
    return Answer.ok(answer);
  }
}
