package edu.cumc.aou.mornings;

import static java.util.stream.Collectors.toSet;

import edu.cumc.aou.mornings.Lives.World;
import edu.cumc.aou.mornings.life.Kind;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lives through a range of seeds and prints what it found, for those who look for faults. */
final class ExploreMain {

  private ExploreMain() {}

  private static final int AT_A_TIME = 100;

  /**
   * World, first seed, how many lives, how many failures to cut down; or crash, seed, kills; or
   * sweep, which prints the file of cells, of both worlds or of the one that is named, and of all
   * kinds or of those that are named.
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
      List<World> worlds =
          arguments.length > 1
              ? List.of(World.valueOf(arguments[1].toUpperCase(Locale.ROOT)))
              : List.of(World.values());
      for (World world : worlds) {
        Set<Kind> kinds =
            arguments.length > 2
                ? Arrays.stream(arguments[2].split(",")).map(Kind::valueOf).collect(toSet())
                : world.swept();
        Lives lives = new Lives(world).with(kinds).sweep();
        lives.matrix().cells().keySet().forEach(c -> System.out.println(world.word() + ";" + c));
        System.err.println(lives.matrix().neverHit(kinds) + lives.report(9));
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
