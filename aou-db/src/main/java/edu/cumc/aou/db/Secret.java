package edu.cumc.aou.db;

import java.util.Objects;

/**
 * A password that cannot slip into a log: {@link #toString()} never shows it. Immutable; null is
 * refused with {@link NullPointerException}.
 */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text, "text"));
  }

  /** The password itself, for the one call that needs it. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Secret other && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
