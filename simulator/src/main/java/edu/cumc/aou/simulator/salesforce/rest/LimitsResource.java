package edu.cumc.aou.simulator.salesforce.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.List;
import java.util.Optional;

/** {@code limits} and {@code limits/recordCount}. */
public final class LimitsResource implements Resource {
  private final Org org;
  private final DailyLimit usage;
  private final DailyLimit batches;
  private final DailyLimit queries;

  public LimitsResource(Org org, DailyLimit usage, DailyLimit batches, DailyLimit queries) {
    this.org = org;
    this.usage = usage;
    this.batches = batches;
    this.queries = queries;
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/limits", call -> limits());
    router.data("GET", "/limits/recordCount", this::recordCount);
  }

  private Answer limits() {
    ObjectNode limits = JsonNodeFactory.instance.objectNode();
    add(limits, "DailyApiRequests", usage.limit(), usage.limit() - usage.used());
    add(limits, "DailyBulkApiBatches", batches.limit(), batches.limit() - batches.used());
    add(limits, "DailyBulkV2QueryFileStorageMB", 976_562, 976_562);
    add(limits, "DailyBulkV2QueryJobs", queries.limit(), queries.limit() - queries.used());
    add(limits, "DataStorageMB", 1_024, 1_000);
    add(limits, "FileStorageMB", 1_024, 1_024);
    add(limits, "HourlyTimeBasedWorkflow", 1_000, 1_000);
    return Answer.ok(limits);
  }

  private static void add(ObjectNode limits, String name, int max, int remaining) {
    limits.putObject(name).put("Max", max).put("Remaining", remaining);
  }

  private Answer recordCount(Call call) {
    Optional<String> wanted = call.queryParameter("sObjects");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode counts = answer.putArray("sObjects");
    for (ObjectType type : org.schema().types()) {
      boolean asked =
          wanted.isEmpty()
              || List.of(wanted.get().split(",", -1)).stream()
                  .anyMatch(name -> name.strip().equalsIgnoreCase(type.name()));
      long count =
          org.database().table(type).rows().stream().filter(row -> !row.isDeleted()).count();
      if (asked && count > 0) {
        counts.addObject().put("count", count).put("name", type.name());
      }
    }
    return Answer.ok(answer);
  }
}
