package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.audit.AuditCheck.Fault;
import edu.cumc.aou.sync.audit.AuditCheck.Result;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Row;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The audit trail as people read it. */
public final class AuditText {

  /** Keys that only a check needs. */
  private static final Set<String> INNER =
      Set.of("first", "last", AuditTable.LEAVES, AuditTable.STANDING);

  private AuditText() {}

  /**
   * The result of a check.
   *
   * @param against whether the trail was compared with a head from outside
   */
  public static List<String> result(Result result, boolean against) {
    List<String> lines = new ArrayList<>();
    if (result.faults().isEmpty()) {
      lines.add(
          "The audit trail is as it was entered: "
              + Words.count(result.rows(), "row")
              + ", "
              + Words.count(result.records(), "record")
              + " ("
              + number(result.blanked())
              + " of them blanked, forgotten or removed when they were old enough).");
    } else {
      lines.add("The audit trail is not as it was entered. The first that does not fit:");
      for (Fault fault : result.faults()) {
        lines.add("  " + fault.text());
      }
      lines.add(
          "Somebody changed the database by hand, or a backup was restored. Compare with a backup"
              + " and with heads that reports told; once it is understood: aou-sync audit verify"
              + (result.faults().stream().anyMatch(f -> !f.head().isEmpty())
                  ? " --head ROW:HASH"
                  : "")
              + " --accept ROW --why TEXT.");
    }
    if (result.accepted() > 0) {
      lines.add(Words.count(result.accepted(), "fault") + " that somebody has accepted.");
    }
    lines.add("Head " + result.head().text());
    if (!against) {
      lines.add(
          "The owner of the database can rewrite the whole trail. Compare its head with one that a"
              + " report or message told: --head ROW:HASH.");
    }
    return lines;
  }

  /** Rows in a table. */
  public static List<String> rows(List<Row> rows, ZoneId zone) {
    if (rows.isEmpty()) {
      return List.of();
    }
    TextTable table = new TextTable().row("Row", "When", "What", "Run", "Records", "Who", "More");
    for (Row row : rows) {
      table.row(
          Long.toString(row.seq()),
          Words.moment(row.at(), zone),
          row.kind().toLowerCase(Locale.ROOT).replace('_', '-'),
          row.run() == null ? "" : row.run().toString(),
          row.records() == 0 ? "" : number(row.records()),
          row.who(),
          more(row));
    }
    return table.lines("");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String more(Row row) {
    return row.what().entrySet().stream()
        .filter(e -> !INNER.contains(e.getKey()))
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** A row for programs. */
  public static void add(Row row, ObjectNode document) {
    document
        .put("row", row.seq())
        .put("at", row.at().toString())
        .put("kind", row.kind().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("who", row.who());
    if (row.run() != null) {
      document.put("run", row.run().value());
    }
    document.put("records", row.records());
    ObjectNode what = document.putObject("what");
    row.what().forEach(what::put);
    document.put("hash", row.hash());
  }
}
