package edu.cumc.aou.sync.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the name that a person probably meant. A wrong name leads further astray than none, so it
 * finds one only where a single name is the nearest, and differs by a slip of the pen or by words
 * that were added or left out.
 */
public final class Similar {

  private Similar() {}

  /** The candidate that is a misspelling of the name, case aside; empty if none is, or several. */
  public static Optional<String> nearest(String name, Collection<String> candidates) {
    return only(candidates, candidate -> edits(name, candidate));
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
        .or(
            () ->
                names.stream()
                    .flatMap(name -> only(candidates, c -> extraWords(name, c)).stream())
                    .findFirst())
        .map(Similar::question)
        .orElse("");
  }

  /**
   * {@code " (did you mean X?)"}; a name with blanks that nobody sees is quoted, as settings are.
   */
  public static String question(String name) {
    return " (did you mean " + visible(name) + "?)";
  }

  private static String visible(String name) {
    boolean isPlain =
        name.equals(name.strip()) && name.chars().allMatch(c -> c == ' ' || !isUnseen(c));
    if (isPlain) {
      return name;
    }
    StringBuilder text = new StringBuilder("\"");
    name.chars()
        .forEach(
            c -> {
              if (c != ' ' && isUnseen(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                text.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
              }
            });
    return text.append('"').toString();
  }

  private static boolean isUnseen(int c) {
    return Character.isSpaceChar(c)
        || Character.isWhitespace(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** The candidate with the smallest distance; empty if several share it. */
  private static Optional<String> only(
      Collection<String> candidates, Function<String, OptionalInt> distance) {
    int smallest = Integer.MAX_VALUE;
    Set<String> nearest = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String candidate : candidates) {
      int its = distance.apply(candidate).orElse(Integer.MAX_VALUE);
      if (its < smallest) {
        smallest = its;
        nearest.clear();
      }
      if (its == smallest && its < Integer.MAX_VALUE) {
        nearest.add(candidate);
      }
    }
    return nearest.size() == 1 ? nearest.stream().findFirst() : Optional.empty();
  }

  /**
   * How many letters differ outside the words that both names have; empty if too many for a slip. A
   * word that many names share, such as Status, does not make them similar.
   */
  private static OptionalInt edits(String name, String candidate) {
    List<String> rest = words(name, 1);
    List<String> other = words(candidate, 1);
    Map<String, Integer> common = new HashMap<>();
    rest.forEach(word -> common.merge(word, 1, Integer::sum));
    boolean isShared = false;
    for (String word : List.copyOf(other)) {
      if (common.getOrDefault(word, 0) > 0) {
        common.merge(word, -1, Integer::sum);
        rest.remove(word);
        other.remove(word);
        isShared = true;
      }
    }
    String a = String.join("", rest);
    String b = String.join("", other);
    int length = Math.max(a.length(), b.length());
    int most = length < 3 && isShared ? 0 : Math.max(1, length / 4);
    int distance = distance(a, b);
    return distance <= most ? OptionalInt.of(distance) : OptionalInt.empty();
  }

  /**
   * How many extra words one of the names has, if it has all words of the other; otherwise empty. A
   * longer {@code name} must share most of its words.
   */
  private static OptionalInt extraWords(String name, String candidate) {
    Set<String> wanted = new TreeSet<>(words(name, 3));
    Set<String> other = new TreeSet<>(words(candidate, 3));
    if (wanted.isEmpty() || other.isEmpty()) {
      return OptionalInt.empty();
    }
    boolean isLonger = other.containsAll(wanted);
    boolean isShorter = wanted.containsAll(other) && 2 * other.size() > wanted.size();
    return isLonger || isShorter
        ? OptionalInt.of(Math.abs(wanted.size() - other.size()))
        : OptionalInt.empty();
  }

  /**
   * The words in lower case: those with at least this many letters, and all that begin with a
   * digit.
   */
  private static List<String> words(String name, int length) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i <= lower.length(); i++) {
      if (i < lower.length() && Character.isLetterOrDigit(lower.charAt(i))) {
        word.append(lower.charAt(i));
        continue;
      }
      if (word.length() >= length || (!word.isEmpty() && Character.isDigit(word.charAt(0)))) {
        words.add(word.toString());
      }
      word.setLength(0);
    }
    return words;
  }

  /** Letters added, left out, replaced, or exchanged with their neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
