package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.AttemptText;
import edu.cumc.aou.cli.print.FailureText;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.Retries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "failures",
    description = {
      "Says why records of a run were rejected, refused or failed, and what to do.",
      "And who is in quarantine, unless RUN is given. Asks the store only.",
      "Counts, codes and field names; PMI IDs on request."
    })
final class FailuresCommand extends ProgramCommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description =
          "The run's number; the last one that came to its end if it is left out, plans aside.")
  private @Nullable RunId run;

  @Option(
      names = "--show-pmi-ids",
      description = "List whom each failure concerns. This is personal data.")
  private boolean showPmiIds;

  @Override
  public Integer call() {
    Configuration configuration = program().configuration();
    try (SyncStore store = configuration.openStore()) {
      Run found = find(store);
      SyncReport report = Reports.of(store, found);
      List<FailureCause> causes = store.changes().failureCauses(found.id());
      ObjectNode document = FailureText.document(report, causes);
      Attempt attempt = store.attempts().ofRun(found.id());
      AttemptText.add(attempt == null ? List.of() : List.of(attempt), document);
      List<String> lines =
          new ArrayList<>(AttemptText.cause(report.state(), attempt, configuration.localZone()));
      lines.addAll(FailureText.lines(report, causes));
      List<Hold> quarantined = List.of();
      if (run == null) {
        Retries.unsent(store).ifPresent(newest -> FailureText.addNewest(newest, document, lines));
        quarantined = quarantined(store);
      }
      FailureText.addQuarantine(quarantined, document, lines);
      if (showPmiIds) {
        list(store, found.id(), document, lines);
        FailureText.listQuarantine(quarantined, document, lines);
      }
      program().print(document, lines);
      return 0;
    }
  }

  /** Whoever is held now; that is no part of any run, for nothing was sent of them. */
  private static List<Hold> quarantined(SyncStore store) {
    List<Hold> quarantined = new ArrayList<>();
    try (Cursor<Hold> holds = store.holds().read()) {
      holds.forEachRemaining(
          hold -> {
            if (hold.kind() == HoldTable.Kind.QUARANTINE) {
              quarantined.add(hold);
            }
          });
    }
    return quarantined;
  }

  private Run find(SyncStore store) {
    RunId id = run == null ? Retries.lastRun(store).orElseThrow(FailuresCommand::noRun) : run;
    return StoredRuns.find(store, id);
  }

  private static SyncException noRun() {
    return new SyncException(
        FailureKind.CONFIG, "no run has sent anything yet; aou-sync status lists the runs");
  }

  private static void list(SyncStore store, RunId run, ObjectNode document, List<String> lines) {
    ArrayNode array = document.putArray("participants");
    lines.add("");
    lines.add("Whom they concern (personal data)");
    StoredRuns.forEachFailure(
        store,
        run,
        change -> {
          String code = change.errorCode() == null ? "" : change.errorCode();
          array
              .addObject()
              .put("pmiId", change.pmiId().value())
              .put("object", change.object().word())
              .put("code", code);
          lines.add("  " + change.pmiId().value() + "  " + change.object().word() + "  " + code);
        });
  }
}
