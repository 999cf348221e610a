package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.HttpDate;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.time.Instant;

/** {@code sobjects}, {@code sobjects/X} and {@code sobjects/X/describe}. */
public final class DescribeResource implements Resource {
  private static final int MAX_BATCH = 200;

  private final Org org;

  public DescribeResource(Org org) {
    this.org = org;
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/sobjects", this::list);
    router.data("GET", "/sobjects/{object}", this::brief);
    router.data("GET", "/sobjects/{object}/describe", this::describe);
  }

  private Answer list(Call call) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("encoding", "UTF-8")
            .put("maxBatchSize", MAX_BATCH);
    ArrayNode objects = answer.putArray("sobjects");
    org.schema().types().forEach(type -> objects.add(Describe.brief(type, call.dataPath())));
    return Answer.ok(answer);
  }

  private Answer brief(Call call) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set(
        "objectDescribe", Describe.brief(org.type(call.parameter("object")), call.dataPath()));
    answer.putArray("recentItems");
    return Answer.ok(answer);
  }

  private Answer describe(Call call) {
    ObjectType type = org.type(call.parameter("object"));
    Instant changed = org.schema().changed();
    return RecordResource.condition(call, changed)
        .orElseGet(() -> Answer.ok(Describe.full(org.schema(), type, call.dataPath())))
        .withHeader("Last-Modified", HttpDate.text(changed));
  }
}
