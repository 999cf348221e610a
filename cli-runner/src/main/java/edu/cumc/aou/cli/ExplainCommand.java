package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.ExplanationJson;
import edu.cumc.aou.cli.print.ExplanationText;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.explain.Explainer;
import edu.cumc.aou.sync.explain.Explanation;
import edu.cumc.aou.sync.model.PmiId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = {
      "Says why a participant is, or is not, in Salesforce.",
      "Shows personal data: source, mapping, what Salesforce showed last, holds and earlier runs. Writes nothing."
    })
final class ExplainCommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PMI_ID", description = "A P and nine digits.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String pmiId;

  @Override
  public Integer call() {
    PmiId participant =
        PmiId.tryParse(pmiId)
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "PMI_ID is a P and nine digits"));
    RunSettings settings = program.configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program.world().outside(), SyncListener.NONE)) {
      Explanation explanation =
          new Explainer(runtime.services(), settings.sync()).explain(participant);
      program.print(ExplanationJson.of(explanation), ExplanationText.lines(explanation));
      return 0;
    }
  }
}
