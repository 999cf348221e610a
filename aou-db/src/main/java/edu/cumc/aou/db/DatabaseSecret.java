package edu.cumc.aou.db;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A password that cannot slip into a log: {@link #toString()} never shows it. One of a {@link
 * Source} is read when it is first needed. Thread-safe; null is refused with {@link
 * NullPointerException}.
 */
public final class DatabaseSecret {

  private final String text;

  private final @Nullable Source source;

  private DatabaseSecret(String text, @Nullable Source source) {
    this.text = Objects.requireNonNull(text, "text");
    this.source = source;
  }

  /** Where a secret is read that does not stand in the settings. Thread-safe. */
  public interface Source {

    /** The text as it is now, maybe remembered; what it throws comes through as it is. */
    String read();

    /** Reads it again, because it was refused; whether it is another one now. */
    boolean renew();
  }

  public static DatabaseSecret of(String text) {
    return new DatabaseSecret(text, null);
  }

  /** One that is kept elsewhere. */
  public static DatabaseSecret from(Source source) {
    return new DatabaseSecret("", Objects.requireNonNull(source, "source"));
  }

  /** The password itself, for the one call that needs it. */
  public String reveal() {
    return source == null ? text : source.read();
  }

  /**
   * Asks where it is kept for another one, because it was refused.
   *
   * @return whether {@link #reveal} gives another text now
   */
  public boolean renew() {
    return source != null && source.renew();
  }

  /** Whether it is kept elsewhere, so that it may become another one. */
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
