package edu.cumc.aou.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.Balance;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.SyncReport.ErrorCount;
import edu.cumc.aou.sync.SyncReport.PlannedCount;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunState;
import java.io.IOException;
import java.io.OutputStream;

/** What the function answers: counts, codes and field names, nothing personal. */
final class Answer {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a state machine tells what to do next. */
  enum Status {
    DONE,
    /**
     * Done, and some records or fields were rejected, refused or failed, or, if that was asked for,
     * anomalies are open: again would not help.
     */
    PARTIAL,
    /** The time was over: invoke again, it goes on. */
    CONTINUE,
    /** A guard refused: somebody must look. */
    GUARDED,
    /** Another run is under way: nothing to do. */
    ALREADY_RUNNING
  }

  private final ObjectNode document;
  private final Status status;

  private Answer(ObjectNode document, Status status) {
    this.document = document;
    this.status = status;
  }

  static Answer of(SyncReport report, boolean strict) {
    Status status = statusOf(report, strict);
    ObjectNode document = JSON.createObjectNode();
    document.put("runId", report.run().value());
    document.put("status", status.name());
    document.put("mode", ConfigSection.word(report.mode()));
    document.set("contacts", balance(report.contacts()));
    document.set("journeys", balance(report.journeys()));
    ArrayNode planned = document.putArray("planned");
    for (PlannedCount count : report.planned()) {
      planned
          .addObject()
          .put("object", count.object().word())
          .put("action", count.action())
          .put("count", count.count());
    }
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
    document.put("quarantined", report.quarantined());
    long anomalies = report.anomalies().stream().mapToLong(a -> a.open()).sum();
    document.put("openAnomalies", anomalies);
    ArrayNode guards = document.putArray("guards");
    for (GuardTrip trip : report.trips()) {
      guards.addObject().put("guard", trip.guard()).put("message", trip.message());
    }
    document.put("calls", report.calls());
    ObjectNode repeats = document.putObject("repeats");
    report.repeats().forEach(repeats::put);
    return new Answer(document, status);
  }

  static Answer alreadyRunning() {
    Status status = Status.ALREADY_RUNNING;
    return new Answer(JSON.createObjectNode().put("status", status.name()), status);
  }

  private static Status statusOf(SyncReport report, boolean strict) {
    if (report.state() == RunState.SUSPENDED) {
      return Status.CONTINUE;
    }
    if (report.state() == RunState.GUARDED) {
      return Status.GUARDED;
    }
    return report.exitCode(strict) == 0 ? Status.DONE : Status.PARTIAL;
  }

  private static ObjectNode balance(Balance balance) {
    return JSON.createObjectNode()
        .put("rows", balance.rows())
        .put("inserted", balance.inserted())
        .put("adopted", balance.adopted())
        .put("updated", balance.updated())
        .put("unchanged", balance.unchanged())
        .put("frozen", balance.frozen())
        .put("held", balance.held())
        .put("skipped", balance.skipped())
        .put("rejected", balance.rejected())
        .put("refused", balance.refused())
        .put("failed", balance.failed())
        .put("notAttempted", balance.notAttempted());
  }

  Status status() {
    return status;
  }

  /** Writes it as JSON. */
  void write(OutputStream out) throws IOException {
    out.write(JSON.writeValueAsBytes(document));
  }
}
