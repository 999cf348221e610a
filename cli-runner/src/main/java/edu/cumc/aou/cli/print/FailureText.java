package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.NextSteps;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Why records of a run were not sent, grouped by cause, with what to do. */
public final class FailureText {

  /** Reasons to hold that have lines of their own, or need none. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          ConfigSection.word(HoldTable.Kind.QUARANTINE),
          ConfigSection.word(HoldTable.Kind.FORGOTTEN));

  private FailureText() {}

  /** For people. */
  public static List<String> lines(SyncReport report, List<FailureCause> causes) {
    List<String> lines = new ArrayList<>();
    lines.add("Run " + report.run());
    if (report.state() == RunState.GUARDED) {
      lines.add("");
      lines.addAll(ReportText.guards(report));
      lines.add("");
      lines.add("What to do next");
      NextSteps.after(report, false).forEach(step -> lines.add("  " + step));
    }
    for (FailureGroup group : FailureGroup.byCause(FailureGroup.of(report, causes))) {
      lines.add("");
      lines.add(
          group.records()
              + " "
              + group.outcome()
              + ": "
              + group.code()
              + (group.fields().isEmpty() ? "" : " (" + String.join(", ", group.fields()) + ")")
              + (group.outcome().equals("rejected")
                  ? FlawText.news(report, group.object().word() + "." + group.code())
                  : ""));
      lines.add("  " + group.advice());
    }
    if (lines.size() == 1) {
      lines.add("No record failed.");
    }
    TextTable held = new TextTable();
    report
        .held()
        .forEach(
            (reason, count) -> {
              if (!ELSEWHERE.contains(reason.replaceFirst("^.*\\.", ""))) {
                held.row(reason.replaceFirst("\\.", ": "), count);
              }
            });
    if (!held.isEmpty()) {
      lines.add("");
      lines.add("Held, so not sent (aou-sync anomalies and explain PMI_ID say why)");
      lines.addAll(held.lines("  "));
    }
    List<String> fields = FlawText.fields(report);
    if (!fields.isEmpty()) {
      lines.add("");
      lines.addAll(fields);
    }
    return lines;
  }

  /** Says first how the newest run ended, because these failures are not its own. */
  public static void addNewest(Run newest, ObjectNode document, List<String> lines) {
    document
        .putObject("newest")
        .put("run", newest.id().value())
        .put("state", ConfigSection.word(newest.state()));
    lines.addAll(0, List.of(StoppedRun.line(newest), "", "The last run that came to its end:"));
  }

  /** Adds how many participants are in quarantine, and why. */
  public static void addQuarantine(List<Hold> holds, ObjectNode document, List<String> lines) {
    Map<String, Long> byReason = new TreeMap<>();
    holds.forEach(h -> byReason.merge(h.reason(), 1L, Long::sum));
    ObjectNode node = document.putObject("quarantine");
    byReason.forEach(node::put);
    if (!byReason.isEmpty()) {
      lines.add("");
      lines.add("In quarantine (not sent until the source moves on, or aou-sync retry)");
      TextTable table = new TextTable();
      byReason.forEach((reason, count) -> table.row(reason, count));
      lines.addAll(table.lines("  "));
    }
  }

  /** Adds the people. This is personal data. */
  public static void listQuarantine(List<Hold> holds, ObjectNode document, List<String> lines) {
    ArrayNode array = document.putArray("quarantined");
    if (!holds.isEmpty()) {
      lines.add("");
      lines.add("Who is in quarantine (personal data)");
    }
    for (Hold hold : holds) {
      array.addObject().put("pmiId", hold.pmiId().value()).put("reason", hold.reason());
      lines.add("  " + hold.pmiId().value() + "  " + hold.reason());
    }
  }

  /** For programs. */
  public static ObjectNode document(SyncReport report, List<FailureCause> causes) {
    ObjectNode document = JsonText.object().put("run", report.run().value());
    ArrayNode array = document.putArray("causes");
    for (FailureGroup group : FailureGroup.of(report, causes)) {
      ObjectNode node =
          array
              .addObject()
              .put("object", group.object().word())
              .put("action", group.action())
              .put("outcome", group.outcome())
              .put("code", group.code())
              .put("count", group.count())
              .put("advice", group.advice());
      group.fields().forEach(node.putArray("fields")::add);
    }
    ReportDocument.addGuards(report, document);
    ObjectNode fields = document.putObject("refusedFields");
    report.refusedFields().forEach(fields::put);
    ObjectNode fresh = document.putObject("newFlaws");
    report.newFlaws().forEach(fresh::put);
    ObjectNode known = document.putObject("acknowledged");
    report.acknowledged().forEach(known::put);
    return document;
  }
}
