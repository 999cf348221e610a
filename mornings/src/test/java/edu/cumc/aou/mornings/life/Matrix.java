package edu.cumc.aou.mornings.life;

import java.util.Map;
import java.util.TreeMap;

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

  /** Kind, step and outcome, and how often. */
  public Map<String, Integer> cells() {
    return cells;
  }
}
