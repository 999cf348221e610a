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
 * @param allowsH2 whether the store may be an H2 database, which a function loses when it ends
 */
record Surroundings(
    Map<String, String> environment, Path directory, Clock clock, Pause pause, boolean allowsH2) {

  Surroundings {
    environment = Map.copyOf(environment);
  }

  static Surroundings real() {
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Clock.systemUTC(),
        Surroundings::sleep,
        false);
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
