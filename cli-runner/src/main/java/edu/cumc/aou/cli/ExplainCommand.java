package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.ExplanationJson;
import edu.cumc.aou.cli.print.ExplanationText;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.explain.Explainer;
import edu.cumc.aou.sync.explain.Explanation;
import edu.cumc.aou.sync.model.PmiId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Says why a participant is, or is not, in Salesforce.",
      "Shows personal data: source, mapping, what Salesforce showed last, holds and earlier runs. Writes nothing."
    })
final class ExplainCommand extends ProgramCommand {

  @Parameters(index = "0", paramLabel = "PMI_ID", description = "A P and nine digits.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private PmiId participant;

  @Override
  public Integer call() {
    RunSettings settings = program().configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      Explanation explanation =
          new Explainer(runtime.services(), settings.sync()).explain(participant);
      program().print(ExplanationJson.of(explanation), ExplanationText.lines(explanation));
      return 0;
    }
  }
}
