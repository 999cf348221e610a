package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.AttemptText;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.ReportText;
import edu.cumc.aou.cli.print.RunList;
import edu.cumc.aou.cli.print.SkippedText;
import edu.cumc.aou.cli.print.StoppedRun;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.explain.SkippedPeople;
import edu.cumc.aou.sync.explain.SkippedPeople.Skipped;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.Retries;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    description = {
      "Lists the last runs, or shows one run's report. Asks the store only.",
      "With --skipped it says who was skipped in a run and why; to name them it reads the source."
    })
final class StatusCommand extends ProgramCommand {

  @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "The run's number.")
  private @Nullable RunId run;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs to list (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(
      names = "--skipped",
      description = "Of one run: who was skipped, by reason, and what can be done about it.")
  private boolean skipped;

  @Option(
      names = "--show-pmi-ids",
      description =
          "List the people behind the reasons, as the source says now. This is personal data.")
  private boolean showPmiIds;

  @Override
  public Integer call() {
    if (last < 1) {
      throw misused("--last begins at 1");
    }
    if (skipped && run == null) {
      throw misused("--skipped is about one run; name its number");
    }
    if (showPmiIds && !skipped) {
      throw misused("--show-pmi-ids goes with --skipped");
    }
    if (skipped && run != null && showPmiIds) {
      return people(run);
    }
    Configuration configuration = program().configuration();
    ZoneId zone = configuration.localZone();
    try (SyncStore store = configuration.openStore()) {
      if (run == null) {
        list(store, zone);
      } else if (skipped) {
        SyncReport report = Reports.of(store, StoredRuns.find(store, run));
        print(SkippedText.of(report, null));
      } else {
        show(store, run, zone);
      }
      return 0;
    }
  }

  private int people(RunId id) {
    RunSettings settings = program().configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      SyncStore store = runtime.services().store();
      store.verify();
      Run found = StoredRuns.find(store, id);
      if (found.mode() == RunMode.RETRY) {
        throw new SyncException(
            FailureKind.CONFIG,
            "status: run "
                + id
                + " was a retry, and the store does not keep its participants; name a sync, or ask"
                + " aou-sync explain PMI_ID");
      }
      List<Skipped> people = new ArrayList<>();
      new SkippedPeople(runtime.services(), settings.sync()).forEach(found, people::add);
      Looks.enter(store, "status", people.stream().map(Skipped::pmiId).distinct().toList());
      print(SkippedText.of(Reports.of(store, found), people));
      return 0;
    }
  }

  private void print(SkippedText text) {
    program().print(text.document(), text.lines());
  }

  private void list(SyncStore store, ZoneId zone) {
    List<SyncReport> reports =
        store.runs().latest(last).stream().map(r -> Reports.of(store, r)).toList();
    ObjectNode document = JsonText.object();
    ArrayNode array = document.putArray("runs");
    reports.forEach(r -> array.add(ReportDocument.of(r, false)));
    document.put(
        "lastGoodSync", AttemptText.lastGoodSync(store).map(Instant::toString).orElse(null));
    List<Attempt> attempts = store.attempts().latest(last);
    AttemptText.add(attempts, document);
    List<String> lines = new ArrayList<>();
    AttemptText.warning(store, program().world().clock().instant(), zone)
        .ifPresent(warning -> lines.addAll(List.of(warning, "")));
    lines.addAll(RunList.lines(reports, zone, program().width()));
    lines.addAll(RunList.org(reports));
    if (!attempts.isEmpty()) {
      lines.add("");
      lines.addAll(AttemptText.lines(attempts, zone));
    }
    Retries.unsent(store).ifPresent(run -> lines.addAll(List.of("", StoppedRun.line(run))));
    program().print(document, lines);
  }

  private void show(SyncStore store, RunId id, ZoneId zone) {
    SyncReport report = Reports.of(store, StoredRuns.find(store, id));
    ObjectNode document = ReportDocument.of(report, false);
    Attempt attempt = store.attempts().ofRun(id);
    if (attempt != null) {
      AttemptText.add(List.of(attempt), document);
    }
    List<String> lines = new ArrayList<>(AttemptText.cause(report.state(), attempt, zone));
    lines.addAll(ReportText.lines(report, zone, false));
    program().print(document, lines);
  }
}
