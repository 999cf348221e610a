package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.StoppedRun;
import edu.cumc.aou.cli.print.Wrapped;
import edu.cumc.aou.sync.desk.AnomalyDesk;
import edu.cumc.aou.sync.desk.AnomalyDesk.Wanted;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AnomalyTable.Kind;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Retries;
import edu.cumc.aou.sync.run.UnfinishedRuns;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "retry",
    description = {
      "Runs a sync of some participants only, lifting their quarantine, and sends again what"
          + " Salesforce did not keep.",
      "Without PMI_ID and --kind: all in quarantine, and all with a record that failed in the last"
          + " run that came to its end.",
      "The same check-up, guards and plan as of a daily sync; other holds stay."
    })
final class RetryCommand extends ProgramCommand {

  @Mixin private PmiIdArguments.Any participants = new PmiIdArguments.Any();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "Those with an open anomaly of this kind, e.g. NOT_TAKEN_OVER once the trigger is mended."
              + " May be given again.")
  private List<Kind> kinds = new ArrayList<>();

  @Option(
      names = "--at-most",
      paramLabel = "N",
      description =
          "Without PMI_ID, or with --kind: this many of them, where a guard finds all of them too"
              + " many. Takes first those that no retry has tried yet, then those that the oldest"
              + " retries tried.")
  private int atMost = Integer.MAX_VALUE;

  @Option(
      names = "--initial-load",
      description =
          "They are what is left of the first load: lifts the guard on inserts while Salesforce has"
              + " almost none.")
  private boolean initialLoad;

  @Option(names = "--strict", description = "Anomalies that are acknowledged give exit code 5 too.")
  private boolean strict;

  @Override
  public Integer call() {
    boolean isLimited = atMost < Integer.MAX_VALUE;
    if (atMost < 1) {
      throw misused("--at-most takes a number from 1 on");
    }
    if (isLimited && participants.areGiven() && kinds.isEmpty()) {
      throw misused(
          "--at-most needs --kind, or no PMI_ID at all; to try fewer, name fewer participants");
    }
    Set<PmiId> named =
        participants.areGiven() ? participants.read(program().world().input()) : Set.of();
    Set<PmiId> ids = !kinds.isEmpty() ? odd(named) : participants.areGiven() ? named : candidates();
    if (ids.isEmpty() && !kinds.isEmpty()) {
      program()
          .print(
              JsonText.object().put("exitCode", 0).put("participants", 0),
              List.of(
                  "Nobody to retry: no anomaly that fits is open; aou-sync anomalies lists the open"
                      + " ones."));
      return 0;
    }
    if (ids.isEmpty()) {
      program()
          .print(
              JsonText.object().put("exitCode", 0).put("participants", 0),
              List.of(
                  "Nobody to retry: nobody is named, in quarantine, or failed in the last run that"
                      + " came to its end."));
      return 0;
    }
    return new Runs(program(), strict).retry(some(ids), initialLoad);
  }

  private Set<PmiId> some(Set<PmiId> all) {
    if (all.size() <= atMost) {
      return all;
    }
    String others =
        kinds.isEmpty()
            ? "the same command tries others, and the next sync those who are not in quarantine"
            : "the same command tries others";
    program()
        .err()
        .println(
            Wrapped.text(
                String.format(
                    Locale.ROOT,
                    "aou-sync: %,d of %,d participants are tried now; %s",
                    atMost,
                    all.size(),
                    others),
                program().width()));
    try (SyncStore store = program().configuration().openStore()) {
      return Retries.leastRecentFirst(store, all).stream()
          .limit(atMost)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /** Those with an open anomaly of these kinds: among the named ones, if there are any. */
  private Set<PmiId> odd(Set<PmiId> named) {
    Wanted wanted = new Wanted(participants.areGiven() ? named : Set.of(), EnumSet.copyOf(kinds));
    try (SyncStore store = program().configuration().openStore()) {
      store.verify();
      return AnomalyDesk.people(store, wanted);
    }
  }

  private Set<PmiId> candidates() {
    try (SyncStore store = program().configuration().openStore()) {
      Retries.unsent(store).ifPresent(stopped -> tellOf(stopped, store));
      Set<PmiId> candidates = Retries.candidates(store);
      if (candidates.isEmpty()) {
        store
            .runs()
            .unfinished()
            .filter(run -> !run.isBeforeItsPlan())
            .ifPresent(
                run -> {
                  throw UnfinishedRuns.inTheWay("retry", run, ", then this again");
                });
      }
      return candidates;
    }
  }

  private void tellOf(Run stopped, SyncStore store) {
    program().err().println(Wrapped.text(StoppedRun.line(stopped), program().width()));
    Retries.lastRun(store)
        .ifPresent(
            last ->
                program()
                    .err()
                    .println(
                        "The last run that came to its end is " + last + ": its failures count"));
  }
}
