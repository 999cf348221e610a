package edu.cumc.aou.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.CheckDocument;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.report.SyncReport;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** The function's answer: a result and a status. Nothing personal. */
final class LambdaAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Tells a state machine what to do next. */
  enum Status {
    DONE,
    /**
     * Done, and some records or fields were rejected, refused or failed, or anomalies are open and
     * the event asked for them: invoking again would not help.
     */
    PARTIAL,
    /** Out of time: invoke again to go on. */
    CONTINUE,
    /** A guard refused: a person must look. */
    GUARDED,
    /** Another run is in progress: nothing to do. */
    ALREADY_RUNNING
  }

  private final ObjectNode document;
  private final Status status;

  private LambdaAnswer(ObjectNode document, Status status) {
    this.document = document.put("status", status.name());
    this.status = status;
  }

  /**
   * For a run. The answer leaves {@code told} out if the settings name nobody.
   *
   * @param wait how long a suspended run needs before the next invocation
   */
  static LambdaAnswer of(SyncReport report, boolean strict, List<Delivery> told, Duration wait) {
    Status status = statusOf(report, strict);
    ObjectNode document = ReportDocument.of(report, strict);
    ReportDocument.addTold(told, document);
    if (status == Status.CONTINUE) {
      document.put("waitSeconds", Math.max(1, (wait.toMillis() + 999) / 1000));
    }
    return new LambdaAnswer(document, status);
  }

  /** For a check-up. */
  static LambdaAnswer of(List<Finding> findings) {
    boolean possible = findings.stream().noneMatch(f -> f.level() == Finding.Level.ERROR);
    ObjectNode document = exit(possible).set("findings", CheckDocument.of(findings));
    return new LambdaAnswer(document, possible ? Status.DONE : Status.PARTIAL);
  }

  /** For a test of the notices. */
  static LambdaAnswer ofTest(List<Delivery> told) {
    boolean all = told.stream().allMatch(Delivery::isTold);
    ObjectNode document = exit(all);
    ReportDocument.addTold(told, document);
    return new LambdaAnswer(document, all ? Status.DONE : Status.PARTIAL);
  }

  /** For a retry with nobody to retry. */
  static LambdaAnswer nobody() {
    return new LambdaAnswer(exit(true).put("participants", 0), Status.DONE);
  }

  static LambdaAnswer alreadyRunning() {
    return new LambdaAnswer(JSON.createObjectNode(), Status.ALREADY_RUNNING);
  }

  private static ObjectNode exit(boolean good) {
    return JSON.createObjectNode().put("exitCode", good ? 0 : FailureKind.CONFIG.exitCode());
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

  void write(OutputStream out) throws IOException {
    out.write(JSON.writeValueAsBytes(document));
  }
}
