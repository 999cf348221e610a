package edu.cumc.aou.cli;

import edu.cumc.aou.sync.model.RunId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "undo",
    description = {
      "Puts back what Salesforce showed before a run changed it, and holds the participants.",
      "A record that was changed since is left alone; Contacts that the run created stay, unless"
          + " --delete-created is given. An undo can be undone.",
      "The same check-up, lease, guards and plan as of a daily sync. Try --dry-run first."
    })
final class UndoCommand extends ProgramCommand {

  @Parameters(index = "0", paramLabel = "RUN", description = "The number of the run to take back.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private RunId run;

  @Option(
      names = "--dry-run",
      description = "Say what would be put back, and write nothing to Salesforce.")
  private boolean dryRun;

  @Option(
      names = "--delete-created",
      description = {
        "Also put Contacts that the run created into Salesforce's recycle bin, with their journey:"
            + " only those that nobody has touched since and that nothing else hangs on.",
        "They are held: no sync creates them anew before aou-sync release."
      })
  private boolean deleteCreated;

  @Option(
      names = "--approved",
      paramLabel = "PLAN",
      description =
          "The number of the dry run that a person looked at: put back just that. Lifts the guards"
              + " on size.")
  private @Nullable RunId approved;

  @Option(names = "--strict", description = "Anomalies that are acknowledged give exit code 5 too.")
  private boolean strict;

  @Mixin private Approval approval = new Approval();

  @Override
  public Integer call() {
    if (approval.isGiven() && approved == null) {
      throw misused("--approved-by and --why go with --approved PLAN");
    }
    if (dryRun && approved != null) {
      throw misused("--dry-run and --approved exclude each other; leave one out");
    }
    return new Runs(program(), strict).undo(run, deleteCreated, dryRun, approved, approval);
  }
}
