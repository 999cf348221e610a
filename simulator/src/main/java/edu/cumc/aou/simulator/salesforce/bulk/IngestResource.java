package edu.cumc.aou.simulator.salesforce.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.Upsert;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code jobs/ingest}: jobs that write records from CSV. */
public final class IngestResource implements Resource {
  /** The documented 150 MB count after base64, which turns three bytes into four. */
  private static final int MAX_UPLOAD = 112_500_000;

  private static final int MAX_MULTIPART = 100_000;
  private static final Set<String> PROPERTIES =
      Set.of(
          "object",
          "operation",
          "externalIdFieldName",
          "contentType",
          "lineEnding",
          "columnDelimiter",
          "assignmentRuleId");
  private static final Set<String> STATE = Set.of("id", "state");

  private final Org org;
  private final StoredJobs jobs;
  private final BulkSettings settings;
  private final JobList list;

  public IngestResource(Org org, StoredJobs jobs, BulkSettings settings) {
    this.org = org;
    this.jobs = jobs;
    this.settings = settings;
    this.list = new JobList(org, jobs, "ingest");
  }

  @Override
  public void register(Router router) {
    router.data("POST", "/jobs/ingest", this::create);
    router.data("GET", "/jobs/ingest", call -> list.answer(call, IngestJob.class));
    router.data("GET", "/jobs/ingest/{id}", this::details);
    router.data("PATCH", "/jobs/ingest/{id}", this::change);
    router.data("DELETE", "/jobs/ingest/{id}", this::delete);
    router.data("PUT", "/jobs/ingest/{id}/batches", this::upload);
    router.data(
        "GET",
        "/jobs/ingest/{id}/successfulResults",
        call -> results(call, IngestResults::successful));
    router.data(
        "GET", "/jobs/ingest/{id}/failedResults", call -> results(call, IngestResults::failed));
    router.data(
        "GET",
        "/jobs/ingest/{id}/unprocessedrecords",
        call -> results(call, IngestResults::unprocessed));
  }

  private IngestJob job(Call call) {
    return jobs.named(call, IngestJob.class, org.now());
  }

  private Answer create(Call call) {
    if (!MultipartBody.isSentBy(call)) {
      return Answer.ok(create(call, call.json()).created());
    }
    MultipartBody body = MultipartBody.of(call);
    if (body.content().length() > MAX_MULTIPART) {
      throw ApiException.of(
          400,
          "API_ERROR",
          "The data of a multipart request can not be longer than " + MAX_MULTIPART);
    }
    IngestJob job = create(call, body.job());
    job.upload(body.content());
    job.close(org.now());
    return Answer.ok(job.created());
  }

  private IngestJob create(Call call, JsonNode json) {
    JobRequest request = JobRequest.of(json, PROPERTIES);
    IngestSpec spec = spec(request);
    CsvDialect dialect = request.dialect();
    StoredJob.Origin origin =
        new StoredJob.Origin(jobs.nextId(), call.userId(), org.now(), call.version());
    IngestJob job = new IngestJob(org, jobs, origin, dialect, spec, settings);
    job.meet(call.mishap());
    jobs.add(job);
    return job;
  }

  private IngestSpec spec(JobRequest request) {
    IngestSpec.Operation operation = operation(request);
    String object = request.required("object");
    ObjectType type =
        org.schema().type(object).orElseThrow(() -> invalidJob("Unable to find object: " + object));
    if (!type.createable()) {
      throw ApiException.of(
          400, "INVALIDENTITY", "Entity '" + type + "' is not supported by the Bulk API.");
    }
    Optional<String> rule = request.text("assignmentRuleId");
    if (rule.flatMap(Ids::canonical).filter(id -> id.startsWith("01Q")).isEmpty()
        && rule.isPresent()) {
      throw request.invalid("assignmentRuleId");
    }
    Optional<Upsert> upsert =
        operation == IngestSpec.Operation.UPSERT
            ? Optional.of(upsert(request, type))
            : Optional.empty();
    return new IngestSpec(type, operation, upsert, rule);
  }

  private static IngestSpec.Operation operation(JobRequest request) {
    String name = request.required("operation");
    if (name.equals("hardDelete")) {
      throw ApiException.of(
          400,
          "FEATURENOTENABLED",
          "hardDelete operation requires special user profile permission, please contact your"
              + " system administrator");
    }
    return Arrays.stream(IngestSpec.Operation.values())
        .filter(operation -> operation.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> request.invalid("operation"));
  }

  private Upsert upsert(JobRequest request, ObjectType type) {
    String field =
        request
            .text("externalIdFieldName")
            .orElseThrow(
                () ->
                    invalidJob(
                        "External ID was blank for "
                            + type
                            + ". An External ID must be specified for upsert."));
    if (type.seenField(field).filter(Field::isKey).isEmpty()) {
      throw invalidJob(
          "Field name provided, "
              + field
              + " does not match an External ID, Salesforce Id, or indexed field for "
              + type);
    }
    return Upsert.by(org, type, field);
  }

  private static ApiException invalidJob(String text) {
    return ApiException.of(400, "INVALIDJOB", text);
  }

  private Answer details(Call call) {
    IngestJob job = job(call);
    job.meet(call.mishap());
    return Answer.ok(job.details(org.now()));
  }

  private Answer upload(Call call) {
    IngestJob job = job(call);
    String contentType =
        call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).replace(" ", "");
    if (!contentType.matches("text/csv(;charset=\"?utf-8\"?)?")) {
      throw ApiException.of(
          415,
          "UNSUPPORTED_MEDIA_TYPE",
          "Content type " + contentType + " is not supported; the content of a job is text/csv");
    }
    if (utf8Length(call.body()) > MAX_UPLOAD) {
      return Answer.html(413, "Request Entity Too Large");
    }
    job.meet(call.mishap());
    job.upload(call.body());
    return Answer.empty(201);
  }

  private static long utf8Length(String text) {
    return text.codePoints()
        .mapToLong(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
        .sum();
  }

  private Answer change(Call call) {
    JobRequest request = JobRequest.of(call.json(), STATE);
    IngestJob job = job(call);
    request.requireId(job.origin().id());
    job.meet(call.mishap());
    switch (request.required("state")) {
      case "UploadComplete" -> job.close(org.now());
      case "Aborted" -> job.abort(org.now());
      default -> throw request.invalid("state");
    }
    return Answer.ok(job.summary());
  }

  private Answer delete(Call call) {
    IngestJob job = job(call);
    if (job.state() == StoredJob.State.OPEN || job.state() == StoredJob.State.IN_PROGRESS) {
      throw JobList.notTerminated();
    }
    jobs.remove(job);
    return Answer.empty(204);
  }

  private Answer results(Call call, Function<IngestResults, IngestResults.ResultFile> which) {
    IngestJob job = job(call);
    job.requireTerminal();
    IngestResults.ResultFile whole = which.apply(job.results());
    boolean cut = call.cutsResults();
    IngestResults.ResultFile file = cut ? whole.half() : whole;
    return file.isEmpty() && settings.noContentWhenEmpty()
        ? Answer.empty(204)
        : Answer.stream(200, "text/csv", file);
  }
}
