package edu.cumc.aou.mornings.life;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How often what was lived: what happened, in which step of the run, and how the run ended. */
public final class Matrix {

  static final String BEGINNING = "BEGINNING";

  /** After so many mornings of the fast world every cell of the list was hit. */
  public static final int ALL_AFTER = 50_000;

  private final Map<String, Integer> cells = new TreeMap<>();

  void count(Interruptions interruptions, int exit) {
    interruptions
        .struck()
        .forEach(
            (event, step) ->
                cells.merge(event.kind() + ";" + step + ";" + outcome(exit), 1, Integer::sum));
  }

  private static String outcome(int exit) {
    return switch (exit) {
      case -1 -> "dies";
      case 0 -> "ends well";
      case 5 -> "ends, somebody is needed";
      case 6 -> "is stopped by a guard";
      case 7 -> "has lost its lease";
      default -> "stops";
    };
  }

  /** Cells of {@code matrix.csv}, those that are possible, which were not hit. */
  public Set<String> missing() {
    try (InputStream list = Matrix.class.getResourceAsStream("matrix.csv")) {
      Set<String> missing =
          new String(list.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .collect(Collectors.toCollection(TreeSet::new));
      missing.removeAll(cells.keySet());
      return missing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kind, step and outcome, and how often. */
  public Map<String, Integer> cells() {
    return cells;
  }
}
