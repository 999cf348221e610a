package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "help",
    description =
        "Says what a command is for and what it takes, as COMMAND --help does; without COMMAND, which"
            + " there are.")
final class HelpCommand extends ProgramCommand {

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to speak of.")
  private @Nullable String command;

  @Override
  public Integer call() {
    CommandLine root = spec().root().commandLine();
    CommandLine wanted = command == null ? root : root.getSubcommands().get(command);
    if (wanted == null) {
      throw misused("there is no command " + command + "; aou-sync help lists all");
    }
    if (program().json()) {
      program().print(JsonText.object().put("help", wanted.getUsageMessage()), List.of());
    } else {
      wanted.usage(program().out());
    }
    return 0;
  }
}
