package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.simulator.salesforce.fault.NamedFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The manual's page on the simulator; what it shows of a day is run by the manual's own tests. */
class SimulatorManualTest {

  private static final Path PAGE = Path.of("../docs/simulator.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir Path directory;

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  /** The arguments of each command, without the program's name. */
  private static List<List<String>> commands() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String block : blocks("shell")) {
      for (String line : block.lines().toList()) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
          words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        assertThat(words.get(0)).isEqualTo("aou-sync");
        commands.add(words.subList(1, words.size()));
      }
    }
    return commands;
  }

  @Test
  void everyWayToStartTheSimulator_works() throws IOException {
    Files.writeString(directory.resolve("faults.conf"), blocks("hocon").get(0));
    int started = 0;
    try (Site site = new Site(Files.createDirectory(directory.resolve("site")), 1)) {
      for (List<String> command : commands()) {
        if (command.get(0).equals("simulator")) {
          List<String> args = new ArrayList<>(command);
          int port = args.indexOf("--port");
          if (port >= 0) {
            args.subList(port, port + 2).clear();
          }
          // the page's port may be taken on the machine that tests it
          args.addAll(List.of("--port", "0"));
          Result result = Site.run(in(site), args.toArray(String[]::new));
          assertThat(result.exitCode()).as(command + result.err()).isZero();
          started++;
        } else if (command.get(0).equals("schema")) {
          List<String> args = new ArrayList<>(command);
          args.addAll(List.of("--config", site.directory.resolve("aou-sync.conf").toString()));
          Result result = Site.run(in(site), args.toArray(String[]::new));
          assertThat(result.exitCode()).as(command + result.err()).isZero();
        }
      }
    }
    assertThat(started).isGreaterThanOrEqualTo(6);
  }

  private World in(Site site) {
    World world = site.world();
    return new World(
        world.environment(),
        directory,
        world.clock(),
        world.pause(),
        false,
        () -> {},
        world.edges());
  }

  @Test
  void everyOtherCommand_isUnderstood() throws IOException {
    try (Site site = new Site(directory, 1)) {
      CommandLine program = new CommandLine(new AouSync(site.world(), System.out, System.err));
      for (List<String> command : commands()) {
        assertThat(program.parseArgs(command.toArray(String[]::new)).subcommand())
            .as(String.valueOf(command))
            .isNotNull();
      }
    }
  }

  @Test
  void tableOfFaults_isThatOfTheProgram() throws IOException {
    List<String> rows = new ArrayList<>();
    for (NamedFault fault : NamedFault.all()) {
      List<String> settings = new ArrayList<>();
      fault.settings().forEach((name, value) -> settings.add("`" + name + "=" + value + "`"));
      String row =
          "| `"
              + fault.name()
              + "` | "
              + String.join(", ", settings)
              + " | "
              + fault.description()
              + " |";
      rows.add(row);
    }
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf("| Fault |"), page.indexOf("A file lists"));

    assertThat(table.lines().skip(2).filter(line -> !line.isBlank())).isEqualTo(rows);
  }

  @Test
  void tableOfOptions_isThatOfTheCommand() throws IOException {
    CommandLine simulator =
        new CommandLine(new AouSync(World.real(), System.out, System.err))
            .getSubcommands()
            .get("simulator");
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf("| Option |"), page.indexOf("## What was asked"));

    List<String> documented =
        table
            .lines()
            .skip(2)
            .filter(line -> !line.isBlank())
            .map(line -> line.replaceAll("^\\| `(--[a-z-]+).*$", "$1"))
            .sorted()
            .toList();
    assertThat(
            simulator.getCommandSpec().options().stream()
                .filter(option -> !option.inherited())
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(CommandLine.Model.OptionSpec::longestName)
                .sorted())
        .isEqualTo(documented);
  }
}
