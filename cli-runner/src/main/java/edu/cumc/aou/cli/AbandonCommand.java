package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.Progress;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.run.Abandonment;
import edu.cumc.aou.sync.run.Abandonment.Abandoned;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "abandon",
    description = {
      "Gives up a run that cannot be finished, so that the next sync plans afresh.",
      "Ends its ingest jobs, asks Salesforce what became of the records that were under way, and says"
          + " so. Sends nothing. A run that goes on by itself needs no abandon: aou-sync sync finishes"
          + " it."
    })
final class AbandonCommand extends ProgramCommand {

  @Parameters(index = "0", paramLabel = "RUN", description = "The number of the run to give up.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private RunId run;

  @Override
  public Integer call() {
    RunSettings settings = program().configuration().forRun();
    try (Progress progress =
            Progress.on(program().err(), program().world().clock(), program().width());
        SyncRuntime runtime =
            SyncRuntime.open(settings, program().world().outside(), progress.listener())) {
      Abandoned abandoned =
          Abandonment.abandon(
              runtime.services(),
              run,
              Holder.name(),
              settings.sync().leaseDuration(),
              settings.sync().bulk().max());
      program().print(document(abandoned), lines(abandoned));
      return 0;
    }
  }

  private static ObjectNode document(Abandoned abandoned) {
    return JsonText.object()
        .put("exitCode", 0)
        .put("run", abandoned.run().value())
        .put("written", abandoned.written())
        .put("found", abandoned.found())
        .put("missing", abandoned.missing())
        .put("open", abandoned.open())
        .put("jobs", abandoned.jobs());
  }

  private static List<String> lines(Abandoned abandoned) {
    List<String> lines = new ArrayList<>();
    lines.add("Gave up run " + abandoned.run() + ":");
    lines.add("  " + Words.count(abandoned.written(), "record") + " written and answered");
    lines.add(
        "  " + Words.count(abandoned.found(), "record") + " under way that Salesforce has taken");
    lines.add(
        "  "
            + Words.count(abandoned.missing(), "record")
            + " under way that Salesforce does not show as sent ("
            + Abandonment.CODE
            + ")");
    lines.add("  " + Words.count(abandoned.open(), "record") + " never sent");
    if (abandoned.jobs() > 0) {
      lines.add("  " + Words.count(abandoned.jobs(), "ingest job") + " ended");
    }
    lines.add("The next aou-sync sync plans afresh.");
    return lines;
  }
}
