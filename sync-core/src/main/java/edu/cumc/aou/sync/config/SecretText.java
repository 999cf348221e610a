package edu.cumc.aou.sync.config;

/**
 * A secret of the settings: written there, or read from elsewhere when it is first needed. Never
 * shown by {@code toString}. Thread-safe.
 */
public interface SecretText {

  /**
   * The text, for the one place that sends it. May read it first.
   *
   * @throws edu.cumc.aou.sync.model.SyncException that names the setting, if it cannot be read
   */
  String reveal();

  /**
   * Reads it again, because the other side refused it.
   *
   * @return whether it is another one now; never true of a text that stands in the settings
   */
  boolean renew();

  /** Whether {@link #renew} could ever find another one. */
  boolean isReference();
}
