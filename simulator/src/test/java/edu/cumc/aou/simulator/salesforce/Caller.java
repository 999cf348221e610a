package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Calls a simulator as any HTTP client could; knows nothing of its inside. */
final class Caller {
  static final String DATA = "/services/data/v62.0";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SalesforceSimulator org;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String token = "";

  Caller(SalesforceSimulator org) {
    this.org = org;
  }

  static Caller loggedIn(SalesforceSimulator org) {
    Caller caller = new Caller(org);
    caller.login();
    return caller;
  }

  JsonNode login() {
    HttpResponse<String> response = token(clientCredentials());
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode json = json(response);
    token = json.path("access_token").asText();
    return json;
  }

  Map<String, String> clientCredentials() {
    return Map.of(
        "grant_type", "client_credentials",
        "client_id", org.credentials().clientId(),
        "client_secret", org.credentials().clientSecret());
  }

  HttpResponse<String> token(Map<String, String> form) {
    StringBuilder body = new StringBuilder();
    form.forEach((name, value) -> body.append(name).append('=').append(encode(value)).append('&'));
    return send(
        request("/services/oauth2/token")
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  String token() {
    return token;
  }

  void use(String otherToken) {
    token = otherToken;
  }

  HttpRequest.Builder request(String path) {
    URI uri = URI.create(path.startsWith("http") ? path : org.url() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  HttpResponse<String> post(String path, String json) {
    return write("POST", path, json);
  }

  HttpResponse<String> patch(String path, String json) {
    return write("PATCH", path, json);
  }

  HttpResponse<String> write(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  HttpResponse<String> query(String soql) {
    return get(DATA + "/query?q=" + encode(soql));
  }

  HttpResponse<String> queryAll(String soql) {
    return get(DATA + "/queryAll?q=" + encode(soql));
  }

  /** The answer to a query that succeeds. */
  JsonNode found(String soql) {
    HttpResponse<String> response = query(soql);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  /** Creates a record and returns its id. */
  String create(String object, String json) {
    HttpResponse<String> response = post(DATA + "/sobjects/" + object, json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response).path("id").asText();
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Asserts that the data API refuses with this status and code, and returns the error. */
  static JsonNode assertError(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode errors = json(response);
    assertThat(errors.isArray()).isTrue();
    assertThat(errors.get(0).path("errorCode").asText()).isEqualTo(code);
    return errors.get(0);
  }

  /** Asserts that the row was refused with this code, and returns its first error. */
  static JsonNode assertRowError(JsonNode row, String code) {
    assertThat(row.path("success").asBoolean(true)).as(row.toString()).isFalse();
    assertThat(row.path("errors").get(0).path("statusCode").asText()).isEqualTo(code);
    return row.path("errors").get(0);
  }
}
