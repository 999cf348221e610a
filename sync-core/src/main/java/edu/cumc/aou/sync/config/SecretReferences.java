package edu.cumc.aou.sync.config;

import java.util.Optional;

/**
 * Recognises texts that refer to a secret kept elsewhere, such as {@code
 * secret:aou-sync/production#source-password}. Reads nothing before the secret is revealed.
 */
@FunctionalInterface
public interface SecretReferences {

  /** For a program that takes secrets only from its settings: no text is a reference. */
  SecretReferences NONE = (setting, text) -> Optional.empty();

  /**
   * The secret that a text refers to; empty if the text is no reference.
   *
   * @param setting the path of the setting, for messages
   * @throws IllegalArgumentException if it begins like a reference but is malformed; the message
   *     says what was expected, without the text
   */
  Optional<SecretText> find(String setting, String text);
}
