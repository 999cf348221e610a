package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.lambda.RuntimeApi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the packaged function takes from the start of its process to the answer of a quiet
 * morning of 200 people, by Lambda's own runtime client. The processors' time says what a start
 * costs where others use the machine too.
 */
class StartBenchmark {

  private static final int STARTS = 7;
  private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);

  @TempDir Path directory;

  @Test
  void start() throws Exception {
    InstalledJava java = InstalledJava.ofFeature(17).orElseThrow();
    Zip.unpack(Path.of("target", "aou-sync-lambda.zip"), directory.resolve("task"));
    try (Site site =
        new Site(
            Files.createDirectory(directory.resolve("site")),
            Clock.systemUTC(),
            Duration.ZERO,
            200)) {
      try (RunningFunction first = RunningFunction.start(java, directory, site.environment)) {
        assertThat(first.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR).failed()).isFalse();
      }
      List<Long> wall = new ArrayList<>();
      List<Long> processors = new ArrayList<>();
      for (int i = 0; i < STARTS; i++) {
        long begin = System.nanoTime();
        try (RunningFunction function = RunningFunction.start(java, directory, site.environment)) {
          Outcome quiet = function.invoke("{}", QUARTER_OF_AN_HOUR);
          wall.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
          processors.add(function.processors().toMillis());
          assertThat(quiet.body()).contains("\"DONE\"");
        }
      }
      System.out.println("start and first quiet answer, ms by the clock: " + wall);
      System.out.println("ms of processors: " + processors);
    }
  }
}
