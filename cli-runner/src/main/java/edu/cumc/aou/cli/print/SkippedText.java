package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.explain.SkippedPeople.Skipped;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prints who was skipped in a run, by reason, and what a person can do about it. */
public final class SkippedText {

  private static final Map<String, String> ADVICE =
      Map.of(
          "test", "a test account: nothing, or status.test",
          "left", "paired with another organisation: nothing, or status.organization.ours",
          "withdrawn", "withdrawn, and without a Contact: none is ever made",
          "no-contact", "no Contact that the journey could belong to: see who is rejected or held",
          "created-by-the-run", "created by the run that is taken back: see undo --delete-created");

  private final SyncReport report;
  private final @Nullable List<Skipped> people;

  private SkippedText(SyncReport report, @Nullable List<Skipped> people) {
    this.report = report;
    this.people = people;
  }

  /**
   * For a run.
   *
   * @param people those who are skipped for these reasons now; null unless requested
   */
  public static SkippedText of(SyncReport report, @Nullable List<Skipped> people) {
    return new SkippedText(report, people);
  }

  private static String reasonOf(Skipped one) {
    return one.object().word() + "." + one.reason();
  }

  private Map<String, Long> now() {
    Map<String, Long> now = new TreeMap<>();
    if (people != null) {
      people.forEach(one -> now.merge(reasonOf(one), 1L, Long::sum));
    }
    return now;
  }

  /** As programs read it. */
  public ObjectNode document() {
    ObjectNode document = JsonText.object().put("exitCode", 0).put("run", report.run().value());
    ArrayNode reasons = document.putArray("reasons");
    Map<String, Long> now = now();
    TreeSet<String> all = new TreeSet<>(report.skipped().keySet());
    all.addAll(now.keySet());
    for (String reason : all) {
      int dot = reason.indexOf('.');
      ObjectNode one =
          reasons
              .addObject()
              .put("object", reason.substring(0, dot))
              .put("reason", reason.substring(dot + 1))
              .put("count", report.skipped().getOrDefault(reason, 0L));
      if (people != null) {
        one.put("now", now.getOrDefault(reason, 0L));
      }
    }
    if (people != null) {
      ArrayNode array = document.putArray("people");
      people.forEach(
          one ->
              array
                  .addObject()
                  .put("pmiId", one.pmiId().value())
                  .put("object", one.object().word())
                  .put("reason", one.reason()));
    }
    return document;
  }

  /** As people read it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Map<String, Long> now = now();
    TreeSet<String> all = new TreeSet<>(report.skipped().keySet());
    all.addAll(now.keySet());
    if (all.isEmpty()) {
      return List.of("Run " + report.run() + " skipped nobody.");
    }
    lines.add("Skipped in run " + report.run() + ", by reason");
    TextTable table = new TextTable();
    for (String reason : all) {
      table.row(
          reason.replaceFirst("\\.", ": "),
          report.skipped().getOrDefault(reason, 0L),
          ADVICE.getOrDefault(reason.substring(reason.indexOf('.') + 1), ""));
    }
    lines.addAll(table.lines("  "));
    lines.add("");
    if (people == null) {
      lines.add("To list them, add --show-pmi-ids: it reads the source.");
      return lines;
    }
    if (!now.equals(new TreeMap<>(report.skipped()))) {
      lines.add(
          "The store does not keep who was skipped. The list below is made from the source as it is"
              + " now, so its numbers differ from those of the run.");
      lines.add("");
    }
    lines.add("Who is skipped now (personal data)");
    TextTable list = new TextTable().row("PMI ID", "Object", "Reason");
    people.forEach(one -> list.row(one.pmiId().value(), one.object().word(), one.reason()));
    lines.addAll(list.lines("  "));
    return lines;
  }
}
