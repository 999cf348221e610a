package edu.cumc.aou.salesforce;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Text that must not be shown: a password, a token, a key. Never null, may be empty; a secret from
 * a {@link Source} is read when first needed. Thread-safe.
 */
public final class Secret {

  /** No secret. */
  public static final Secret NONE = new Secret("", null);

  private final String text;
  private final @Nullable Source source;

  private Secret(String text, @Nullable Source source) {
    this.text = text;
    this.source = source;
  }

  /** Reads a secret that is not in the settings. Thread-safe. */
  public interface Source {

    /** The present text, perhaps cached; exceptions pass through unchanged. */
    String read();

    /** Reads the secret again, because it was refused; returns whether it has changed. */
    boolean renew();
  }

  public static Secret of(String text) {
    return text.isEmpty() ? NONE : new Secret(text, null);
  }

  /** A secret that is kept elsewhere. */
  public static Secret from(Source source) {
    return new Secret("", source);
  }

  /** The content of a file, read each time it is needed, so that the file can be replaced. */
  public static Secret ofFile(Path file) {
    return from(new FileSource(file));
  }

  /** The text itself, for the one place that sends it. */
  public String reveal() {
    return source == null ? text : source.read();
  }

  /** Whether it is empty; a secret that is kept elsewhere never counts as empty. */
  public boolean isEmpty() {
    return source == null && text.isEmpty();
  }

  /**
   * Looks for a new secret, because this one was refused.
   *
   * @return whether {@link #reveal} now gives another text
   */
  public boolean renew() {
    return source != null && source.renew();
  }

  /** Compares texts in constant time, and sources by their own {@code equals}. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && Objects.equals(source, secret.source)
        && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, source);
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private record FileSource(Path file) implements Source {

    @Override
    public String read() {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new SalesforceException(
            Kind.CONFIGURATION,
            "the private key file cannot be read; check its path and permissions");
      }
    }

    @Override
    public boolean renew() {
      // Each login reads the file, so there is nothing newer.
      return false;
    }
  }
}
