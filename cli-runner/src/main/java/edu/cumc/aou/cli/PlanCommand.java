package edu.cumc.aou.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = "Says what a sync would change, and writes nothing to Salesforce.")
final class PlanCommand extends ProgramCommand {

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write the plan to a file (JSON), to be looked at and applied with sync --plan FILE. It"
              + " names the fields of each change, and the participants only with --show-values.")
  private @Nullable Path out;

  @Option(
      names = "--show-values",
      description =
          "Show the participant of each change and all old and new values, in the file or on"
              + " stdout. This is personal data.")
  private boolean showValues;

  @Option(names = "--full", description = "Read all Contacts and journeys of Salesforce anew.")
  private boolean full;

  @Option(
      names = "--initial-load",
      description = "Judge the plan as the first load: lifts the guard on inserts.")
  private boolean initialLoad;

  @Option(names = "--strict", description = "Anomalies that are acknowledged give exit code 5 too.")
  private boolean strict;

  @Override
  public Integer call() {
    if (showValues && out == null && program().json()) {
      throw misused("--show-values with --json needs a file: add --out FILE");
    }
    return new Runs(program(), strict).plan(full, initialLoad, out, showValues);
  }
}
