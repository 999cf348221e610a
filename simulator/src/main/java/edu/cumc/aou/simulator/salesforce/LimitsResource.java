package edu.cumc.aou.simulator.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** {@code limits} and {@code limits/recordCount}. */
final class LimitsResource implements Resource {
  private final Org org;
  private final ApiUsage usage;

  LimitsResource(Org org, ApiUsage usage) {
    this.org = org;
    this.usage = usage;
  }

  @Override
  public void register(Router router) {
    router.data("GET", "/limits", call -> limits());
    router.data("GET", "/limits/recordCount", this::recordCount);
  }

  private Answer limits() {
    ObjectNode limits = JsonNodeFactory.instance.objectNode();
    add(limits, "DailyApiRequests", usage.limit(), usage.limit() - usage.used());
    ApiUsage batches = org.jobs().batches();
    add(limits, "DailyBulkApiBatches", batches.limit(), batches.limit() - batches.used());
    add(limits, "DailyBulkV2QueryFileStorageMB", 976_562, 976_562);
    ApiUsage queries = org.jobs().queries();
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
