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
 * Text that must not be shown: a password, a token, a key. Never null, may be empty; one of a
 * {@link Source} is read when it is first needed. Thread-safe.
 */
public final class Secret {

  /** No secret at all. */
  public static final Secret NONE = new Secret("", null);

  private final String text;
  private final @Nullable Source source;

  private Secret(String text, @Nullable Source source) {
    this.text = text;
    this.source = source;
  }

  /** Where a secret is read that does not stand in the settings. Thread-safe. */
  public interface Source {

    /** The text as it is now, maybe remembered; what it throws comes through as it is. */
    String read();

    /** Reads it again, because it was refused; whether it is another one now. */
    boolean renew();
  }

  public static Secret of(String text) {
    return text.isEmpty() ? NONE : new Secret(text, null);
  }

  /** One that is kept elsewhere. */
  public static Secret from(Source source) {
    return new Secret("", source);
  }

  /** What a file holds, read each time that it is needed, so that the file can be exchanged. */
  public static Secret ofFile(Path file) {
    return from(new FileSource(file));
  }

  /** The text itself, for the one place that sends it. */
  public String reveal() {
    return source == null ? text : source.read();
  }

  /** Whether there is none; one that is kept elsewhere is taken to be there. */
  public boolean isEmpty() {
    return source == null && text.isEmpty();
  }

  /**
   * Asks where it is kept for another one, because it was refused.
   *
   * @return whether {@link #reveal} gives another text now
   */
  public boolean renew() {
    return source != null && source.renew();
  }

  /** Compares texts without telling by its duration how much is equal, and sources as they say. */
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
      // each login reads the file: there is nothing newer
      return false;
    }
  }
}
