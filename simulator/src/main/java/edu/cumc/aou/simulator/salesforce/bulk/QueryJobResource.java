package edu.cumc.aou.simulator.salesforce.bulk;

import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.Schema;
import edu.cumc.aou.simulator.salesforce.soql.QueryEngine;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** {@code jobs/query}: jobs that answer a query in pages of CSV. */
public final class QueryJobResource implements Resource {
  private static final Set<String> PROPERTIES =
      Set.of("operation", "query", "contentType", "columnDelimiter", "lineEnding");

  /** They have no records of their own, and so no bulk queries. */
  private static final Set<String> UNSUPPORTED = Set.of(Schema.ORGANIZATION);

  private final Org org;
  private final StoredJobs jobs;
  private final QueryEngine engine;
  private final BulkSettings settings;
  private final JobList list;

  public QueryJobResource(Org org, StoredJobs jobs, BulkSettings settings) {
    this.org = org;
    this.jobs = jobs;
    this.engine = new QueryEngine(org);
    this.settings = settings;
    this.list = new JobList(org, jobs, "query");
  }

  @Override
  public void register(Router router) {
    router.data("POST", "/jobs/query", this::create);
    router.data("GET", "/jobs/query", call -> list.answer(call, QueryJob.class));
    router.data("GET", "/jobs/query/{id}", this::details);
    router.data("PATCH", "/jobs/query/{id}", this::abort);
    router.data("DELETE", "/jobs/query/{id}", this::delete);
    router.data("GET", "/jobs/query/{id}/results", this::results);
  }

  private QueryJob job(Call call) {
    return jobs.named(call, QueryJob.class, org.now());
  }

  private Answer create(Call call) {
    JobRequest request = JobRequest.of(call.json(), PROPERTIES);
    String operation = request.required("operation");
    if (!operation.equals("query") && !operation.equals("queryAll")) {
      throw request.invalid("operation");
    }
    String query = request.required("query");
    BulkQueryRules.check(query);
    jobs.queries().count();
    boolean deletedToo = operation.equals("queryAll");
    QueryEngine.Result result = engine.run(query, deletedToo);
    if (UNSUPPORTED.contains(result.type().name())) {
      throw ApiException.of(
          400, "INVALIDENTITY", "Entity '" + result.type() + "' is not supported by the Bulk API.");
    }
    if (result.columns().stream().anyMatch(one -> one.field().type() == FieldType.ADDRESS)) {
      throw ApiException.of(
          400, "FUNCTIONALITY_NOT_ENABLED", "Selecting compound data not supported in Bulk Query");
    }
    StoredJob.Origin origin =
        new StoredJob.Origin(jobs.nextId(), call.userId(), org.now(), call.version());
    QueryJob job =
        new QueryJob(
            origin,
            request.dialect(),
            result.type(),
            QuerySnapshot.of(org.database(), result),
            deletedToo,
            BulkQueryRules.allowsChunks(query),
            settings);
    job.meet(call.mishap());
    jobs.add(job);
    return Answer.ok(job.created());
  }

  private Answer details(Call call) {
    QueryJob job = job(call);
    job.meet(call.mishap());
    return Answer.ok(job.details(org.now()));
  }

  private Answer abort(Call call) {
    JobRequest request = JobRequest.of(call.json(), Set.of("id", "state"));
    QueryJob job = job(call);
    request.requireId(job.origin().id());
    if (!request.required("state").equals("Aborted")) {
      throw request.invalid("state");
    }
    job.abort(org.now());
    return Answer.ok(job.summary());
  }

  private Answer delete(Call call) {
    QueryJob job = job(call);
    if (!job.state().isTerminal()) {
      throw JobList.notTerminated();
    }
    jobs.remove(job);
    return Answer.empty(204);
  }

  private Answer results(Call call) {
    QueryJob job = job(call);
    if (call.version() != job.origin().apiVersion()) {
      throw ApiException.of(
          409,
          "API_ERROR",
          "The results of the job can only be read in version "
              + job.origin().apiVersion()
              + ".0, in which it was created");
    }
    if (job.state() != StoredJob.State.JOB_COMPLETE) {
      throw StoredJob.invalidState(
          "The results of job "
              + job.origin().id()
              + " are not available in the state "
              + job.state().wireName());
    }
    int size = job.snapshot().size();
    int start = call.queryParameter("locator").map(text -> offset(text, size)).orElse(0);
    int end = Math.min(size, start + pageSize(call));
    boolean cut = call.cutsResults();
    int last = cut ? start + (end - start) / 2 : end;
    return Answer.stream(200, "text/csv", job.snapshot().page(job.dialect(), start, last))
        .withHeader("Sforce-NumberOfRecords", String.valueOf(end - start))
        .withHeader("Sforce-Locator", end == size ? "null" : locator(end));
  }

  private int pageSize(Call call) {
    Optional<String> asked = call.queryParameter("maxRecords");
    if (asked.isEmpty()) {
      return settings.pageSize();
    }
    if (!asked.get().matches("[1-9]\\d{0,8}")) {
      throw ApiException.of(400, "API_ERROR", "maxRecords must be a positive number");
    }
    return Math.min(Integer.parseInt(asked.get()), settings.pageSize());
  }

  private static String locator(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.valueOf(offset).getBytes(StandardCharsets.US_ASCII));
  }

  private static int offset(String locator, int size) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(locator), StandardCharsets.US_ASCII);
      int offset = Integer.parseInt(text);
      if (offset > 0 && offset < size) {
        return offset;
      }
    } catch (IllegalArgumentException e) {
      // Text that is no number, or no Base64, is reported below like any other wrong locator.
    }
    throw ApiException.of(400, "API_ERROR", "The locator is invalid");
  }
}
