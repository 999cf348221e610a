package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.PlanFile;
import edu.cumc.aou.cli.runtime.ProgramVersion;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncRequest.ApprovedPlan;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Approvals;
import edu.cumc.aou.sync.run.PlanDigest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = {
      "Notes in the audit trail that you approve a plan: just its changes, by their digest.",
      "Where guards.two-persons = true, another user carries it out: sync --plan FILE, or undo RUN"
          + " --approved PLAN. Asks the store only."
    })
final class ApproveCommand extends ProgramCommand {

  @Parameters(
      index = "0",
      paramLabel = "PLAN",
      description =
          "The number of the plan, or its file: then the file must say what the store does.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String plan;

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, in your words; without personal data, please.")
  private String why = "";

  @Override
  public Integer call() {
    boolean isNumber = plan.matches("[1-9][0-9]{0,17}");
    @Nullable Path file = isNumber ? null : program().world().directory().resolve(Path.of(plan));
    ApprovedPlan named =
        file == null
            ? new ApprovedPlan(new RunId(Long.parseLong(plan)), "")
            : PlanFile.read(file, ProgramVersion.text());
    try (SyncStore store = program().configuration().openStore()) {
      if (file != null) {
        StoredRuns.requireShown(store, file, named.run());
      }
      ApprovedPlan approved =
          isNumber
              ? new ApprovedPlan(named.run(), PlanDigest.of(store.changes(), named.run()))
              : named;
      Head head = Approvals.approve(store, approved, Reason.of("--why", why));
      program()
          .print(
              JsonText.object()
                  .put("exitCode", 0)
                  .put("plan", approved.run().value())
                  .put("digest", approved.digest())
                  .put("row", head.seq())
                  .put("hash", head.hash()),
              List.of(
                  "Approved plan "
                      + approved.run()
                      + ", digest "
                      + approved.digest()
                      + ", by "
                      + program().world().person().atHost()
                      + ".",
                  "Audit trail " + head.text()));
      return 0;
    }
  }
}
