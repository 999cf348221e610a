package edu.cumc.aou.mornings;

import edu.cumc.aou.mornings.Lives.World;
import java.nio.file.Files;
import java.util.Locale;

/** Lives through a range of seeds and prints what it found, for those who look for faults. */
final class ExploreMain {

  private ExploreMain() {}

  private static final int AT_A_TIME = 100;

  /** World, first seed, how many lives, how many failures to cut down; or crash, seed, kills. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("crash")) {
      CrashTest.live(
          Long.parseLong(arguments[1]),
          Integer.parseInt(arguments[2]),
          Files.createTempDirectory("crash"));
      return;
    }
    World world = World.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    long from = Long.parseLong(arguments[1]);
    long end = from + Long.parseLong(arguments[2]);
    for (long seed = from; seed < end; seed += AT_A_TIME) {
      long number = Math.min(AT_A_TIME, end - seed);
      Lives lives = new Lives(world);
      lives.live(seed, FastMorningsTest::schedule, () -> lives.lives() < number);
      System.out.println(lives.counts(seed));
      System.out.print(lives.report(FastMorningsTest::schedule, Integer.parseInt(arguments[3])));
      if (arguments.length > 4) {
        lives.matrix().cells().forEach((cell, times) -> System.out.println(cell + ";" + times));
      }
    }
  }
}
