package edu.cumc.aou.lambda;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.port.Pause;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What the function takes from its environment, so that a test can put something else in its place.
 *
 * @param environment the environment variables
 * @param directory where relative paths begin: the unpacked function
 * @param clock tells the time
 * @param pause lets time pass
 */
record Surroundings(Map<String, String> environment, Path directory, Clock clock, Pause pause) {

  Surroundings {
    environment = Map.copyOf(environment);
  }

  static Surroundings real() {
    return new Surroundings(
        System.getenv(), Path.of("").toAbsolutePath(), Clock.systemUTC(), Surroundings::sleep);
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          FailureKind.UNAVAILABLE,
          "interrupted while waiting; the next invocation goes on with what is left");
    }
  }
}
