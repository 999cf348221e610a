package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
    name = "completion",
    description = {
      "Prints a script that lets bash or zsh complete commands and options of aou-sync.",
      "Use it with: source <(aou-sync completion)"
    })
final class CompletionCommand extends ProgramCommand {

  @Override
  public Integer call() {
    String script = AutoComplete.bash("aou-sync", spec().root().commandLine());
    ObjectNode document = JsonText.object().put("exitCode", 0).put("script", script);
    program().print(document, List.of(script.stripTrailing()));
    return 0;
  }
}
