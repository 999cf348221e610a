package edu.cumc.aou.mornings;

import edu.cumc.aou.mornings.Lives.World;
import java.nio.file.Files;
import java.util.Locale;

/** Lives through a range of seeds and prints what it found, for those who look for faults. */
final class ExploreMain {

  private ExploreMain() {}

  private static final int AT_A_TIME = 100;

  /**
   * World, first seed, how many lives, how many failures to cut down; or crash, seed, kills; or
   * sweep, which prints the file of cells.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("crash")) {
      CrashTest.live(
          Long.parseLong(arguments[1]),
          Integer.parseInt(arguments[2]),
          Files.createTempDirectory("crash"));
      return;
    }
    if (arguments[0].equals("sweep")) {
      System.out.println("world;what happens;step;how the run ends");
      for (World world : World.values()) {
        Lives lives = new Lives(world).sweep();
        lives.matrix().cells().keySet().forEach(c -> System.out.println(world.word() + ";" + c));
        System.err.println(lives.matrix().neverHit(world.swept()) + lives.report(9));
      }
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
