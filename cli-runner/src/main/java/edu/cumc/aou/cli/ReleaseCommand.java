package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.sync.desk.AdoptionDesk;
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
      "If a participant's adoption is doubtful, it says that none of the Contacts is theirs: the"
          + " next sync makes a new one.",
      "Asks the store only. To try them at once: aou-sync retry."
    })
final class ReleaseCommand extends ProgramCommand {

  @Mixin private PmiIdArguments.Some participants = new PmiIdArguments.Some();

  @Override
  public Integer call() {
    Set<PmiId> ids = participants.read(program().world().input());
    try (SyncStore store = program().configuration().openStore()) {
      int released = store.holds().release(List.copyOf(ids));
      int answered =
          AdoptionDesk.answerNobody(
              store, ids, program().world().clock(), program().world().person().atHost());
      int notHeld = Math.max(0, ids.size() - released - answered);
      ObjectNode document =
          JsonText.object()
              .put("exitCode", 0)
              .put("released", released)
              .put("notAdopted", answered)
              .put("notHeld", notHeld);
      List<String> lines = new ArrayList<>();
      lines.add("Released: " + Words.count(released, "participant") + ".");
      if (answered > 0) {
        lines.add(
            "Doubtful adoptions: "
                + Words.count(answered, "participant")
                + " gets a new Contact with the next sync.");
      }
      if (notHeld > 0) {
        lines.add("Not held: " + Words.count(notHeld, "participant") + ".");
      }
      program().print(document, lines);
      return 0;
    }
  }
}
