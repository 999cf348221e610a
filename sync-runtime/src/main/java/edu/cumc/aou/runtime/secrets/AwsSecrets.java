package edu.cumc.aou.runtime.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.sync.config.SecretReferences;
import edu.cumc.aou.sync.config.SecretText;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Pause;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets that are kept in AWS: {@code secret:NAME#key} in Secrets Manager, {@code ssm:NAME} in the
 * Parameter Store. Each is read when first needed, once for all settings that name it, and again
 * after a refused login. It asks the Lambda extension if the environment has one, and otherwise
 * makes signed calls. Values are never logged. Thread-safe.
 */
public final class AwsSecrets implements SecretReferences {

  private static final Logger LOG = LoggerFactory.getLogger(AwsSecrets.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private record Kept(Place place, String name) {}

  private final SecretService service;
  private final Pause pause;
  private final Map<Kept, String> read = new HashMap<>();

  private AwsSecrets(SecretService service, Pause pause) {
    this.service = service;
    this.pause = pause;
  }

  /**
   * Prepares it without reading anything.
   *
   * @param environment the environment variables: who asks, and where
   */
  public static AwsSecrets of(Map<String, String> environment, Pause pause) {
    Map<String, String> variables = Map.copyOf(environment);
    return new AwsSecrets(
        Extension.of(variables)
            .orElseGet(() -> (place, name) -> new SignedCalls(variables).read(place, name)),
        pause);
  }

  @Override
  public Optional<SecretText> find(String setting, String text) {
    return Reference.parse(text).map(reference -> new KeptSecret(setting, reference));
  }

  private synchronized String whole(String setting, Kept kept, boolean anew) {
    @Nullable String known = read.get(kept);
    if (known != null && !anew) {
      return known;
    }
    for (int number = 1; ; number++) {
      try {
        String text = service.read(kept.place(), kept.name());
        LOG.debug("{}: the {} was read", setting, kept.place().noun());
        read.put(kept, text);
        return text;
      } catch (Trouble e) {
        if (!e.isPassing() || number == TRIES) {
          throw told(setting, kept, e);
        }
        pause.forDuration(BETWEEN_TRIES.multipliedBy(number));
      }
    }
  }

  private static SyncException told(String setting, Kept kept, Trouble trouble) {
    String what = "the " + kept.place().noun() + " " + kept.name();
    String advice =
        switch (trouble.kind()) {
          case UNKNOWN ->
              what + " does not exist in this account and region; correct the name, or AWS_REGION";
          case NOT_USABLE ->
              what
                  + " is marked for deletion, or is no text; restore it, or store the value as text";
          case DENIED ->
              "this program may not read "
                  + what
                  + "; allow its role "
                  + kept.place().permission()
                  + " on it, and kms:Decrypt if a key of yours encrypts it";
          case UNDECIPHERABLE ->
              what + " cannot be decrypted; allow this program's role kms:Decrypt on its key";
          case NOT_LOGGED_IN ->
              "AWS does not take this program's credentials for "
                  + what
                  + ", or there are none; give the machine a role, or set AWS_ACCESS_KEY_ID and"
                  + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
          case NO_REGION -> "the region of " + what + " is not set; set AWS_REGION";
          case UNREACHABLE ->
              kept.place().service()
                  + " did not answer in time for "
                  + what
                  + "; in a VPC it needs an interface endpoint or a NAT gateway, and port 443 out;"
                  + " then run again";
          case BUSY -> kept.place().service() + " is busy; run again in a few minutes";
          case REFUSED ->
              kept.place().service()
                  + " refused to give "
                  + what
                  + "; check the name and the region";
        };
    boolean passing = trouble.isPassing();
    return new SyncException(
        passing ? FailureKind.UNAVAILABLE : FailureKind.CONFIG, setting + ": " + advice);
  }

  private static String part(String setting, Reference reference, String whole) {
    @Nullable String key = reference.key();
    String text = key == null ? whole : value(setting, reference, key, whole);
    if (text.isBlank()) {
      throw problem(setting, "the " + reference.place().noun() + " is empty; store a value there");
    }
    if (key == null && !text.contains("-----BEGIN")) {
      // An editor or a shell may have added a line end.
      return text.strip();
    }
    return text;
  }

  private static String value(String setting, Reference reference, String key, String whole) {
    JsonNode object;
    try {
      object = JSON.readTree(whole);
    } catch (JsonProcessingException e) {
      object = JSON.missingNode();
    }
    if (!object.isObject()) {
      throw problem(
          setting,
          "the secret "
              + reference.name()
              + " is no JSON object, so it has no key; leave #key out, or store key and value");
    }
    JsonNode value = object.path(key);
    if (!value.isValueNode() || value.isNull()) {
      throw problem(
          setting,
          "the secret "
              + reference.name()
              + " has no key "
              + key
              + "; correct the key here, or add it to the secret (upper and lower case differ)");
    }
    return value.asText();
  }

  private static SyncException problem(String setting, String whatAndWhatToDo) {
    return new SyncException(FailureKind.CONFIG, setting + ": " + whatAndWhatToDo);
  }

  /** One setting's secret. */
  private final class KeptSecret implements SecretText {

    private final String setting;
    private final Reference reference;
    private final Kept kept;

    KeptSecret(String setting, Reference reference) {
      this.setting = setting;
      this.reference = reference;
      this.kept = new Kept(reference.place(), reference.name());
    }

    @Override
    public String reveal() {
      return part(setting, reference, whole(setting, kept, false));
    }

    @Override
    public boolean renew() {
      synchronized (AwsSecrets.this) {
        String before = reveal();
        return !before.equals(part(setting, reference, whole(setting, kept, true)));
      }
    }

    @Override
    public boolean isReference() {
      return true;
    }

    @Override
    public String toString() {
      return "SecretText[hidden]";
    }
  }
}
