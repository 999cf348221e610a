package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.lambda.RuntimeApi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the packaged function takes from the start of its process to the answer of a quiet
 * morning of 200 people, by Lambda's own runtime client: as a function starts by itself, with the
 * flags of the template, and with a class-data archive besides. The processors' time says what a
 * start costs where others use the machine too. The ways take turns, so each meets the same
 * machine.
 */
class StartBenchmark {

  private static final int STARTS = Integer.getInteger("aou.test.starts", 5);
  private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);

  @TempDir Path directory;

  @Test
  void start() throws Exception {
    InstalledJava java = InstalledJava.ofFeature(17).orElseThrow();
    Zip.unpack(Path.of("target", "aou-sync-lambda.zip"), directory.resolve("task"));
    Path archive = directory.resolve("classes.jsa");
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put("full compiler, G1", List.of("-XX:+UseG1GC"));
    ways.put("as in the template", RunningFunction.FLAGS);
    ways.put("with a class-data archive", with("-XX:SharedArchiveFile=" + archive));
    try (Site site =
        new Site(
            Files.createDirectory(directory.resolve("site")),
            Clock.systemUTC(),
            Duration.ZERO,
            200)) {
      try (RunningFunction first =
          RunningFunction.start(
              java, directory, site.environment, with("-XX:ArchiveClassesAtExit=" + archive))) {
        assertThat(first.invoke("{\"initialLoad\": true}", QUARTER_OF_AN_HOUR).failed()).isFalse();
        first.end();
      }
      assertThat(archive).exists();
      Map<String, List<Long>> wall = new LinkedHashMap<>();
      Map<String, List<Long>> processors = new LinkedHashMap<>();
      for (int i = 0; i < STARTS; i++) {
        for (Map.Entry<String, List<String>> way : ways.entrySet()) {
          long begin = System.nanoTime();
          try (RunningFunction function =
              RunningFunction.start(java, directory, site.environment, way.getValue())) {
            Outcome quiet = function.invoke("{}", QUARTER_OF_AN_HOUR);
            wall.computeIfAbsent(way.getKey(), unused -> new ArrayList<>())
                .add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            processors
                .computeIfAbsent(way.getKey(), unused -> new ArrayList<>())
                .add(function.processors().toMillis());
            assertThat(quiet.body()).contains("\"DONE\"");
          }
        }
      }
      System.out.println("ms from the start to the first quiet answer: " + wall);
      System.out.println("ms of processors: " + processors);
    }
  }

  private static List<String> with(String flag) {
    List<String> flags = new ArrayList<>(RunningFunction.FLAGS);
    flags.add(flag);
    return flags;
  }
}
