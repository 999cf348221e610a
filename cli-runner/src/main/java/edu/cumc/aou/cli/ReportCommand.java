package edu.cumc.aou.cli;

import edu.cumc.aou.cli.page.PageFrame;
import edu.cumc.aou.cli.page.PageMaker;
import edu.cumc.aou.cli.page.PageWriter;
import edu.cumc.aou.cli.page.RunPage;
import edu.cumc.aou.cli.page.RunPage.Person;
import edu.cumc.aou.cli.print.AttemptText;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.print.StoppedRun;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.cli.runtime.ProgramVersion;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.Retries;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = {
      "Writes a run as a page for the browser: one file, without scripts and without the network.",
      "Asks the store only. Counts, codes and field names; PMI IDs on request."
    })
final class ReportCommand extends ProgramCommand {

  /** Looks this far back for syncs among plans, retries and undos. */
  private static final int LOOKED_AT = 4 * PageMaker.RUNS;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run's number; the newest run if it is left out.")
  private @Nullable RunId run;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write it; only you may read the file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path out;

  @Option(
      names = "--show-pmi-ids",
      description = "List the people behind each failure. This is personal data.")
  private boolean showPmiIds;

  @Override
  public Integer call() {
    OutFile file = outFile("--out", out);
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      Run found = find(store);
      List<Person> people = showPmiIds ? people(store, found.id()) : List.of();
      RunPage page =
          PageMaker.page(
              Reports.of(store, found),
              store.changes().failureCauses(found.id()),
              past(store),
              people,
              frame(configuration, store, found));
      PageWriter.write(page, file);
      List<String> lines = new ArrayList<>();
      lines.add(
          "Run "
              + found.id()
              + " is in "
              + file
              + (people.isEmpty()
                  ? "."
                  : ", with personal data: delete it when it is no longer needed."));
      if (run == null) {
        Retries.unsent(store).map(StoppedRun::line).ifPresent(lines::add);
      }
      program()
          .print(
              JsonText.object()
                  .put("exitCode", 0)
                  .put("run", found.id().value())
                  .put("file", file.toString()),
              lines);
      return 0;
    }
  }

  private PageFrame frame(Configuration configuration, SyncStore store, Run shown) {
    ZoneId zone = configuration.localZone();
    List<String> warnings = new ArrayList<>();
    AttemptText.warning(store, program().world().clock().instant(), zone).ifPresent(warnings::add);
    AttemptText.cause(shown.state(), store.attempts().ofRun(shown.id()), zone).stream()
        .filter(line -> !line.isEmpty())
        .forEach(warnings::add);
    return new PageFrame(
        configuration.site(),
        configuration.environment(),
        shown.orgId(),
        zone,
        ProgramVersion.text(),
        warnings);
  }

  /** The last runs, and the last syncs even if many other runs came between them. */
  private static List<SyncReport> past(SyncStore store) {
    List<Run> latest = store.runs().latest(LOOKED_AT);
    Set<RunId> syncs =
        latest.stream()
            .filter(r -> r.mode() == RunMode.SYNC)
            .limit(PageMaker.RUNS)
            .map(Run::id)
            .collect(Collectors.toSet());
    List<SyncReport> past = new ArrayList<>();
    for (int i = 0; i < latest.size(); i++) {
      if (i < PageMaker.RUNS || syncs.contains(latest.get(i).id())) {
        past.add(Reports.of(store, latest.get(i)));
      }
    }
    return past;
  }

  private Run find(SyncStore store) {
    if (run != null) {
      return StoredRuns.find(store, run);
    }
    return store.runs().latest(1).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new SyncException(
                    FailureKind.CONFIG, "no run yet; the first one: aou-sync sync --initial-load"));
  }

  private static List<Person> people(SyncStore store, RunId run) {
    List<Person> people = new ArrayList<>();
    StoredRuns.forEachFailure(
        store,
        run,
        change ->
            people.add(
                new Person(
                    change.pmiId().value(),
                    change.object().word(),
                    change.errorCode() == null ? "" : change.errorCode())));
    return people;
  }
}
