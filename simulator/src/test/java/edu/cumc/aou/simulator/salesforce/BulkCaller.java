package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Works with bulk jobs as any HTTP client could; knows nothing of the simulator's inside. */
final class BulkCaller {
  static final String JOBS = DATA + "/jobs/ingest";

  private final Caller caller;

  BulkCaller(Caller caller) {
    this.caller = caller;
  }

  /** Creates a job and returns its id. */
  String create(String json) {
    HttpResponse<String> response = caller.post(JOBS, json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response).path("id").asText();
  }

  String createUpsert() {
    return create(
        """
        {"object":"Contact","operation":"upsert","externalIdFieldName":"HP_PMI_ID__c"}""");
  }

  HttpResponse<String> upload(String job, String csv) {
    return upload(job, csv, "text/csv; charset=UTF-8");
  }

  HttpResponse<String> upload(String job, String csv, String contentType) {
    return caller.send(
        caller
            .request(JOBS + "/" + job + "/batches")
            .header("Content-Type", contentType)
            .PUT(BodyPublishers.ofString(csv)));
  }

  HttpResponse<String> state(String job, String state) {
    return caller.patch(JOBS + "/" + job, "{\"state\":\"" + state + "\"}");
  }

  /** Uploads to the job, closes it and returns what the next look at it shows. */
  JsonNode run(String job, String csv) {
    assertThat(upload(job, csv).statusCode()).isEqualTo(201);
    HttpResponse<String> closed = state(job, "UploadComplete");
    assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
    return job(job);
  }

  JsonNode job(String job) {
    HttpResponse<String> response = caller.get(JOBS + "/" + job);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  /** The lines of a result file, header included. */
  List<String> lines(String job, String file) {
    HttpResponse<String> response = caller.get(JOBS + "/" + job + "/" + file);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv");
    return new ArrayList<>(response.body().lines().toList());
  }
}
