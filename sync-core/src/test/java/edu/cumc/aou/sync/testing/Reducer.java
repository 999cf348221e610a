package edu.cumc.aou.sync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Cuts a list that fails down to a shorter one that still fails: halves, quarters and so on are
 * left out as long as that helps (Zeller's ddmin). The order of what stays is kept.
 */
public final class Reducer {

  private Reducer() {}

  /**
   * The shortest list that was found to fail.
   *
   * @param failing a list that fails
   * @param fails tries a list; called at most {@code tries} times
   */
  public static <T> List<T> reduce(List<T> failing, Predicate<List<T>> fails, int tries) {
    List<T> smallest = List.copyOf(failing);
    int left = tries;
    int parts = 2;
    while (smallest.size() > 1 && parts <= smallest.size() * 2 && left > 0) {
      boolean shorter = false;
      int size = Math.max(1, (smallest.size() + parts - 1) / parts);
      for (int from = 0; from < smallest.size() && left > 0; from += size) {
        List<T> rest = without(smallest, from, Math.min(smallest.size(), from + size));
        left--;
        if (fails.test(rest)) {
          smallest = rest;
          shorter = true;
          from -= size;
        }
      }
      if (!shorter && size == 1) {
        return smallest;
      }
      parts = shorter ? Math.max(2, parts - 1) : parts * 2;
    }
    return smallest;
  }

  private static <T> List<T> without(List<T> all, int from, int to) {
    List<T> rest = new ArrayList<>(all.subList(0, from));
    rest.addAll(all.subList(to, all.size()));
    return List.copyOf(rest);
  }
}
