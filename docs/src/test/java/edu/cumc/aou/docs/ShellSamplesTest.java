package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellSamplesTest {

  private static final String FIRST_STEPS = "docs/getting-started.md";
  private static final String SIMULATOR = "docs/simulator.md";

  /** What it shows changes the machine; the tests of the packages do what of it can be tried. */
  private static final String INSTALLING = "docs/installing.md";

  /** What prepares the program, or the shell, and not the program itself. */
  private static final List<String> OF_THE_BUILD = List.of("mvn ", "git clone ", "cd ", "alias ");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {FIRST_STEPS, SIMULATOR})
  void whatAPageShows_isWhatHappens(String page) {
    List<Transcript.Step> steps = Transcript.of(page);
    assertThat(steps).hasSizeGreaterThan(8);
    try (Shell shell = new Shell(directory)) {
      for (Transcript.Step step : steps) {
        Shell.Result result = shell.run(step.command());
        assertThat(step.prints(result.out()))
            .as("%s%n%s%n%s", step.command(), result.out(), result.err())
            .isTrue();
        assertThat(result.exitCode()).as(step.command() + "\n" + result.err()).isZero();
      }
    }
  }

  @Test
  void commandsOfTheReadme_work_withASimulatedSite() {
    List<String> commands =
        shellLines("README.md")
            .filter(l -> OF_THE_BUILD.stream().noneMatch(l::startsWith))
            .toList();
    assertThat(commands).hasSizeGreaterThan(7);
    try (Shell shell = new Shell(directory)) {
      Transcript.of(FIRST_STEPS).stream()
          .map(Transcript.Step::command)
          .filter(c -> c.contains("simulator") || c.contains("generate") || c.startsWith("cat"))
          .limit(3)
          .forEach(shell::run);
      for (String command : commands) {
        Shell.Result result = shell.run(command);
        assertThat(result.exitCode()).as(command + "\n" + result.err()).isZero();
      }
    }
  }

  @Test
  void waysToStartTheSimulator_work() throws IOException {
    Files.writeString(directory.resolve("faults.conf"), Manual.blocks(SIMULATOR, "hocon").get(0));
    List<String> commands =
        Manual.blocks(SIMULATOR, "shell").stream().flatMap(String::lines).toList();
    assertThat(commands).hasSizeGreaterThan(4);
    try (Shell shell = new Shell(directory)) {
      for (String command : commands) {
        Shell.Result result = shell.run(command);
        assertThat(result.exitCode()).as(command + "\n" + result.err()).isZero();
      }
    }
  }

  @Test
  void shellSamplesThatAreNotRun_areOfTheBuildOnly() {
    List<String> others =
        Manual.pages().stream()
            .map(p -> Manual.ROOT.relativize(p).toString())
            .filter(p -> !p.equals("README.md") && !p.equals(INSTALLING))
            .flatMap(ShellSamplesTest::shellLines)
            .filter(l -> OF_THE_BUILD.stream().noneMatch(l::startsWith))
            .toList();
    assertThat(others).as("show them as console blocks of a page that is run").isEmpty();
  }

  private static Stream<String> shellLines(String page) {
    return Stream.of("sh", "shell", "bash")
        .filter(l -> !(page.equals(SIMULATOR) && l.equals("shell")))
        .flatMap(l -> Manual.blocks(page, l).stream())
        .flatMap(String::lines)
        .filter(l -> !l.isBlank());
  }
}
