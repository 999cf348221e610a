package edu.cumc.aou.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.model.RunState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What the function answers: the report of the run, and a status. Nothing personal. */
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

  /** {@code told} is left out of the answer if nobody was to be told. */
  static Answer of(SyncReport report, boolean strict, List<Delivery> told) {
    Status status = statusOf(report, strict);
    ObjectNode document = ReportDocument.of(report, strict);
    ReportDocument.addTold(told, document);
    document.put("status", status.name());
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

  Status status() {
    return status;
  }

  /** Writes it as JSON. */
  void write(OutputStream out) throws IOException {
    out.write(JSON.writeValueAsBytes(document));
  }
}
