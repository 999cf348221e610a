package edu.cumc.aou.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "sync", description = "The daily run, or the rest of one that was interrupted.")
final class SyncCommand extends ProgramCommand {

  @Option(names = "--dry-run", description = "The same as aou-sync plan.")
  private boolean dryRun;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Send what this plan holds, as far as it still holds, and nothing else.")
  private @Nullable Path plan;

  @Option(names = "--full", description = "Read all Contacts and journeys of Salesforce anew.")
  private boolean full;

  @Option(
      names = "--initial-load",
      description = "The first load: lifts the guard on inserts while Salesforce has almost none.")
  private boolean initialLoad;

  @Option(names = "--strict", description = "Anomalies that are acknowledged give exit code 5 too.")
  private boolean strict;

  @Mixin private Approval approval = new Approval();

  @Override
  public Integer call() {
    if (approval.isGiven() && plan == null) {
      throw misused("--approved-by and --why go with --plan FILE");
    }
    if (dryRun && plan != null) {
      throw misused("--dry-run and --plan exclude each other; leave one out");
    }
    Runs runs = new Runs(program(), strict);
    return dryRun
        ? runs.plan(full, initialLoad, null, false)
        : runs.sync(full, initialLoad, plan, approval);
  }
}
