package edu.cumc.aou.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells CloudWatch how an invocation ended: lines in the embedded metric format, which it reads
 * from the log without a call and without a permission. Counts and seconds only. One object for one
 * invocation.
 */
final class Metrics {

  private static final String NAMESPACE = "aou-sync";
  private static final String NOWHERE = "unknown";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  /** The ways in which an invocation ends; each is 0 or 1 in every line. */
  private enum End {
    GOOD("GoodRuns"),
    PARTIAL("PartialRuns"),
    CONTINUED("ContinuedRuns"),
    GUARDED("GuardedRuns"),
    FAILED("FailedRuns");

    private final String metric;

    End(String metric) {
      this.metric = metric;
    }
  }

  private final FunctionSurroundings surroundings;
  private final Instant began;

  /** Starts with the invocation. */
  Metrics(FunctionSurroundings surroundings) {
    this.surroundings = surroundings;
    this.began = surroundings.outside().clock().instant();
  }

  /** An invocation has a report. */
  void ended(SyncReport report, LambdaAnswer.Status status, Warm warm) {
    End end =
        switch (status) {
          case DONE -> End.GOOD;
          case PARTIAL -> End.PARTIAL;
          case CONTINUE -> End.CONTINUED;
          case GUARDED -> End.GUARDED;
          case ALREADY_RUNNING -> throw new IllegalArgumentException("a run came to a report");
        };
    line(end, warm, Map.of(), report);
    if (end == End.CONTINUED) {
      // What a run has done so far is reported once, at its end.
      return;
    }
    for (Balance balance : new Balance[] {report.contacts(), report.journeys()}) {
      write(Map.of("Object", balance.object().word()), outcomes(balance), warm);
    }
    for (StepCost step : report.steps()) {
      Map<String, Metric> cost = new LinkedHashMap<>();
      cost.put("StepSeconds", seconds(step.duration()));
      write(Map.of("Step", step.step().word()), cost, warm);
    }
  }

  /** An invocation failed as a whole. If another run is in progress, that is no failure. */
  void failed(RuntimeException failure, Warm warm) {
    boolean other = failure instanceof SyncException e && e.kind() == FailureKind.ALREADY_RUNNING;
    if (!other) {
      line(End.FAILED, warm, Map.of(), null);
    }
  }

  private record Metric(double value, String unit) {}

  private void line(
      End how, Warm warm, Map<String, String> dimensions, @Nullable SyncReport report) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    for (End end : End.values()) {
      metrics.put(end.metric, count(end == how ? 1 : 0));
    }
    Instant now = surroundings.outside().clock().instant();
    metrics.put("Seconds", seconds(Duration.between(began, now)));
    try {
      warm.opened().ifPresent(runtime -> addStanding(metrics, runtime, now));
    } catch (SyncException e) {
      // A database that is down is why the run failed; the other metrics still count.
      LOG.info("metrics without the last good run: {}", e.kind());
    }
    if (report != null) {
      metrics.put("AuditFaults", count(report.audit().faults().size()));
    }
    write(dimensions, metrics, warm);
  }

  private static void addStanding(Map<String, Metric> metrics, SyncRuntime runtime, Instant now) {
    CrmUsage usage = runtime.services().crm().usage();
    metrics.put("ApiCalls", count(usage.calls()));
    if (usage.dailyMax() > 0 && usage.dailyUsed() >= 0) {
      double left = (double) Math.max(0, usage.dailyMax() - usage.dailyUsed());
      metrics.put("ApiQuotaLeft", new Metric(100.0 * left / usage.dailyMax(), "Percent"));
    }
    lastGood(runtime)
        .map(at -> Duration.between(at, now).toMinutes() / 60.0)
        .ifPresent(hours -> metrics.put("HoursSinceGoodRun", new Metric(hours, "None")));
  }

  private static Optional<Instant> lastGood(SyncRuntime runtime) {
    return runtime.services().store().runs().lastDone(1).stream()
        .map(Run::finishedAt)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Map<String, Metric> outcomes(Balance balance) {
    Map<String, Metric> outcomes = new LinkedHashMap<>();
    outcomes.put("Inserted", count(balance.inserted()));
    outcomes.put("Adopted", count(balance.adopted()));
    outcomes.put("Updated", count(balance.updated()));
    outcomes.put("Deleted", count(balance.deleted()));
    outcomes.put("Restored", count(balance.restored()));
    outcomes.put("Unchanged", count(balance.unchanged()));
    outcomes.put("Frozen", count(balance.frozen()));
    outcomes.put("Held", count(balance.held()));
    outcomes.put("Skipped", count(balance.skipped()));
    outcomes.put("Rejected", count(balance.rejected()));
    outcomes.put("Refused", count(balance.refused()));
    outcomes.put("Failed", count(balance.failed()));
    outcomes.put("NotAttempted", count(balance.notAttempted()));
    return outcomes;
  }

  private static Metric count(long value) {
    return new Metric((double) value, "Count");
  }

  private static Metric seconds(Duration duration) {
    return new Metric(duration.toMillis() / 1000.0, "Seconds");
  }

  private void write(Map<String, String> dimensions, Map<String, Metric> metrics, Warm warm) {
    ObjectNode document = JSON.createObjectNode();
    ObjectNode aws = document.putObject("_aws");
    aws.put("Timestamp", surroundings.outside().clock().instant().toEpochMilli());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    ArrayNode set = directive.putArray("Dimensions").addArray().add("Environment");
    document.put("Environment", environment(warm));
    dimensions.forEach(
        (name, value) -> {
          set.add(name);
          document.put(name, value);
        });
    ArrayNode names = directive.putArray("Metrics");
    metrics.forEach(
        (name, metric) -> {
          names.addObject().put("Name", name).put("Unit", metric.unit());
          document.put(name, metric.value());
        });
    try {
      surroundings.metrics().accept(JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the settings; if they cannot be read, from the variable that the template sets. */
  private String environment(Warm warm) {
    return warm.settings()
        .map(s -> ConfigSection.word(s.sync().environment()))
        .orElseGet(
            () -> {
              String word = surroundings.environment().getOrDefault("AOU_ENVIRONMENT", NOWHERE);
              return word.matches("sandbox|production") ? word : NOWHERE;
            });
  }
}
