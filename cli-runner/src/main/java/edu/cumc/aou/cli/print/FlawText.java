package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.report.SyncReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints fields that are left alone and rows that are rejected: by rule, and one by one. */
public final class FlawText {

  /** Follows a value that was cut. */
  public static final String WHOLE =
      "A value that ends with \u2026 is cut at "
          + FlawTable.LONGEST
          + " characters; aou-sync explain PMI_ID shows it whole.";

  private FlawText() {}

  /** The rules of a run with numbers and advice; no lines if there are none. */
  public static List<String> fields(SyncReport report) {
    List<String> lines = new ArrayList<>();
    if (report.refusedFields().isEmpty()) {
      return lines;
    }
    lines.add(heading(report));
    for (Map.Entry<String, Long> field : report.refusedFields().entrySet()) {
      lines.add(
          "  "
              + field.getKey()
              + "  "
              + Words.count(field.getValue(), "record")
              + news(report, field.getKey()));
      lines.add("    " + RuleAdvice.of(field.getKey()));
    }
    return lines;
  }

  /**
   * The heading above fields that are left alone: a run that sent nothing did not send the rest
   * either.
   */
  static String heading(SyncReport report) {
    return switch (report.state()) {
      case DONE, PARTIAL -> "Fields left alone (the rest of their records was sent)";
      case PLANNING, PLANNED, APPLYING, SUSPENDED, GUARDED, FAILED, ABANDONED ->
          "Fields left alone (the rest of their records would be sent)";
    };
  }

  /** {@code : 2 new, 10 acknowledged}; empty text where there is nothing to say. */
  public static String news(SyncReport report, String name) {
    List<String> parts = new ArrayList<>();
    long fresh = report.newFlaws().getOrDefault(name, 0L);
    long known = report.acknowledged().getOrDefault(name, 0L);
    if (fresh > 0) {
      parts.add(fresh + " new");
    }
    if (known > 0) {
      parts.add(known + " acknowledged");
    }
    return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
  }

  /** {@code new}, {@code known} or {@code acknowledged}. */
  static String state(Flaw flaw, long lastGoodRun) {
    return flaw.isAcknowledged() ? "acknowledged" : flaw.isAfter(lastGoodRun) ? "new" : "known";
  }

  /** What to do about it. */
  static String advice(Flaw flaw) {
    return flaw.kind() == FlawTable.Kind.FIELD
        ? RuleAdvice.of(flaw.code())
        : FailureAdvice.of(flaw.code());
  }

  /**
   * Prints them while reading, because there may be more than memory should hold. Personal data.
   */
  public static void list(PrintStream out, FlawTable table, long lastGoodRun, boolean showValues) {
    try (Cursor<Flaw> flaws = table.read()) {
      if (flaws.hasNext()) {
        out.println();
        out.println("Fields left alone and rejected rows (personal data)");
      }
      boolean[] cut = {false};
      flaws.forEachRemaining(
          f -> {
            cut[0] |= isCut(f);
            out.println(line(f, lastGoodRun, showValues));
          });
      if (showValues && cut[0]) {
        out.println(WHOLE);
      }
    }
  }

  /** Whether its value was too long to keep. */
  public static boolean isCut(Flaw flaw) {
    return flaw.kind() == FlawTable.Kind.FIELD && flaw.value().endsWith(FlawTable.CUT);
  }

  /** One flaw as a line. Personal data. */
  public static String line(Flaw flaw, long lastGoodRun, boolean showValues) {
    String who =
        flaw.pmiId()
            .map(p -> p.value())
            .orElse(
                "row "
                    + flaw.position()
                    + " by PMI ID ("
                    + (flaw.subject().isEmpty() ? "empty" : "\"" + flaw.subject() + "\"")
                    + ")");
    String value =
        showValues && flaw.kind() == FlawTable.Kind.FIELD ? "  \"" + flaw.value() + "\"" : "";
    return "  "
        + who
        + "  "
        + flaw.name()
        + "  "
        + state(flaw, lastGoodRun)
        + (flaw.firstRun() == null ? "" : " since run " + flaw.firstRun())
        + value;
  }

  /** Adds one flaw for programs. Personal data. */
  public static void add(Flaw flaw, long lastGoodRun, boolean showValues, ArrayNode flaws) {
    ObjectNode node =
        flaws
            .addObject()
            .put("pmiId", flaw.pmiId().map(p -> p.value()).orElse(null))
            .put("object", flaw.object().word())
            .put("field", flaw.field())
            .put("code", flaw.code())
            .put("state", state(flaw, lastGoodRun))
            .put("sinceRun", flaw.firstRun() == null ? null : flaw.firstRun().value())
            .put("row", flaw.position())
            .put("advice", advice(flaw));
    if (showValues) {
      node.put("value", flaw.value());
    }
  }
}
