package edu.cumc.aou.salesforce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Text that must not be shown: a password, a token. Immutable; never null, may be empty. */
public final class Secret {

  /** No secret at all. */
  public static final Secret NONE = new Secret("");

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return text.isEmpty() ? NONE : new Secret(text);
  }

  /** The text itself, for the one place that sends it. */
  public String reveal() {
    return text;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Compares without telling by its duration how much is equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
