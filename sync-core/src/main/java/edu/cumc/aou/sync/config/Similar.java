package edu.cumc.aou.sync.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the name that a person probably meant. */
public final class Similar {

  private Similar() {}

  /** The candidate nearest to the name by edits, case aside; empty when none is near. */
  public static Optional<String> nearest(String name, Collection<String> candidates) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .min(Comparator.comparingInt(c -> distance(wanted, c.toLowerCase(Locale.ROOT))))
        .filter(
            c -> distance(wanted, c.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3));
  }

  /** {@code " (did you mean X?)"}, or empty text. */
  public static String hint(String name, Collection<String> candidates) {
    return hint(List.of(name), candidates);
  }

  /** The same for something with several names. */
  public static String hint(Collection<String> names, Collection<String> candidates) {
    return names.stream()
        .flatMap(name -> nearest(name, candidates).stream())
        .findFirst()
        .or(() -> names.stream().flatMap(name -> akin(name, candidates).stream()).findFirst())
        .map(c -> " (did you mean " + c + "?)")
        .orElse("");
  }

  /** The candidate that shares most words with the name; empty when none shares half of them. */
  private static Optional<String> akin(String name, Collection<String> candidates) {
    Set<String> words = words(name);
    return candidates.stream()
        .filter(c -> 2 * common(words, c) >= words.size() && common(words, c) > 0)
        .max(
            Comparator.<String>comparingInt(c -> common(words, c))
                .thenComparingInt(c -> -words(c).size()));
  }

  private static int common(Set<String> words, String candidate) {
    Set<String> both = words(candidate);
    both.retainAll(words);
    return both.size();
  }

  /** Ignores words of one or two letters, such as the suffix of a relation. */
  private static Set<String> words(String name) {
    Set<String> words = new TreeSet<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= name.length(); i++) {
      if (i < name.length() && Character.isLetterOrDigit(name.charAt(i))) {
        word.append(Character.toLowerCase(name.charAt(i)));
        continue;
      }
      if (word.length() > 2) {
        words.add(word.toString());
      }
      word.setLength(0);
    }
    return words;
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
