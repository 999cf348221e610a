package edu.cumc.aou.sync.mapping;

import java.util.Map;
import java.util.Optional;

/**
 * A site's own transform. The runners find it by {@link java.util.ServiceLoader}: among the classes
 * of the program, and in the jars that {@code extensions} names. Must be thread-safe.
 */
public interface OwnTransform {

  /** The name in its step: {@code { own = NAME }}. */
  String name();

  /**
   * Change this when the same text gives another result, so that everybody is compared anew. For a
   * transform in a jar, a new jar has the same effect.
   */
  default String version() {
    return "";
  }

  /**
   * Prepares the rule of one field.
   *
   * @param settings the map under {@code with}
   * @throws IllegalArgumentException if they make no sense; the message says why, without a secret
   */
  Rule rule(Map<String, String> settings);

  /** Changes a text. Always gives the same result for the same text. */
  @FunctionalInterface
  interface Rule {
    /**
     * The text to use instead; empty to refuse the value, which leaves the field alone and reports
     * it. An exception refuses the value too.
     *
     * @param text without blanks around it; empty text for a blank value
     */
    Optional<String> apply(String text);
  }
}
