package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.org.Org;
import java.util.List;
import java.util.Optional;

/** The jobs of one kind, 1,000 to a page, oldest first. */
final class JobList {
  private static final int PAGE = 1_000;

  private final Org org;
  private final StoredJobs jobs;
  private final String kind;

  JobList(Org org, StoredJobs jobs, String kind) {
    this.org = org;
    this.jobs = jobs;
    this.kind = kind;
  }

  /** The requested page of the jobs that the call does not filter out. */
  Answer answer(Call call, Class<? extends StoredJob> type) {
    List<StoredJob> found =
        jobs.all(org.now()).stream()
            .filter(type::isInstance)
            .filter(job -> isWanted(call, job))
            .toList();
    int start = start(call, found);
    int end = Math.min(found.size(), start + PAGE);
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("done", end == found.size());
    ArrayNode records = answer.putArray("records");
    found.subList(start, end).forEach(job -> records.add(job.listed()));
    if (end == found.size()) {
      return Answer.ok(answer.putNull("nextRecordsUrl"));
    }
    String next = found.get(end).origin().id();
    return Answer.ok(
        answer.put("nextRecordsUrl", call.dataPath() + "/jobs/" + kind + "?queryLocator=" + next));
  }

  /** All jobs here are of version 2.0, work in parallel and without chunks of primary keys. */
  private static boolean isWanted(Call call, StoredJob job) {
    return call.queryParameter("jobType").map(job.jobType()::equals).orElse(true)
        && call.queryParameter("concurrencyMode").map("parallel"::equalsIgnoreCase).orElse(true)
        && call.queryParameter("isPkChunkingEnabled").map("false"::equalsIgnoreCase).orElse(true);
  }

  private static int start(Call call, List<StoredJob> jobs) {
    Optional<String> locator = call.queryParameter("queryLocator");
    if (locator.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < jobs.size(); i++) {
      if (jobs.get(i).origin().id().equals(locator.get())) {
        return i;
      }
    }
    throw ApiException.of(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
  }

  static ApiException notTerminated() {
    return ApiException.of(
        400,
        "API_ERROR",
        "Error encountered when deleting the job because the job is not terminated");
  }
}
