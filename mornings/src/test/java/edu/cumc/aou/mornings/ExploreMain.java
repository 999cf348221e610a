package edu.cumc.aou.mornings;

import edu.cumc.aou.mornings.Lives.World;
import java.util.Locale;

/** Lives through a range of seeds and prints what it found, for those who look for faults. */
final class ExploreMain {

  private ExploreMain() {}

  /** World, first seed, how many lives, how many failures to cut down; or crash, seed, kills. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("crash")) {
      CrashTest.live(Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]))
          .forEach(System.out::println);
      return;
    }
    World world = World.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int most = Integer.parseInt(arguments[2]);
    Lives lives = new Lives(world);
    lives.live(
        Long.parseLong(arguments[1]), FastMorningsTest::schedule, () -> lives.lives() < most);
    System.out.println(lives.mornings() + " mornings, " + lives.failures().size() + " failures");
    System.out.println(lives.counts(Long.parseLong(arguments[1])));
    if (arguments.length > 4) {
      lives.matrix().cells().forEach((cell, times) -> System.out.println(cell + ";" + times));
    }
    System.out.println(lives.report(FastMorningsTest::schedule, Integer.parseInt(arguments[3])));
  }
}
