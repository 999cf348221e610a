package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last sync as metrics: OpenMetrics text that node_exporter's textfile collector can read too.
 * So all are gauges, the only type that both write alike.
 */
final class MetricsFile {

  private static final String LAST_GOOD = "aou_sync_last_good_run_timestamp_seconds";

  private final Path file;
  private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();
  private final Labels where;

  private MetricsFile(Path file, Labels where) {
    this.file = file;
    this.where = where;
  }

  /**
   * Replaces the file; readers see the old one or the new one, never a half.
   *
   * @param report null if the sync has none
   * @param lastGood when the last good sync ended; if empty, the value in the old file stays
   */
  static void write(
      Path file,
      Notice notice,
      @Nullable SyncReport report,
      Duration took,
      Optional<Instant> lastGood,
      long untold)
      throws UndeliveredException {
    Labels where =
        Labels.of("environment", ConfigSection.word(notice.environment()), "site", notice.site());
    MetricsFile metrics = new MetricsFile(file, where);
    metrics.addRun(notice, took, untold);
    lastGood
        .map(MetricsFile::seconds)
        .or(() -> earlier(file))
        .ifPresent(s -> metrics.add(LAST_GOOD, "When the last good sync was done.", s));
    if (report != null) {
      metrics.addReport(report);
    }
    metrics.write();
  }

  private void addRun(Notice notice, Duration took, long untold) {
    add("aou_sync_last_run_timestamp_seconds", "When the last sync ended.", seconds(notice.at()));
    add("aou_sync_last_run_exit_code", "The exit code of the last sync.", notice.exitCode());
    add("aou_sync_last_run_duration_seconds", "How long the last sync took.", inSeconds(took));
    add(
        "aou_sync_last_run_untold",
        "Ways of telling people about the last sync that did not work.",
        (double) untold);
    Map<String, Double> occasions = new LinkedHashMap<>();
    Stream.of(Occasion.values())
        .filter(o -> o != Occasion.RECOVERED)
        .forEach(o -> occasions.put(ConfigSection.word(o), o == notice.occasion() ? 1.0 : 0.0));
    add("aou_sync_last_run_ended", "How the last sync ended: 1 for what it did.", "as", occasions);
  }

  private void addReport(SyncReport report) {
    add("aou_sync_last_run_number", "The number of the last run.", (double) report.run().value());
    GaugeSnapshot.Builder records =
        gauge("aou_sync_last_run_records", "Records of the last run, by object and outcome.");
    for (Balance balance : new Balance[] {report.contacts(), report.journeys()}) {
      outcomes(balance)
          .forEach(
              (outcome, count) ->
                  records.dataPoint(
                      point(
                          count,
                          Labels.of("object", balance.object().word(), "outcome", outcome))));
    }
    metrics.metricSnapshot(records.build());
    add(
        "aou_sync_last_run_fields_left_alone",
        "Values that break a rule.",
        (double) total(report.refusedFields()));
    add("aou_sync_last_run_api_calls", "Requests sent to Salesforce.", (double) report.calls());
    add(
        "aou_sync_last_run_api_calls_again",
        "Those that repeat one that failed.",
        (double) report.repeated());
    Map<String, Double> anomalies = new LinkedHashMap<>();
    report.anomalies().forEach(a -> anomalies.put(a.kind().name(), (double) a.open()));
    add("aou_sync_open_anomalies", "Open anomalies, by kind.", "kind", anomalies);
    Map<String, Double> durations = new LinkedHashMap<>();
    Map<String, Double> calls = new LinkedHashMap<>();
    for (StepCost step : report.steps()) {
      durations.put(step.step().word(), inSeconds(step.duration()));
      calls.put(step.step().word(), (double) step.calls());
    }
    add("aou_sync_last_run_step_duration_seconds", "How long each step took.", "step", durations);
    add("aou_sync_last_run_step_api_calls", "Requests of each step.", "step", calls);
    add(
        "aou_sync_last_run_complete",
        "Whether every row of the last run is accounted for.",
        report.state() != RunState.GUARDED && report.contacts().holds() && report.journeys().holds()
            ? 1
            : 0);
  }

  private static Map<String, Long> outcomes(Balance balance) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    outcomes.put("inserted", balance.inserted());
    outcomes.put("adopted", balance.adopted());
    outcomes.put("updated", balance.updated());
    outcomes.put("deleted", balance.deleted());
    outcomes.put("restored", balance.restored());
    outcomes.put("unchanged", balance.unchanged());
    outcomes.put("frozen", balance.frozen());
    outcomes.put("held", balance.held());
    outcomes.put("skipped", balance.skipped());
    outcomes.put("rejected", balance.rejected());
    outcomes.put("refused", balance.refused());
    outcomes.put("failed", balance.failed());
    outcomes.put("not-attempted", balance.notAttempted());
    return outcomes;
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private GaugeDataPointSnapshot point(double value, Labels labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(where.merge(labels)).build();
  }

  private void add(String name, String help, double value) {
    metrics.metricSnapshot(gauge(name, help).dataPoint(point(value, Labels.EMPTY)).build());
  }

  private void add(String name, String help, String label, Map<String, Double> values) {
    if (values.isEmpty()) {
      return;
    }
    GaugeSnapshot.Builder gauge = gauge(name, help);
    values.forEach((word, value) -> gauge.dataPoint(point(value, Labels.of(label, word))));
    metrics.metricSnapshot(gauge.build());
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  private static double inSeconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** A database that is down must not erase the last good run. */
  private static Optional<Double> earlier(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(LAST_GOOD))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .map(Double::valueOf)
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private void write() throws UndeliveredException {
    try {
      Path directory = file.toAbsolutePath().getParent();
      // The collector only reads names that end in .prom.
      Path half = Files.createTempFile(directory, ".aou-sync", ".half");
      try {
        try (OutputStream out = Files.newOutputStream(half)) {
          OpenMetricsTextFormatWriter.create().write(out, metrics.build());
        }
        letOthersRead(half);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw UndeliveredException.forGood(
          "the file cannot be written; check that its directory exists, that this user may write"
              + " there, and that there is room");
    }
  }

  /** The exporter runs as another user. */
  private static void letOthersRead(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
