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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "forget",
    description = {
      "Removes what the sync's tables hold of participants, and sends nothing of them any more.",
      "A hold with the PMI ID alone stays, so that nobody is created anew; while Salesforce has",
      "the Contact, its ids stay too. Salesforce and the source are not touched."
    })
final class ForgetCommand implements Callable<Integer> {

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
    Configuration configuration = program.configuration();
    try (SyncStore store = configuration.openStore()) {
      store.verify();
      Removed removed =
          Forgetting.forget(
              store, ids, program.world().clock().instant(), Holder.name(), configuration.lease());
      program.print(document(ids.size(), removed), lines(ids.size(), removed));
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
