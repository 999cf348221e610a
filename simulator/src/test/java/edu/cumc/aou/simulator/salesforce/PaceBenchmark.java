package edu.cumc.aou.simulator.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long the simulator takes to start, to upsert and to be read, without any client; the middle
 * of five runs. The profile {@code pace} runs it. The start is that of the packaged program, from
 * the start of the process to its first answer: plain, and by the launcher of the download once it
 * has its class-data archive.
 */
final class PaceBenchmark {
  private static final int RUNS = Integer.getInteger("runs", 5);
  private static final int UPSERTS = 20_000;
  private static final int ROWS = 100_000;
  private static final String DATA = "/services/data/v62.0";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String token;

  private PaceBenchmark(SalesforceSimulator org) throws Exception {
    url = org.url();
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(org.credentials().clientId(), org.credentials().clientSecret());
    HttpRequest login =
        HttpRequest.newBuilder(URI.create(url + "/services/oauth2/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    token =
        JSON.readTree(http.send(login, HttpResponse.BodyHandlers.ofString()).body())
            .path("access_token")
            .asText();
  }

  /** Prints the figures. */
  public static void main(String... args) throws Exception {
    double[][] seconds = new double[2][RUNS];
    for (int i = 0; i < RUNS; i++) {
      try (SalesforceSimulator org = SalesforceSimulator.builder().start()) {
        PaceBenchmark caller = new PaceBenchmark(org);
        seconds[0][i] = timed(() -> caller.load("upsert", 0, UPSERTS));
        for (int from = UPSERTS; from < ROWS; from += UPSERTS) {
          caller.load("upsert", from, UPSERTS);
        }
        seconds[1][i] = timed(caller::read);
      }
    }
    System.out.printf("%,d upserts by a job: %.2f s%n", UPSERTS, middle(seconds[0]));
    System.out.printf("%,d rows read by a query: %.2f s%n", ROWS, middle(seconds[1]));
    StartBenchmark.main();
  }

  /** A task that may fail. */
  private interface Task {
    void run() throws Exception;
  }

  private static double timed(Task task) throws Exception {
    long began = System.nanoTime();
    task.run();
    return (System.nanoTime() - began) / 1e9;
  }

  static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void load(String operation, int from, int rows) throws Exception {
    String job =
        JSON.readTree(
                send(
                    "POST",
                    "/jobs/ingest",
                    "application/json",
                    "{\"object\":\"Contact\",\"operation\":\""
                        + operation
                        + "\",\"externalIdFieldName\":\"HP_PMI_ID__c\",\"lineEnding\":\"LF\"}"))
            .path("id")
            .asText();
    String csv =
        IntStream.range(from, from + rows)
            .mapToObj(i -> "P%09d,Name%d,First%d,mail%d@example.org\n".formatted(i, i, i, i))
            .collect(Collectors.joining("", "HP_PMI_ID__c,LastName,FirstName,Email\n", ""));
    send("PUT", "/jobs/ingest/" + job + "/batches", "text/csv", csv);
    send("PATCH", "/jobs/ingest/" + job, "application/json", "{\"state\":\"UploadComplete\"}");
    JsonNode state = JSON.readTree(send("GET", "/jobs/ingest/" + job, "", ""));
    while (!state.path("state").asText().equals("JobComplete")) {
      state = JSON.readTree(send("GET", "/jobs/ingest/" + job, "", ""));
    }
    send("GET", "/jobs/ingest/" + job + "/successfulResults", "", "");
    if (state.path("numberRecordsProcessed").asInt() != rows
        || state.path("numberRecordsFailed").asInt() != 0) {
      throw new IllegalStateException("the job did not take all rows");
    }
  }

  private void read() throws Exception {
    String path = DATA + "/query?q=SELECT+Id,HP_PMI_ID__c,LastName,FirstName,Email+FROM+Contact";
    int rows = 0;
    while (!path.isEmpty()) {
      JsonNode page = JSON.readTree(send("GET", path.substring(DATA.length()), "", ""));
      rows += page.path("records").size();
      path = page.path("nextRecordsUrl").asText();
    }
    if (rows != ROWS) {
      throw new IllegalStateException("read " + rows + " rows");
    }
  }

  private String send(String method, String path, String type, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + DATA + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + response.statusCode());
    }
    return response.body();
  }
}
