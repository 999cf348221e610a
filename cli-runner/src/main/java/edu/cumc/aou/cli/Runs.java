package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.ChangeText;
import edu.cumc.aou.cli.print.PlanFile;
import edu.cumc.aou.cli.print.Progress;
import edu.cumc.aou.cli.print.ReportJson;
import edu.cumc.aou.cli.print.ReportText;
import edu.cumc.aou.cli.runtime.ProgramVersion;
import edu.cumc.aou.cli.runtime.RunSettings;
import edu.cumc.aou.cli.runtime.SyncRuntime;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.SyncRequest;
import edu.cumc.aou.sync.SyncRequest.ApprovedPlan;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.PlanApproval;
import edu.cumc.aou.sync.run.PlanDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a sync or a plan and tells what came of it. */
final class Runs {

  private final AouSync program;
  private final boolean strict;

  Runs(AouSync program, boolean strict) {
    this.program = program;
    this.strict = strict;
  }

  /** Applies; gives the exit code. */
  int sync(boolean full, boolean initialLoad, @Nullable Path planFile) {
    ApprovedPlan approved =
        planFile == null
            ? null
            : PlanFile.read(program.world().directory().resolve(planFile), ProgramVersion.text());
    RunSettings settings = program.configuration().forRun();
    try (Progress progress = progress();
        SyncRuntime runtime = SyncRuntime.open(settings, program.world(), progress.listener())) {
      SyncReport report =
          runtime
              .sync()
              .run(new SyncRequest(RunMode.SYNC, Holder.name(), full, initialLoad, approved, null));
      tell(report, settings, List.of());
      return report.exitCode(strict);
    }
  }

  /** Applies what there is to do for these participants; gives the exit code. */
  int retry(Set<PmiId> participants, boolean initialLoad) {
    RunSettings settings = program.configuration().forRun();
    try (Progress progress = progress();
        SyncRuntime runtime = SyncRuntime.open(settings, program.world(), progress.listener())) {
      SyncReport report =
          runtime.sync().run(SyncRequest.retry(Holder.name(), participants, initialLoad));
      tell(report, settings, List.of());
      return report.exitCode(strict);
    }
  }

  /**
   * Takes back what a run wrote, or plans it; gives the exit code.
   *
   * @param approved the plan of this undo that was approved; null for none
   */
  int undo(RunId undone, boolean dryRun, @Nullable RunId approved) {
    RunSettings settings = program.configuration().forRun();
    try (Progress progress = progress();
        SyncRuntime runtime = SyncRuntime.open(settings, program.world(), progress.listener())) {
      ApprovedPlan plan =
          approved == null
              ? null
              : new ApprovedPlan(
                  approved, PlanDigest.of(runtime.services().store().changes(), approved));
      SyncReport report =
          runtime
              .sync()
              .run(
                  dryRun
                      ? SyncRequest.planUndo(Holder.name(), undone)
                      : SyncRequest.undo(Holder.name(), undone, plan));
      tell(report, settings, List.of());
      return report.exitCode(strict);
    }
  }

  /** Plans; gives the exit code. */
  int plan(boolean full, boolean initialLoad, @Nullable Path out, boolean showValues) {
    RunSettings settings = program.configuration().forRun();
    try (Progress progress = progress();
        SyncRuntime runtime = SyncRuntime.open(settings, program.world(), progress.listener())) {
      SyncReport report =
          runtime
              .sync()
              .run(new SyncRequest(RunMode.PLAN, Holder.name(), full, initialLoad, null, null));
      SyncStore store = runtime.services().store();
      List<String> more = new ArrayList<>();
      if (out != null) {
        more.add("");
        more.add(export(report, store, program.world().directory().resolve(out), showValues));
      }
      tell(report, settings, more);
      if (out == null && showValues) {
        printChanges(report, store);
      }
      return report.exitCode(strict);
    }
  }

  private static String export(SyncReport report, SyncStore store, Path out, boolean showValues) {
    Run run =
        store
            .runs()
            .find(report.run())
            .orElseThrow(
                () ->
                    new SyncException(
                        FailureKind.BUG, "run " + report.run() + " is gone from the store"));
    if (!PlanApproval.isPlan(run)) {
      return "The guard stopped the run before there was a plan: "
          + out.getFileName()
          + " was not written.";
    }
    PlanFile.write(
        out,
        new PlanFile.Head(
            run.id(),
            run.orgId(),
            run.mappingFingerprint(),
            ProgramVersion.text(),
            run.startedAt(),
            run.startedAt().plus(DailySync.PLAN_EXPIRES),
            report.planned(),
            PlanDigest.of(store.changes(), run.id())),
        object -> WriteRows.planned(store.changes(), run.id(), object),
        showValues);
    return "The plan is in "
        + out.getFileName()
        + (showValues ? ", with personal data: delete it when it is no longer needed." : ".");
  }

  private void printChanges(SyncReport report, SyncStore store) {
    program.out().println();
    program.out().println("The changes (personal data)");
    for (CrmObject object : CrmObject.values()) {
      WriteRows rows = WriteRows.planned(store.changes(), report.run(), object);
      while (rows.hasNext()) {
        ChangeText.lines(rows.next()).forEach(program.out()::println);
      }
    }
  }

  private void tell(SyncReport report, RunSettings settings, List<String> more) {
    ObjectNode document = ReportJson.of(report, strict);
    List<String> lines =
        new ArrayList<>(ReportText.lines(report, settings.sync().localZone(), strict));
    lines.addAll(more);
    program.print(document, lines);
  }

  private Progress progress() {
    return Progress.on(program.err(), program.world().clock(), program.world().interactive());
  }
}
