package edu.cumc.aou.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Any org, asked about its rules over HTTP. Remembers each Contact that it created for a question,
 * and deletes those and nothing else.
 */
final class AskedOrg implements AutoCloseable {
  static final String DATA = "/services/data/v62.0";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Login login;
  private final String mark = "Kit" + Long.toString(System.nanoTime(), 36);
  private final Set<String> own = new LinkedHashSet<>();
  private Optional<Optional<String>> key = Optional.empty();
  private int made;

  /** Where the org is, and a session there. */
  record Login(String url, String token) {}

  AskedOrg(Login login) {
    this.login = login;
  }

  String url() {
    return login.url();
  }

  /** A last name that nobody else has. */
  String name() {
    made++;
    return mark + "n" + made;
  }

  HttpRequest.Builder request(String path) {
    return open(path).header("Authorization", "Bearer " + login.token());
  }

  /** A request without a session. */
  HttpRequest.Builder open(String path) {
    return HttpRequest.newBuilder(URI.create(login.url() + path)).timeout(Duration.ofMinutes(2));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("the org did not answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted");
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  /** Writes JSON, and remembers what was created by it. */
  HttpResponse<String> write(String method, String path, String json) {
    HttpResponse<String> response =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    remember(response.body());
    return response;
  }

  HttpResponse<String> query(String soql) {
    return get(DATA + "/query?q=" + encode(soql));
  }

  /** Creates a Contact and returns its id. */
  String contact(String more) {
    HttpResponse<String> response =
        write("POST", DATA + "/sobjects/Contact", "{\"LastName\":\"" + name() + "\"" + more + "}");
    assertThat(response.statusCode()).isEqualTo(201);
    return json(response).path("id").asText();
  }

  /** Ids of Contacts that stand beside a success; no answer but that of a creation has those. */
  private void remember(String body) {
    if (!body.startsWith("{") && !body.startsWith("[")) {
      return;
    }
    try {
      for (JsonNode parent : JSON.readTree("[" + body + "]").findParents("success")) {
        created(parent.path("id").asText());
      }
    } catch (IOException e) {
      // an answer that is not JSON created nothing that could be named
    }
  }

  /** Notes a record of our own, to be deleted at the end. */
  void created(String id) {
    if (id.startsWith("003")) {
      own.add(id);
    }
  }

  /**
   * The first text of Contact that is a unique external id.
   *
   * @throws NotAsked if the org has none
   */
  String key() {
    if (key.isEmpty()) {
      Optional<String> found = Optional.empty();
      for (JsonNode field : json(get(DATA + "/sobjects/Contact/describe")).path("fields")) {
        boolean usable =
            field.path("externalId").asBoolean()
                && field.path("unique").asBoolean()
                && field.path("createable").asBoolean()
                && !field.path("caseSensitive").asBoolean()
                && field.path("type").asText().equals("string");
        found = usable && found.isEmpty() ? Optional.of(field.path("name").asText()) : found;
      }
      key = Optional.of(found);
    }
    return key.get()
        .orElseThrow(() -> new NotAsked("Contact has no text that is a unique external id"));
  }

  /** A key that no record has. */
  String keyValue() {
    while (true) {
      made++;
      String value =
          "P0%08d".formatted(Math.floorMod(System.nanoTime() / 1_000 + made, 100_000_000L));
      JsonNode found =
          json(query("SELECT COUNT() FROM Contact WHERE " + key() + " = '" + value + "'"));
      if (found.path("totalSize").asInt(-1) == 0) {
        return value;
      }
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("the answer is not JSON");
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Asserts a refusal of the data API. */
  static JsonNode refused(HttpResponse<String> response, int status, String... codes) {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode error = json(response).path(0);
    assertThat(error.path("errorCode").asText()).isIn((Object[]) codes);
    return error;
  }

  /** Makes a job of rows, closes it and waits for its end. */
  String job(String object, String operation, String csv) {
    String id = openJob("{\"object\":\"" + object + "\",\"operation\":\"" + operation + "\"}");
    upload(id, csv);
    write("PATCH", DATA + "/jobs/ingest/" + id, "{\"state\":\"UploadComplete\"}");
    await(id);
    return id;
  }

  String openJob(String json) {
    HttpResponse<String> response = write("POST", DATA + "/jobs/ingest", json);
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response).path("id").asText();
  }

  HttpResponse<String> upload(String job, String csv) {
    return send(
        request(DATA + "/jobs/ingest/" + job + "/batches")
            .header("Content-Type", "text/csv")
            .PUT(BodyPublishers.ofString(csv)));
  }

  /** The job when it is over. */
  JsonNode await(String id) {
    long patience = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (System.nanoTime() < patience) {
      JsonNode job = json(get(DATA + "/jobs/ingest/" + id));
      if (Set.of("JobComplete", "Failed", "Aborted").contains(job.path("state").asText())) {
        results(id, "successfulResults")
            .forEach(line -> created(line.replace("\"", "").split(",", 2)[0]));
        return job;
      }
      pause();
    }
    throw new AssertionError("the job is not over after five minutes");
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted");
    }
  }

  List<String> results(String job, String file) {
    return get(DATA + "/jobs/ingest/" + job + "/" + file).body().lines().toList();
  }

  /** Deletes what it created, and the journeys that the org gave to those Contacts. */
  @Override
  public void close() {
    List<String> ids = new ArrayList<>(own);
    for (int from = 0; from < ids.size(); from += 100) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + 100));
      String listed = "('" + String.join("','", some) + "')";
      HttpResponse<String> journeys =
          query("SELECT Id FROM Opportunity WHERE Contact__c IN " + listed);
      if (journeys.statusCode() == 200) {
        List<String> theirs = new ArrayList<>();
        json(journeys).path("records").forEach(one -> theirs.add(one.path("Id").asText()));
        deleteAll(theirs);
      }
      deleteAll(some);
    }
  }

  private void deleteAll(List<String> ids) {
    if (!ids.isEmpty()) {
      delete(DATA + "/composite/sobjects?ids=" + String.join(",", ids));
    }
  }
}
