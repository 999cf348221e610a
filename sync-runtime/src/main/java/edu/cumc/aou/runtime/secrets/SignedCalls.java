package edu.cumc.aou.runtime.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.secrets.Trouble.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.utils.IoUtils;

/**
 * Asks the services directly: two calls, built from the AWS SDK's credentials, regions, signer and
 * small HTTP client. The clients that the SDK generates for the two services would take three times
 * the room and a second of every start.
 */
final class SignedCalls implements SecretService {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> environment;

  SignedCalls(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String read(Place place, String name) {
    boolean secret = place == Place.SECRETS_MANAGER;
    ObjectNode question = JSON.createObjectNode();
    if (secret) {
      question.put("SecretId", name);
    } else {
      question.put("Name", name).put("WithDecryption", true);
    }
    JsonNode answer =
        call(
            place,
            name,
            secret ? "secretsmanager.GetSecretValue" : "AmazonSSM.GetParameter",
            question);
    JsonNode value = secret ? answer.at("/SecretString") : answer.at("/Parameter/Value");
    if (!value.isTextual()) {
      // A binary secret, which no setting can be.
      throw new Trouble(Kind.NOT_USABLE);
    }
    return value.asText();
  }

  private JsonNode call(Place place, String name, String target, ObjectNode question) {
    String region = region(name);
    AwsCredentials credentials = credentials();
    ContentStreamProvider body =
        ContentStreamProvider.fromByteArray(question.toString().getBytes(StandardCharsets.UTF_8));
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint(place, region))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", target)
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.request(request)
                        .payload(body)
                        .identity(credentials)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, place.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpExecuteRequest execution =
        HttpExecuteRequest.builder()
            .request(signed.request())
            .contentStreamProvider(signed.payload().orElse(body))
            .build();
    try (SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .build()) {
      HttpExecuteResponse answer = http.prepareRequest(execution).call();
      String text =
          answer.responseBody().isPresent()
              ? IoUtils.toUtf8String(answer.responseBody().get())
              : "";
      int status = answer.httpResponse().statusCode();
      if (status != 200) {
        throw Trouble.ofAnswer(status, text);
      }
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Trouble(Kind.REFUSED);
    } catch (IOException e) {
      throw new Trouble(Kind.UNREACHABLE);
    }
  }

  /** Test environments name their own endpoint, by the variables that the SDK's clients obey. */
  private URI endpoint(Place place, String region) {
    String own =
        place == Place.SECRETS_MANAGER
            ? "AWS_ENDPOINT_URL_SECRETS_MANAGER"
            : "AWS_ENDPOINT_URL_SSM";
    String url = environment.getOrDefault(own, environment.getOrDefault("AWS_ENDPOINT_URL", ""));
    if (!url.isBlank()) {
      return URI.create(url);
    }
    String domain = Region.of(region).metadata().partition().dnsSuffix();
    return URI.create("https://" + place.service() + "." + region + "." + domain + "/");
  }

  private String region(String name) {
    String[] arn = name.split(":", -1);
    if (arn.length > 5 && arn[0].equals("arn") && !arn[3].isEmpty()) {
      return arn[3];
    }
    @Nullable String named = environment.get("AWS_REGION");
    if (named == null || named.isBlank()) {
      named = environment.get("AWS_DEFAULT_REGION");
    }
    if (named != null && !named.isBlank()) {
      return named;
    }
    try {
      return new DefaultAwsRegionProviderChain().getRegion().id();
    } catch (SdkException e) {
      throw new Trouble(Kind.NO_REGION);
    }
  }

  private AwsCredentials credentials() {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String key = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    if (!id.isBlank() && !key.isBlank()) {
      return session.isBlank()
          ? AwsBasicCredentials.create(id, key)
          : AwsSessionCredentials.create(id, key, session);
    }
    try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
      return chain.resolveCredentials();
    } catch (SdkException e) {
      throw new Trouble(Kind.NOT_LOGGED_IN);
    }
  }
}
