package edu.cumc.aou.db;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A password that cannot slip into a log: {@link #toString()} never shows it. A password from a
 * {@link Source} is read when first needed. Thread-safe; null is refused with {@link
 * NullPointerException}.
 */
public final class DatabaseSecret {

  private final String text;

  private final @Nullable Source source;

  private DatabaseSecret(String text, @Nullable Source source) {
    this.text = Objects.requireNonNull(text, "text");
    this.source = source;
  }

  /** Reads a secret that is not in the settings. Thread-safe. */
  public interface Source {

    /** The present text, perhaps cached; exceptions pass through unchanged. */
    String read();

    /** Reads the secret again, because it was refused; returns whether it has changed. */
    boolean renew();
  }

  public static DatabaseSecret of(String text) {
    return new DatabaseSecret(text, null);
  }

  /** A secret that is kept elsewhere. */
  public static DatabaseSecret from(Source source) {
    return new DatabaseSecret("", Objects.requireNonNull(source, "source"));
  }

  /** The password itself, for the one call that needs it. */
  public String reveal() {
    return source == null ? text : source.read();
  }

  /**
   * Looks for a new password, because this one was refused.
   *
   * @return whether {@link #reveal} now gives another text
   */
  public boolean renew() {
    return source != null && source.renew();
  }

  /** Whether it is kept elsewhere, so that it can change. */
  public boolean isKeptElsewhere() {
    return source != null;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DatabaseSecret other
        && text.equals(other.text)
        && Objects.equals(source, other.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, source);
  }

  @Override
  public String toString() {
    return "DatabaseSecret[hidden]";
  }
}
