package edu.cumc.aou.cli.runtime;

import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.runtime.WallPause;
import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.run.RunServices;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * What a command takes from the machine, so that a test can replace it.
 *
 * @param environment the environment variables
 * @param directory where relative paths begin
 * @param input stdin; commands do not close it
 * @param clock tells the time
 * @param pause lets time pass
 * @param interactive whether a person watches stderr on a terminal
 * @param untilStopped returns when a server should stop
 * @param edges wrappers around what a run talks to, for tests that need a fault there
 * @param person who runs this process
 */
public record World(
    Map<String, String> environment,
    Path directory,
    InputStream input,
    Clock clock,
    Pause pause,
    boolean interactive,
    Runnable untilStopped,
    UnaryOperator<RunServices> edges,
    OperatingUser person) {

  public World {
    environment = Map.copyOf(environment);
  }

  /** A world with an empty stdin. */
  public World(
      Map<String, String> environment,
      Path directory,
      Clock clock,
      Pause pause,
      boolean interactive,
      Runnable untilStopped,
      UnaryOperator<RunServices> edges) {
    this(
        environment,
        directory,
        InputStream.nullInputStream(),
        clock,
        pause,
        interactive,
        untilStopped,
        edges,
        OperatingUser.ofProcess());
  }

  /** The real world. */
  public static World real() {
    return new World(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        System.in,
        Clock.systemUTC(),
        new WallPause(),
        Terminal.isThere(),
        World::waitForEver,
        UnaryOperator.identity(),
        OperatingUser.ofProcess());
  }

  /** The same world with other time. */
  public World withTime(Clock otherClock, Pause otherPause) {
    return new World(
        environment,
        directory,
        input,
        otherClock,
        otherPause,
        interactive,
        untilStopped,
        edges,
        person);
  }

  /** The part of it that a run needs. */
  public Outside outside() {
    return new Outside(clock, pause, edges, person.atHost());
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
