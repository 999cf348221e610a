package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.runtime.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A run or a participant that is named wrongly is wrong usage, told in one way, and not repeated.
 */
class UsageEndToEndTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status 0",
        "status -1",
        "status twelve",
        "failures 0",
        "failures 99999999999999999999",
        "report 0 --out run.html",
        "undo 0",
        "undo 1 --approved 0"
      })
  void run_isNamedByItsNumber(String command) {
    assertThat(refusal(command)).contains("a run is named by its number, from 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain P12X",
        "release P12X",
        "forget P12X",
        "retry P12X",
        "retry P000000001 P12X"
      })
  void participant_isNamedByAPmiId(String command) {
    assertThat(refusal(command)).contains("a PMI ID is a P and nine digits").doesNotContain("P12X");
  }

  @Test
  void whatIsWrong_standsAtTheBeginning() {
    assertThat(refusal("status twelve")).startsWith("aou-sync: RUN: a run is named");
    assertThat(refusal("undo 1 --approved x")).startsWith("aou-sync: --approved: a run is named");
    assertThat(refusal("explain P12X")).startsWith("aou-sync: PMI_ID: a PMI ID is");
    assertThat(refusal("status --last many"))
        .startsWith("aou-sync: --last: expected a whole number, at");
  }

  /** Every option that takes a number, a day, a run or a word of a list. */
  @Test
  void nonsense_isRefusedInPlainWords() {
    List<String> tried = new ArrayList<>();
    for (CommandLine command :
        new CommandLine(new AouSync(World.real(), System.out, System.err))
            .getSubcommands()
            .values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (!WITHOUT_FORM.contains(typeOf(option))) {
          tried.add(option.longestName());
          for (String value : List.of("many", "2.5", "99999999999999999999", "2026-02-30", "")) {
            String[] args = {command.getCommandName(), option.longestName() + "=" + value};
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
            assertThat(Main.run(args, stream, stream, World.real())).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("aou-sync: " + option.longestName() + ": ")
                .doesNotContain("java.", "class ", "Exception", "edu.cumc", "is not a");
          }
        }
      }
    }
    assertThat(tried).contains("--wait-until", "--last", "--approved", "--kind", "--seed");
  }

  private static final Set<Class<?>> WITHOUT_FORM =
      Set.of(String.class, Path.class, boolean.class, Boolean.class);

  private static Class<?> typeOf(OptionSpec option) {
    Class<?>[] elements = option.auxiliaryTypes();
    return option.isMultiValue() ? elements[elements.length - 1] : option.type();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acknowledge --all",
        "anomalies --kind ORPHAN_JOURNEY --ignore",
        "adopt P012345678 003000000000001AAA"
      })
  void reasonAboutSomebody_isRefused(String command) {
    try (Site site = new Site(directory, 1)) {
      assertThat(site.run("init").exitCode()).isZero();
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--why", "as P012345678 asked"));
      Site.Result result = site.run(words.toArray(String[]::new));
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("without naming anybody").doesNotContain("P012345678");
    }
  }

  @Test
  void participantsThatMustBeNamed_areAskedFor() {
    assertThat(refusal("release")).contains("PMI_ID");
    assertThat(refusal("forget")).contains("PMI_ID");
  }

  @Test
  void typingError_getsTheNearestName() {
    assertThat(refusal("sync --initial-laod"))
        .contains("there is no option --initial-laod (did you mean --initial-load?)");
    assertThat(refusal("staus")).contains("there is no command staus (did you mean status?)");
    assertThat(refusal("plan --colour=red")).contains("there is no option --colour\n");
  }

  @Test
  void participantWhereNoneIsTaken_isNotRepeated() {
    assertThat(refusal("sync P000000001"))
        .contains("an argument too many")
        .doesNotContain("P000000001");
    assertThat(refusal("P000000001")).contains("no such command").doesNotContain("P000000001");
  }

  private String refusal(String command) {
    try (Site site = new Site(directory, 1)) {
      Site.Result result = site.run(command.split(" "));
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      return result.err();
    }
  }
}
