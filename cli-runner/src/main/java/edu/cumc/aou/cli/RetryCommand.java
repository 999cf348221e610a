package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Retries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "retry",
    description = {
      "Runs a sync of some participants only, lifting their quarantine.",
      "Without PMI_ID: all in quarantine, and all whose record failed in the last run.",
      "The same check-up, guards and plan as of a daily sync; other holds stay."
    })
final class RetryCommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PMI_ID",
      description = "A P and nine digits; - reads them from stdin.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--initial-load",
      description =
          "They are what is left of the first load: lifts the guard on inserts while Salesforce has"
              + " almost none.")
  private boolean initialLoad;

  @Option(names = "--strict", description = "Open anomalies count as failures (exit code 5).")
  private boolean strict;

  @Override
  public Integer call() {
    Set<PmiId> ids =
        arguments.isEmpty() ? candidates() : PmiIds.read(arguments, program.world().input(), spec);
    if (ids.isEmpty()) {
      program.print(
          Json.object().put("exitCode", 0).put("participants", 0),
          List.of("Nobody to retry: nobody is named, in quarantine, or failed in the last run."));
      return 0;
    }
    return new Runs(program, strict).retry(ids, initialLoad);
  }

  private Set<PmiId> candidates() {
    try (SyncStore store = program.configuration().openStore()) {
      store.verify();
      return Retries.candidates(store);
    }
  }
}
