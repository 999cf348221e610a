package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "release",
    description = {
      "Lifts the hold of participants, of whatever kind; the next sync sends them again.",
      "Asks the store only. To try them at once: aou-sync retry."
    })
final class ReleaseCommand extends ProgramCommand {

  @Mixin private PmiIdArguments.Some participants = new PmiIdArguments.Some();

  @Override
  public Integer call() {
    Set<PmiId> ids = participants.read(program().world().input());
    try (SyncStore store = program().configuration().openStore()) {
      int released = store.holds().release(List.copyOf(ids));
      int notHeld = ids.size() - released;
      ObjectNode document =
          Json.object().put("exitCode", 0).put("released", released).put("notHeld", notHeld);
      List<String> lines = new ArrayList<>();
      lines.add("Released: " + Words.count(released, "participant") + ".");
      if (notHeld > 0) {
        lines.add("Not held: " + Words.count(notHeld, "participant") + ".");
      }
      program().print(document, lines);
      return 0;
    }
  }
}
