package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.ChangeText;
import edu.cumc.aou.cli.print.Deliveries;
import edu.cumc.aou.cli.print.FlawText;
import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.print.PlanFile;
import edu.cumc.aou.cli.print.Progress;
import edu.cumc.aou.cli.print.ReportText;
import edu.cumc.aou.cli.print.Wrapped;
import edu.cumc.aou.cli.runtime.ProgramVersion;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.model.SyncRequest.ApprovedPlan;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.PlanApproval;
import edu.cumc.aou.sync.run.PlanDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a sync or a plan and reports the result. */
final class Runs {

  private final AouSync program;
  private final boolean strict;

  Runs(AouSync program, boolean strict) {
    this.program = program;
    this.strict = strict;
  }

  /** Runs a sync; returns the exit code. */
  int sync(boolean full, boolean initialLoad, @Nullable Path planFile, Approval approval) {
    if (planFile == null) {
      return run(new SyncRequest(RunMode.SYNC, Holder.name(), full, initialLoad, null, null));
    }
    Path file = program.world().directory().resolve(planFile);
    ApprovedPlan approved = approval.of(PlanFile.read(file, ProgramVersion.text()));
    return run(
        RunMode.SYNC,
        store -> {
          StoredRuns.requireShown(store, file, approved.run());
          return new SyncRequest(RunMode.SYNC, Holder.name(), full, initialLoad, approved, null);
        },
        (report, store) -> List.of(),
        (report, store) -> {});
  }

  /** Syncs these participants; returns the exit code. */
  int retry(Set<PmiId> participants, boolean initialLoad) {
    return run(SyncRequest.retry(Holder.name(), participants, initialLoad));
  }

  /**
   * Undoes a run, or plans that; returns the exit code.
   *
   * @param deleteCreated whether to delete Contacts that the run created too
   * @param approved the approved plan of this undo; null for none
   */
  int undo(
      RunId undone,
      boolean deleteCreated,
      boolean dryRun,
      @Nullable RunId approved,
      Approval approval) {
    if (dryRun) {
      SyncRequest plan = SyncRequest.planUndo(Holder.name(), undone);
      return run(deleteCreated ? plan.deletingCreated() : plan);
    }
    return run(
        RunMode.UNDO,
        store -> {
          SyncRequest undo =
              SyncRequest.undo(
                  Holder.name(),
                  undone,
                  approved == null
                      ? null
                      : approval.of(
                          new ApprovedPlan(approved, PlanDigest.of(store.changes(), approved))));
          return deleteCreated ? undo.deletingCreated() : undo;
        },
        (report, store) -> List.of(),
        (report, store) -> {});
  }

  /** Makes a plan; returns the exit code. */
  int plan(boolean full, boolean initialLoad, @Nullable Path out, boolean showValues) {
    SyncRequest request =
        new SyncRequest(RunMode.PLAN, Holder.name(), full, initialLoad, null, null);
    if (out != null) {
      OutFile file = OutFile.of("--out", out, program.world().directory());
      try {
        return run(
            RunMode.PLAN,
            store -> request,
            (report, store) -> List.of("", export(report, store, file, showValues)),
            (report, store) -> {});
      } catch (SyncException e) {
        if (file.exists()) {
          program.err().println("aou-sync: " + file + " is of an earlier plan, and as it was");
        }
        throw e;
      }
    }
    return run(
        RunMode.PLAN,
        store -> request,
        (report, store) -> List.of(),
        showValues ? this::printChanges : (report, store) -> {});
  }

  private int run(SyncRequest request) {
    return run(
        request.mode(), store -> request, (report, store) -> List.of(), (report, store) -> {});
  }

  /**
   * Opens everything that a run needs, runs and reports; returns the exit code.
   *
   * @param more lines below the report's
   * @param after what to do after the report
   */
  private int run(
      RunMode mode,
      Function<SyncStore, SyncRequest> request,
      BiFunction<SyncReport, SyncStore, List<String>> more,
      BiConsumer<SyncReport, SyncStore> after) {
    CommandNotices notices = new CommandNotices(program, mode);
    RunSettings settings = notices.around(() -> program.configuration().forRun());
    try (Progress progress = Progress.on(program.err(), program.world().clock(), program.width());
        SyncRuntime runtime =
            notices.around(
                () -> SyncRuntime.open(settings, program.world().outside(), progress.listener()))) {
      program.stopSignal().asks(runtime.sync()::stop);
      SyncStore store = runtime.services().store();
      SyncRequest[] asked = new SyncRequest[1];
      SyncReport report =
          notices.around(
              runtime,
              () -> {
                asked[0] = request.apply(store);
                return runtime.sync().run(asked[0]);
              });
      List<Delivery> deliveries = notices.tell(report, strict, store);
      deliveries.stream()
          .filter(d -> !d.isTold())
          .forEach(
              d -> program.err().println(Wrapped.text("aou-sync: " + d.line(), program.width())));
      List<String> lines =
          new ArrayList<>(
              ReportText.lines(
                  report, settings.sync().localZone(), strict, asked[0].initialLoad()));
      lines.addAll(more.apply(report, store));
      lines.addAll(Deliveries.lines(deliveries));
      program.print(Deliveries.addTo(ReportDocument.of(report, strict), deliveries), lines);
      after.accept(report, store);
      return report.exitCode(strict);
    }
  }

  private static String export(
      SyncReport report, SyncStore store, OutFile out, boolean showValues) {
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
          + out
          + (out.exists() ? " is of an earlier plan, and as it was." : " was not written.");
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
        new PlanFile.Flaws(
            taker -> StoredRuns.forEachFlaw(store, taker),
            StoredRuns.lastGoodBefore(store, run.id())),
        showValues);
    return "The plan is in "
        + out
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
    FlawText.list(
        program.out(), store.flaws(), StoredRuns.lastGoodBefore(store, report.run()), true);
  }
}
