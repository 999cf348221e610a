package edu.cumc.aou.sync.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS Secrets Manager and Parameter Store on this machine, as far as secrets are read: the services
 * themselves and the Lambda extension, with the errors that both give. Thread-safe.
 */
public final class AwsStub implements AutoCloseable {

  private static final String TOKEN = "invented-session-token";
  private static final Pattern NAME = Pattern.compile("\"(SecretId|Name)\":\"([^\"]+)\"");
  private static final Pattern SIGNED =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=invented-id/[0-9]{8}/([a-z0-9-]+)/(secretsmanager|ssm)"
              + "/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}");

  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final Map<String, String> parameters = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final List<String> reads = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private final Map<String, Later> later = new ConcurrentHashMap<>();

  private record Later(AtomicInteger times, String text) {}

  private record Refusal(int status, String type, AtomicInteger times) {}

  /** Starts it, with nothing kept in it. */
  public AwsStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Keeps a secret of Secrets Manager, or another text in its place. */
  public AwsStub secret(String name, String text) {
    secrets.put(name, text);
    return this;
  }

  /** Puts another text in a secret's place as soon as it was read so many times. */
  public AwsStub secretAfter(String name, int times, String text) {
    later.put(name, new Later(new AtomicInteger(times), text));
    return this;
  }

  /** Keeps a parameter, or another text in its place. */
  public AwsStub parameter(String name, String text) {
    parameters.put(name, text);
    return this;
  }

  /** Refuses so many readings of a name with an error of AWS. */
  public AwsStub refuse(String name, int times, int status, String type) {
    refusals.put(name, new Refusal(status, type, new AtomicInteger(times)));
    return this;
  }

  /** The names that were asked for, in order. */
  public List<String> reads() {
    return List.copyOf(reads);
  }

  /** The variables by which a program finds the services themselves. */
  public Map<String, String> services() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", url);
    variables.put("AWS_ENDPOINT_URL_SSM", url);
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "invented-id");
    variables.put("AWS_SECRET_ACCESS_KEY", "invented-key");
    return variables;
  }

  /** The variables by which a function finds the extension. */
  public Map<String, String> extension() {
    return Map.of(
        "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT",
        String.valueOf(server.getAddress().getPort()),
        "AWS_SESSION_TOKEN",
        TOKEN);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("GET")) {
        if (!TOKEN.equals(
            exchange.getRequestHeaders().getFirst("X-Aws-Parameters-Secrets-Token"))) {
          send(exchange, 401, "{}");
          return;
        }
        String query = exchange.getRequestURI().getRawQuery();
        String name =
            URLDecoder.decode(
                query.replaceAll(".*(secretId|name)=([^&]+).*", "$2"), StandardCharsets.UTF_8);
        answer(exchange, path.startsWith("/secretsmanager"), name);
        return;
      }
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      boolean secret = "secretsmanager.GetSecretValue".equals(target);
      Matcher signed =
          SIGNED.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      if (!signed.matches() || secret != signed.group(2).equals("secretsmanager")) {
        send(exchange, 403, error("MissingAuthenticationTokenException"));
        return;
      }
      Matcher name = NAME.matcher(body);
      if (!name.find() || !(secret || "AmazonSSM.GetParameter".equals(target))) {
        send(exchange, 400, error("ValidationException"));
        return;
      }
      if (!secret && !body.contains("\"WithDecryption\":true")) {
        send(exchange, 200, "{\"Parameter\":{\"Value\":\"ciphertext\"}}");
        return;
      }
      answer(exchange, secret, name.group(2));
    }
  }

  private void answer(HttpExchange exchange, boolean secret, String name) throws IOException {
    reads.add(name);
    Refusal refusal = refusals.get(name);
    if (refusal != null && refusal.times().getAndDecrement() > 0) {
      send(exchange, refusal.status(), error(refusal.type()));
      return;
    }
    String text = (secret ? secrets : parameters).get(name);
    Later next = later.get(name);
    if (next != null && next.times().decrementAndGet() == 0) {
      secrets.put(name, next.text());
    }
    if (text == null) {
      send(exchange, 400, error(secret ? "ResourceNotFoundException" : "ParameterNotFound"));
    } else if (secret) {
      send(exchange, 200, "{\"Name\":\"x\",\"SecretString\":" + quoted(text) + "}");
    } else {
      send(exchange, 200, "{\"Parameter\":{\"Name\":\"x\",\"Value\":" + quoted(text) + "}}");
    }
  }

  private static String error(String type) {
    return "{\"__type\":\"" + type + "\",\"message\":\"invented details\"}";
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + "\"";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
