package edu.cumc.aou.runtime.secrets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that refers to a secret: {@code secret:NAME}, {@code secret:NAME#key} or {@code ssm:NAME}.
 *
 * @param name the name, or the ARN
 * @param key the key within a secret that is a JSON object; null for the whole text
 */
record Reference(Place place, String name, @Nullable String key) {

  private static final Pattern SECRET = Pattern.compile("([A-Za-z0-9/_+=.@:!-]+)(?:#([^#\\s]+))?");
  private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9/_.:-]+)");

  /**
   * Reads a text; empty if it does not begin like a reference.
   *
   * @throws IllegalArgumentException if it begins like one and is malformed; the message says what
   *     was expected
   */
  static Optional<Reference> parse(String text) {
    if (text.startsWith(Place.SECRETS_MANAGER.prefix())) {
      String rest = text.substring(Place.SECRETS_MANAGER.prefix().length());
      Matcher matcher = SECRET.matcher(rest);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "begins like a reference to AWS Secrets Manager; expected secret:NAME#key, or"
                + " secret:NAME for the whole secret. A password may not begin with secret:");
      }
      return Optional.of(new Reference(Place.SECRETS_MANAGER, matcher.group(1), matcher.group(2)));
    }
    if (text.startsWith(Place.PARAMETER_STORE.prefix())) {
      String rest = text.substring(Place.PARAMETER_STORE.prefix().length());
      if (!PARAMETER.matcher(rest).matches()) {
        throw new IllegalArgumentException(
            "begins like a reference to the AWS Parameter Store; expected ssm:NAME. A password may"
                + " not begin with ssm:");
      }
      return Optional.of(new Reference(Place.PARAMETER_STORE, rest, null));
    }
    return Optional.empty();
  }
}
