package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.AttemptText;
import edu.cumc.aou.cli.print.FailureCsv;
import edu.cumc.aou.cli.print.FailureText;
import edu.cumc.aou.cli.print.FlawText;
import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.Retries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "failures",
    description = {
      "Says why records of a run were rejected, refused or failed, and what to do.",
      "And who is in quarantine, unless RUN is given. Asks the store only.",
      "Counts, codes and field names; PMI IDs, values and a CSV file on request."
    })
final class FailuresCommand extends ProgramCommand {

  /** Salesforce's error code when a duplicate rule refuses a record. */
  private static final String DUPLICATES = "DUPLICATES_DETECTED";

  private static final String OF_NOW =
      "Fields left alone and rows without a PMI ID are kept as they are now: ";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description =
          "The run's number; without it, the last one that came to its end, plans aside, and before"
              + " there is one, the newest.")
  private @Nullable RunId run;

  @Option(
      names = "--show-pmi-ids",
      description = "List the people behind each failure. This is personal data.")
  private boolean showPmiIds;

  @Option(
      names = "--show-values",
      description = "List them with what the source says of fields left alone. Personal data.")
  private boolean showValues;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Write them to a file for a spreadsheet, one line a record and field; values with"
              + " --show-values only. Personal data.")
  private @Nullable Path csv;

  @Override
  public Integer call() {
    @Nullable OutFile table = csv == null ? null : outFile("--csv", csv);
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
        Retries.unsent(store)
            .filter(newest -> !newest.id().equals(found.id()))
            .ifPresent(newest -> FailureText.addNewest(newest, document, lines));
        quarantined = quarantined(store);
      }
      FailureText.addQuarantine(quarantined, document, lines);
      boolean isLast = StoredRuns.hasFlawsOfNow(store, found.id());
      if (showPmiIds || showValues) {
        list(store, found, isLast, document, lines);
        FailureText.listQuarantine(quarantined, document, lines);
        if (program().json() && isLast) {
          ArrayNode flaws = document.putArray("flaws");
          long lastGood = StoredRuns.lastGoodBefore(store, found.id());
          StoredRuns.forEachFlaw(store, f -> FlawText.add(f, lastGood, showValues, flaws));
        }
      }
      if (table != null) {
        lines.add("");
        lines.add(write(table, store, found, isLast, quarantined));
        if (!isLast) {
          lines.add(OF_NOW + "aou-sync failures --csv FILE writes them.");
        }
      }
      program().print(document, lines);
      if ((showPmiIds || showValues) && !program().json()) {
        listFlaws(store, found.id(), isLast);
      }
      return 0;
    }
  }

  /** Prints them while reading, because there may be more than memory should hold. */
  private void listFlaws(SyncStore store, RunId run, boolean isLast) {
    if (!isLast) {
      program().out().println();
      program().out().println(OF_NOW + "aou-sync failures --show-pmi-ids lists the people.");
      return;
    }
    FlawText.list(
        program().out(), store.flaws(), StoredRuns.lastGoodBefore(store, run), showValues);
  }

  private String write(
      OutFile file, SyncStore store, Run run, boolean isLast, List<Hold> quarantined) {
    boolean[] cut = {false};
    file.write(
        writer -> {
          FailureCsv table = new FailureCsv(writer, showValues);
          StoredRuns.forEachFailure(
              store,
              run.id(),
              change -> {
                if (!isFlaw(change, run, isLast)) {
                  table.change(change, run.id().toString());
                }
              });
          if (isLast) {
            long lastGood = StoredRuns.lastGoodBefore(store, run.id());
            StoredRuns.forEachFlaw(
                store,
                flaw -> {
                  cut[0] |= showValues && FlawText.isCut(flaw);
                  table.flaw(flaw, lastGood);
                });
            quarantined.forEach(table::hold);
          }
        },
        "");
    return "They are in "
        + file
        + ", with personal data: delete it when it is no longer needed."
        + (cut[0] ? " " + FlawText.WHOLE : "");
  }

  /** Everybody who is held now. No run counts them, because it sends nothing for them. */
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

  /** The requested run; before a site has sent anything, the last run that it tried. */
  private Run find(SyncStore store) {
    if (run != null) {
      return StoredRuns.find(store, run);
    }
    return Retries.lastRun(store)
        .map(id -> StoredRuns.find(store, id))
        .or(() -> store.runs().latest(1).stream().findFirst())
        .orElseThrow(FailuresCommand::noRun);
  }

  /** Whether this is listed as a flaw: our own rules rejected it in the source. */
  private static boolean isFlaw(Change change, Run run, boolean isLast) {
    return isLast
        && change.action() == Change.Action.REJECT
        && run.mode() != RunMode.UNDO
        && !PlanTallies.isUnsentWithdrawal(change.errorCode());
  }

  private static SyncException noRun() {
    return new SyncException(
        FailureKind.CONFIG, "no run has looked at the source yet; begin with aou-sync plan");
  }

  private static void list(
      SyncStore store, Run run, boolean isLast, ObjectNode document, List<String> lines) {
    ArrayNode array = document.putArray("participants");
    List<String> people = new ArrayList<>();
    Map<PmiId, List<ContactId>> matches = store.matches().of(run.id());
    StoredRuns.forEachFailure(
        store,
        run.id(),
        change -> {
          String code = change.errorCode() == null ? "" : change.errorCode();
          ObjectNode one =
              array
                  .addObject()
                  .put("pmiId", change.pmiId().value())
                  .put("object", change.object().word())
                  .put("code", code);
          List<String> like =
              change.object() == CrmObject.CONTACT && code.equals(DUPLICATES)
                  ? matches.getOrDefault(change.pmiId(), List.of()).stream()
                      .map(ContactId::value)
                      .toList()
                  : List.of();
          if (!like.isEmpty()) {
            ArrayNode ids = one.putArray("matches");
            like.forEach(ids::add);
          }
          if (!isFlaw(change, run, isLast)) {
            people.add(
                "  "
                    + change.pmiId().value()
                    + "  "
                    + change.object().word()
                    + "  "
                    + code
                    + (like.isEmpty() ? "" : "  like " + String.join(", ", like)));
          }
        });
    if (!people.isEmpty()) {
      lines.add("");
      lines.add("The people they concern (personal data)");
      lines.addAll(people);
    }
  }
}
