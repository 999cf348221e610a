package edu.cumc.aou.runtime.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.runtime.secrets.Trouble.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the AWS Parameters and Secrets Lambda Extension, a process beside the function. It has the
 * function's permissions, so this needs no signature, and no class of the AWS SDK.
 */
final class Extension implements SecretService {

  /** The extension asks AWS itself, and waits no longer than this by default. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private final String token;

  private Extension(int port, String token) {
    this.port = port;
    this.token = token;
  }

  /** The extension of this environment, if there is one. */
  static Optional<SecretService> of(Map<String, String> environment) {
    String port = environment.getOrDefault("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "");
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return port.matches("[0-9]{1,5}") && !token.isEmpty()
        ? Optional.of(new Extension(Integer.parseInt(port), token))
        : Optional.empty();
  }

  @Override
  public String read(Place place, String name) {
    String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8);
    boolean secret = place == Place.SECRETS_MANAGER;
    JsonNode answer =
        get(
            secret
                ? "/secretsmanager/get?secretId=" + escaped
                : "/systemsmanager/parameters/get?withDecryption=true&name=" + escaped);
    JsonNode value = secret ? answer.at("/SecretString") : answer.at("/Parameter/Value");
    if (!value.isTextual()) {
      throw new Trouble(Kind.NOT_USABLE);
    }
    return value.asText();
  }

  private JsonNode get(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://localhost:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
      connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
      connection.setRequestProperty("X-Aws-Parameters-Secrets-Token", token);
      int status = connection.getResponseCode();
      if (status != 200) {
        throw Trouble.ofAnswer(status, text(connection.getErrorStream()));
      }
      return JSON.readTree(text(connection.getInputStream()));
    } catch (JsonProcessingException e) {
      throw new Trouble(Kind.REFUSED);
    } catch (IOException e) {
      throw new Trouble(Kind.UNREACHABLE);
    }
  }

  private static String text(InputStream body) throws IOException {
    if (body == null) {
      return "";
    }
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
