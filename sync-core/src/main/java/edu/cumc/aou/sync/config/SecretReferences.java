package edu.cumc.aou.sync.config;

import java.util.Optional;

/**
 * Knows the texts that stand for a secret that is kept elsewhere, such as {@code
 * secret:aou-sync/production#source-password}. Reads nothing before the secret is revealed.
 */
@FunctionalInterface
public interface SecretReferences {

  /** For a program that takes secrets from its settings only: no text is a reference. */
  SecretReferences NONE = (setting, text) -> Optional.empty();

  /**
   * The secret that a text leads to; empty if the text is no reference.
   *
   * @param setting the path of the setting, for messages
   * @throws IllegalArgumentException if it begins like a reference and is none; the message says
   *     what was expected, without the text
   */
  Optional<SecretText> find(String setting, String text);
}
