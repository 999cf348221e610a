package edu.cumc.aou.mornings;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Life;
import edu.cumc.aou.mornings.plant.Planted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measures how soon each planted fault is found, and prints the table that the tests use. */
final class PlantMain {

  private static final int FOUND = 3;

  private PlantMain() {}

  /** The most lives to live for one fault. */
  public static void main(String[] arguments) {
    int most = Integer.parseInt(arguments[0]);
    System.out.println("fault;promise;seed;law;mornings");
    for (Planted planted : Planted.values()) {
      measure(planted, most);
    }
  }

  private static void measure(Planted planted, int most) {
    List<Integer> took = new ArrayList<>();
    long first = 0;
    String law = "none";
    int mornings = 0;
    for (long seed = 1; seed <= most && took.size() < FOUND; seed++) {
      Planted.ran();
      Life.Outcome outcome = World.FAST.live(FastMorningsTest.schedule(seed), planted);
      mornings += outcome.mornings();
      if (!outcome.isGood() && Planted.ran() > 0) {
        if (first == 0) {
          first = seed;
          law = outcome.violations().get(0).replaceFirst("day \\d+, (\\w+):.*(?s).*", "$1");
        }
        took.add(mornings);
        mornings = 0;
      }
    }
    Collections.sort(took);
    System.out.println(
        planted
            + ";"
            + planted.promise()
            + ";"
            + first
            + ";"
            + law
            + ";"
            + (took.isEmpty() ? "-" : took.get(took.size() / 2)));
  }
}
