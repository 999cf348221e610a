package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "release",
    description = {
      "Lifts the hold of participants, of whatever kind; the next sync sends them again.",
      "Asks the store only. To try them at once: aou-sync retry."
    })
final class ReleaseCommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PMI_ID",
      description = "A P and nine digits; - reads them from stdin.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    Set<PmiId> ids = PmiIds.read(arguments, program.world().input(), spec);
    try (SyncStore store = program.configuration().openStore()) {
      store.verify();
      int released = store.holds().release(List.copyOf(ids));
      int notHeld = ids.size() - released;
      ObjectNode document =
          Json.object().put("exitCode", 0).put("released", released).put("notHeld", notHeld);
      List<String> lines = new ArrayList<>();
      lines.add("Released: " + Words.count(released, "participant") + ".");
      if (notHeld > 0) {
        lines.add("Not held: " + Words.count(notHeld, "participant") + ".");
      }
      program.print(document, lines);
      return 0;
    }
  }
}
