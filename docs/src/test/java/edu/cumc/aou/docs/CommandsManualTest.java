package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The page of commands is made from the program: with {@code -Daou.docs.write=true} this test
 * writes it, without it compares.
 */
class CommandsManualTest {

  private static final Path PAGE = Manual.ROOT.resolve("docs/commands.md");

  @Test
  void page_isWhatTheProgramDeclares() throws IOException {
    String page = page();
    if (Boolean.getBoolean("aou.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("write it anew: mvn -pl docs test -Dtest=CommandsManualTest -Daou.docs.write=true")
        .isEqualTo(page);
  }

  @Test
  void everyCommandAndOption_saysWhatItIsFor() {
    CommandLine program = Program.model();
    assertThat(program.getSubcommands()).hasSizeGreaterThan(8);
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              CommandSpec spec = command.getCommandSpec();
              assertThat(spec.usageMessage().description()).as(name).isNotEmpty();
              assertThat(spec.args())
                  .as(name)
                  .allSatisfy(a -> assertThat(text(a.description())).endsWith("."));
            });
  }

  @Test
  void readme_listsEveryCommandInItsOrder() {
    List<String> listed =
        Manual.firstCellsBelow("README.md", "Use it").stream()
            .filter(c -> c.matches("[a-z]+"))
            .toList();
    assertThat(listed).containsExactlyElementsOf(Program.model().getSubcommands().keySet());
  }

  private static String page() {
    CommandLine program = Program.model();
    List<String> lines = new ArrayList<>();
    lines.add("# Commands");
    lines.add("");
    lines.add(
        "This page is made from what the program declares; `aou-sync COMMAND --help` says the same.");
    lines.add("");
    lines.add("Every command takes:");
    lines.add("");
    arguments(program.getCommandSpec(), List.of()).forEach(lines::add);
    lines.add("");
    lines.add("| exit code | meaning |");
    lines.add("|---|---|");
    program
        .getCommandSpec()
        .usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> lines.add("| " + code + " | " + meaning + " |"));
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              CommandSpec spec = command.getCommandSpec();
              lines.add("");
              lines.add("## " + name);
              lines.add("");
              lines.add(text(spec.usageMessage().description()));
              List<String> own = arguments(spec, program.getCommandSpec().options());
              if (own.size() > 2) {
                lines.add("");
                lines.addAll(own);
              }
            });
    lines.add("");
    lines.add(NeighboursTest.trail("commands.md"));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> arguments(CommandSpec spec, List<OptionSpec> inherited) {
    List<String> known = inherited.stream().map(OptionSpec::longestName).toList();
    List<String> lines = new ArrayList<>(List.of("| | default | meaning |", "|---|---|---|"));
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      lines.add(row(parameter.paramLabel(), parameter));
    }
    spec.options().stream()
        .filter(o -> !known.contains(o.longestName()))
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(
            o ->
                lines.add(
                    row(
                        String.join(", ", o.names())
                            + (o.arity().max() == 0 ? "" : " " + o.paramLabel()),
                        o)));
    return lines;
  }

  private static String row(String name, ArgSpec argument) {
    String value = argument.defaultValue();
    return "| `"
        + name
        + "` | "
        + (argument.required() ? "required" : value == null ? "" : "`" + value + "`")
        + " | "
        + text(argument.description()).replaceAll(" \\(default: [^)]*\\)", "").replace("|", "\\|")
        + " |";
  }

  private static String text(String[] description) {
    return String.join(" ", description).replace("%%", "%").replaceAll("\\s+", " ").strip();
  }
}
