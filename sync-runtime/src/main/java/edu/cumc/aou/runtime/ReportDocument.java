package edu.cumc.aou.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.ErrorCount;
import edu.cumc.aou.sync.report.SyncReport.PlannedCount;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import java.util.List;

/**
 * A run's report for programs, in the one schema that the command line and AWS Lambda share;
 * docs/report.md explains it. Counts, codes and field names only: no personal data.
 */
public final class ReportDocument {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ReportDocument() {}

  /**
   * The report as a document; moments in UTC, durations in milliseconds.
   *
   * @param strict whether acknowledged problems count too
   */
  public static ObjectNode of(SyncReport report, boolean strict) {
    ObjectNode document = NODES.objectNode();
    document.put("run", report.run().value());
    document.put("mode", ConfigSection.word(report.mode()));
    document.put("state", ConfigSection.word(report.state()));
    if (report.undone() != null) {
      document.put("undone", report.undone().value());
    }
    if (report.interrupted() != null) {
      document
          .putObject("interrupted")
          .put("run", report.interrupted().run().value())
          .put("mode", ConfigSection.word(report.interrupted().mode()))
          .put("left", report.interrupted().left());
    }
    document.put("exitCode", report.exitCode(strict));
    document.put("startedAt", report.startedAt().toString());
    document.put("finishedAt", report.finishedAt() == null ? null : report.finishedAt().toString());
    document.set("contacts", balance(report.contacts()));
    document.set("journeys", balance(report.journeys()));
    ArrayNode planned = document.putArray("planned");
    for (PlannedCount count : report.planned()) {
      planned
          .addObject()
          .put("object", count.object().word())
          .put("action", count.action())
          .put("count", count.count())
          .put("corrections", count.corrections());
    }
    ObjectNode corrections = document.putObject("corrections");
    report.corrections().forEach(corrections::put);
    ObjectNode cleared = document.putObject("cleared");
    report.cleared().forEach(cleared::put);
    ArrayNode errors = document.putArray("errors");
    for (ErrorCount error : report.errors()) {
      errors
          .addObject()
          .put("object", error.object().word())
          .put("outcome", error.outcome())
          .put("code", error.code())
          .put("count", error.count());
    }
    ObjectNode refused = document.putObject("refusedFields");
    report.refusedFields().forEach(refused::put);
    ObjectNode newFlaws = document.putObject("newFlaws");
    report.newFlaws().forEach(newFlaws::put);
    ObjectNode acknowledged = document.putObject("acknowledged");
    report.acknowledged().forEach(acknowledged::put);
    ObjectNode skipped = document.putObject("skipped");
    report.skipped().forEach(skipped::put);
    ObjectNode held = document.putObject("held");
    report.held().forEach(held::put);
    document.put("quarantined", report.quarantined());
    ObjectNode orgFaults = document.putObject("orgFaults");
    report.orgFaults().forEach(orgFaults::put);
    ArrayNode anomalies = document.putArray("anomalies");
    for (AnomalyCount anomaly : report.anomalies()) {
      anomalies
          .addObject()
          .put("kind", anomaly.kind().name())
          .put("open", anomaly.open())
          .put("new", anomaly.isNew())
          .put("acknowledged", anomaly.acknowledged());
    }
    document
        .putObject("ids")
        .put("contactPmi", report.ids().contactPmi())
        .put("contactJourney", report.ids().contactJourney())
        .put("relationship", report.ids().relationship())
        .put("complete", report.ids().complete());
    document.put("withdrawalsTakenBack", report.takenBack());
    document.put("notInSource", report.notInSource());
    ObjectNode withoutRow = document.putObject("withoutRow");
    report.withoutRow().forEach(withoutRow::put);
    addGuards(report, document);
    ArrayNode steps = document.putArray("steps");
    for (StepCost step : report.steps()) {
      steps
          .addObject()
          .put("step", step.step().word())
          .put("millis", step.duration().toMillis())
          .put("calls", step.calls())
          .put("repeated", step.repeated());
    }
    document.put("calls", report.calls());
    ObjectNode repeats = document.putObject("repeats");
    report.repeats().forEach(repeats::put);
    addAudit(report, document);
    addOrg(report, document);
    return document;
  }

  private static void addOrg(SyncReport report, ObjectNode document) {
    ObjectNode org = document.putObject("org");
    if (report.orgName() != null) {
      org.put("name", report.orgName());
    }
    ArrayNode changes = org.putArray("changes");
    for (OrgChange change : report.orgChanges()) {
      changes
          .addObject()
          .put("kind", ConfigSection.word(change.kind()))
          .put("what", change.what())
          .put("was", change.was())
          .put("is", change.is());
    }
  }

  private static void addAudit(SyncReport report, ObjectNode document) {
    ObjectNode audit = document.putObject("audit");
    if (report.audit().head() != null) {
      audit.put("row", report.audit().head().seq()).put("hash", report.audit().head().hash());
    }
    ObjectNode faults = audit.putObject("faults");
    report.audit().faults().forEach(faults::put);
  }

  /** Adds who was notified of the run's end, as {@code told}, unless the settings name nobody. */
  public static void addTold(List<Delivery> deliveries, ObjectNode document) {
    if (deliveries.isEmpty()) {
      return;
    }
    ArrayNode told = document.putArray("told");
    for (Delivery delivery : deliveries) {
      ObjectNode one =
          told.addObject().put("channel", delivery.channel()).put("told", delivery.isTold());
      if (delivery.problem() != null) {
        one.put("problem", delivery.problem());
      }
    }
  }

  /** Adds the guards that stopped the run, as {@code guards}. */
  public static void addGuards(SyncReport report, ObjectNode document) {
    ArrayNode guards = document.putArray("guards");
    for (GuardTrip trip : report.trips()) {
      guards.addObject().put("guard", trip.guard()).put("message", trip.message());
    }
  }

  private static ObjectNode balance(Balance balance) {
    return NODES
        .objectNode()
        .put("rows", balance.rows())
        .put("surplusRows", balance.surplusRows())
        .put("inserted", balance.inserted())
        .put("adopted", balance.adopted())
        .put("updated", balance.updated())
        .put("deleted", balance.deleted())
        .put("restored", balance.restored())
        .put("unchanged", balance.unchanged())
        .put("frozen", balance.frozen())
        .put("held", balance.held())
        .put("skipped", balance.skipped())
        .put("rejected", balance.rejected())
        .put("refused", balance.refused())
        .put("failed", balance.failed())
        .put("notAttempted", balance.notAttempted())
        .put("holds", balance.holds());
  }
}
