package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.Json;
import edu.cumc.aou.cli.print.ReportText;
import edu.cumc.aou.cli.print.RunList;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Reports;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = "Lists the last runs, or shows one run's report. Asks the store only.")
final class StatusCommand implements Callable<Integer> {

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "The run's number.")
  private @Nullable Long run;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs to list (default: ${DEFAULT-VALUE}).")
  private int last;

  @Override
  public Integer call() {
    if ((run != null && run < 1) || last < 1) {
      throw new ParameterException(spec.commandLine(), "RUN and --last begin at 1");
    }
    Configuration configuration = program.configuration();
    ZoneId zone = configuration.localZone();
    try (SyncStore store = configuration.openStore()) {
      store.verify();
      if (run == null) {
        list(store, zone);
      } else {
        show(store, new RunId(run), zone);
      }
      return 0;
    }
  }

  private void list(SyncStore store, ZoneId zone) {
    List<SyncReport> reports =
        store.runs().latest(last).stream().map(r -> Reports.of(store, r)).toList();
    ObjectNode document = Json.object();
    ArrayNode array = document.putArray("runs");
    reports.forEach(r -> array.add(ReportDocument.of(r, false)));
    program.print(document, RunList.lines(reports, zone));
  }

  private void show(SyncStore store, RunId id, ZoneId zone) {
    Run found =
        store
            .runs()
            .find(id)
            .orElseThrow(
                () ->
                    new SyncException(
                        FailureKind.CONFIG,
                        "there is no run " + id + "; aou-sync status lists those there are"));
    SyncReport report = Reports.of(store, found);
    program.print(ReportDocument.of(report, false), ReportText.lines(report, zone, false));
  }
}
