package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Forgetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "forget",
    description = {
      "Removes what the sync's tables hold of participants, and sends nothing of them any more.",
      "A hold with the PMI ID alone stays, so that nobody is created anew; while Salesforce has",
      "the Contact, its ids stay too. Salesforce and the source are not touched."
    })
final class ForgetCommand extends ProgramCommand {

  @Mixin private PmiIdArguments.Some participants = new PmiIdArguments.Some();

  @Override
  public Integer call() {
    Set<PmiId> ids = participants.read(program().world().input());
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      Removed removed =
          Forgetting.forget(
              store, ids, program().world().clock(), Holder.name(), configuration.lease());
      program().print(document(ids.size(), removed), lines(ids.size(), removed));
      return 0;
    }
  }

  private static ObjectNode document(int participants, Removed removed) {
    return Json.object()
        .put("exitCode", 0)
        .put("participants", participants)
        .put("changes", removed.changes())
        .put("anomalies", removed.anomalies())
        .put("mirrored", removed.mirrored())
        .put("inSalesforce", removed.inSalesforce());
  }

  private static List<String> lines(int participants, Removed removed) {
    List<String> lines = new ArrayList<>();
    lines.add("Forgot " + Words.count(participants, "participant") + ":");
    lines.add("  rows of plans without values, ids and PMI ID now: " + removed.changes());
    lines.add("  anomalies removed: " + removed.anomalies());
    lines.add("  mirrored records removed: " + removed.mirrored());
    lines.add(
        "They are held by PMI ID, so that no run creates them anew; aou-sync release ends that.");
    if (removed.inSalesforce() > 0) {
      lines.add(
          "Salesforce still has "
              + Words.count(removed.inSalesforce(), "record")
              + " of them, whose ids stay here until it has them no longer: delete them there; the"
              + " next sync removes the ids.");
    }
    lines.add("Plan files, reports, exports and backups are yours to delete.");
    return lines;
  }
}
