package edu.cumc.aou.sync.mapping;

import java.util.Map;
import java.util.Optional;

/**
 * A transform of a site's own. The runners find it by {@link java.util.ServiceLoader}: among the
 * classes of the program, and in the jars that {@code extensions} names. Must be thread-safe.
 */
public interface OwnTransform {

  /** By which a step calls it: {@code { own = NAME }}. */
  String name();

  /**
   * Changes when it decides otherwise about the same text, so that everybody is compared anew.
   * Where it comes in a jar, another jar has the same effect.
   */
  default String version() {
    return "";
  }

  /**
   * Prepares the rule of one field.
   *
   * @param settings what {@code with} says
   * @throws IllegalArgumentException if they make no sense; the message says why, without a secret
   */
  Rule rule(Map<String, String> settings);

  /** What it does with a text. Gives the same for the same text, whenever it is asked. */
  @FunctionalInterface
  interface Rule {
    /**
     * The text that stands for this one; empty to refuse the value, so that the field is left alone
     * and it is told. What it throws refuses the value too.
     *
     * @param text without blanks around it; empty text for a blank value
     */
    Optional<String> apply(String text);
  }
}
