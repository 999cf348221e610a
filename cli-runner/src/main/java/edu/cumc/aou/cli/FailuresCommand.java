package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.FailureText;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.Retries;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "failures",
    description = {
      "Says why records of a run were rejected, refused or failed, and what to do.",
      "And who is in quarantine, unless RUN is given. Asks the store only.",
      "Counts, codes and field names; PMI IDs on request."
    })
final class FailuresCommand implements Callable<Integer> {

  private static final int PAGE = 500;

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private AouSync program;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run's number; the last one that sent something if it is left out.")
  private @Nullable Long run;

  @Option(
      names = "--show-pmi-ids",
      description = "List whom each failure concerns. This is personal data.")
  private boolean showPmiIds;

  @Override
  public Integer call() {
    if (run != null && run < 1) {
      throw new ParameterException(spec.commandLine(), "RUN begins at 1");
    }
    try (SyncStore store = program.configuration().openStore()) {
      store.verify();
      Run found = find(store);
      SyncReport report = Reports.of(store, found);
      List<FailureCause> causes = store.changes().failureCauses(found.id());
      ObjectNode document = FailureText.document(report, causes);
      List<String> lines = new ArrayList<>(FailureText.lines(report, causes));
      List<Hold> quarantined = run == null ? quarantined(store) : List.of();
      FailureText.addQuarantine(quarantined, document, lines);
      if (showPmiIds) {
        list(store, found.id(), document, lines);
        FailureText.listQuarantine(quarantined, document, lines);
      }
      program.print(document, lines);
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
    Optional<RunId> id = run == null ? Retries.lastRun(store) : Optional.of(new RunId(run));
    return id.flatMap(store.runs()::find)
        .orElseThrow(
            () ->
                new SyncException(
                    FailureKind.CONFIG,
                    run == null
                        ? "no run has sent anything yet; aou-sync status lists the runs"
                        : "there is no run " + run + "; aou-sync status lists those there are"));
  }

  private static void list(SyncStore store, RunId run, ObjectNode document, List<String> lines) {
    ArrayNode array = document.putArray("participants");
    lines.add("");
    lines.add("Whom they concern (personal data)");
    forEach(
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

  /** Shows all changes of a run that were rejected, refused or failed. */
  static void forEach(SyncStore store, RunId run, Consumer<Change> taker) {
    Set<Change.State> failed = EnumSet.of(Change.State.REFUSED, Change.State.FAILED);
    for (CrmObject object : CrmObject.values()) {
      long after = 0;
      List<Change> page;
      do {
        page =
            store
                .changes()
                .page(run, object, EnumSet.allOf(Change.Action.class), failed, after, PAGE);
        page.forEach(taker);
        after = page.isEmpty() ? after : page.get(page.size() - 1).seq();
      } while (page.size() == PAGE);
    }
  }
}
