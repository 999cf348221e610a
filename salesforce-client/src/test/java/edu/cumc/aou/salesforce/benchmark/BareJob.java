package edu.cumc.aou.salesforce.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A job as fast as the org can do it: the bare requests in a warm process, a body that is made
 * before, and looks without a thought of what they cost. The yardstick for the loader.
 */
final class BareJob {

  private static final String JOBS = "/services/data/v62.0/jobs/ingest";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;
  private final String token;

  BareJob(String url, String clientId, String clientSecret)
      throws IOException, InterruptedException {
    this.url = url;
    String login =
        "grant_type=client_credentials&client_id="
            + URLEncoder.encode(clientId, StandardCharsets.UTF_8)
            + "&client_secret="
            + URLEncoder.encode(clientSecret, StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(login))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    token = json.readTree(answer.body()).path("access_token").asText();
  }

  /**
   * Upserts the rows.
   *
   * @return the nanoseconds from making the job to its last result
   */
  long upsert(String csv) throws IOException, InterruptedException {
    long began = System.nanoTime();
    String id =
        json.readTree(
                send(
                    "POST",
                    JOBS,
                    "application/json",
                    "{\"object\":\"Contact\",\"operation\":\"upsert\",\"externalIdFieldName\":\""
                        + BenchmarkContact.KEY
                        + "\",\"contentType\":\"CSV\",\"lineEnding\":\"LF\"}"))
            .path("id")
            .asText();
    String unused = send("PUT", JOBS + "/" + id + "/batches", "text/csv", csv);
    unused = send("PATCH", JOBS + "/" + id, "application/json", "{\"state\":\"UploadComplete\"}");
    JsonNode job = look(id);
    while (!job.path("state").asText().equals("JobComplete")) {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
      job = look(id);
    }
    String results = send("GET", JOBS + "/" + id + "/successfulResults", "text/csv", "");
    long nanos = System.nanoTime() - began;
    long wanted = csv.lines().count();
    if (results.lines().count() != wanted) {
      throw new IllegalStateException("the bare job has not written every row");
    }
    return nanos;
  }

  private JsonNode look(String id) throws IOException, InterruptedException {
    return json.readTree(send("GET", JOBS + "/" + id, "application/json", ""));
  }

  private String send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(method + " was answered with " + answer.statusCode());
    }
    return answer.body();
  }
}
