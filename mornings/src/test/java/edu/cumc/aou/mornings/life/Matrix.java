package edu.cumc.aou.mornings.life;

import edu.cumc.aou.sync.model.SyncStep;
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

  /**
   * The cells of {@code matrix.csv}: in each step that has calls each of these kinds strikes, and
   * the file says how the run then ends.
   *
   * @param world of which world
   */
  public static Set<String> expected(String world) {
    try (InputStream list = Matrix.class.getResourceAsStream("matrix.csv")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(world + ";"))
          .map(line -> line.substring(world.length() + 1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kinds and steps of a {@link Sweep} of these kinds in which nothing was hit. */
  public Set<String> neverHit(Set<Kind> kinds) {
    Set<String> never = new TreeSet<>();
    for (Kind kind : kinds) {
      for (SyncStep step : Sweep.STEPS) {
        String cell = kind + ";" + step + ";";
        if (cells.keySet().stream().noneMatch(c -> c.startsWith(cell))) {
          never.add(cell);
        }
      }
    }
    return never;
  }

  /** Kind, step and outcome, and how often. */
  public Map<String, Integer> cells() {
    return cells;
  }
}
