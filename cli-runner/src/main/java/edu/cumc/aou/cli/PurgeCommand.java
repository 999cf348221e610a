package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Retention;
import edu.cumc.aou.sync.run.Retention.Purged;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "purge",
    description = {
      "Removes the values in sync_change_values that are older than store.keep-values, and runs that"
          + " are older than store.keep-runs.",
      "What a later run, an open hold or an undo may need stays. Each sync does this at its end for"
          + " 10 runs; this does it for all."
    })
final class PurgeCommand extends ProgramCommand {

  @Override
  public Integer call() {
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      Purged purged =
          new Retention(store, configuration.keep(), () -> {})
              .purge(program().world().clock().instant(), Integer.MAX_VALUE);
      program()
          .print(
              JsonText.object()
                  .put("exitCode", 0)
                  .put("runsBlanked", purged.blanked())
                  .put("runsRemoved", purged.removed())
                  .put("changesRemoved", purged.rows()),
              List.of(
                  "Blanked the values of " + Words.count(purged.blanked(), "run") + ".",
                  "Removed "
                      + Words.count(purged.removed(), "run")
                      + " with "
                      + Words.count(purged.rows(), "change")
                      + "."));
      return 0;
    }
  }
}
