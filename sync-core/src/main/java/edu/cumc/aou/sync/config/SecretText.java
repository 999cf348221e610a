package edu.cumc.aou.sync.config;

/**
 * A secret of the settings, either written there or read from elsewhere when first needed. {@code
 * toString} never shows it. Thread-safe.
 */
public interface SecretText {

  /**
   * The text, for the one place that sends it. May have to read it first.
   *
   * @throws edu.cumc.aou.sync.model.SyncException that names the setting, if it cannot be read
   */
  String reveal();

  /**
   * Reads the secret again, because the other side refused it.
   *
   * @return whether it has changed; always false for a secret written in the settings
   */
  boolean renew();

  /** Whether {@link #renew} could ever find a different secret. */
  boolean isReference();
}
