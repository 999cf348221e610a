package edu.cumc.aou.cli.print;

import de.siegmar.fastcsv.writer.CsvWriter;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what was not sent to a file for a spreadsheet: one line per record and field. Personal
 * data. Not thread-safe; the caller closes the writer.
 */
public final class FailureCsv {

  private static final List<String> COLUMNS =
      List.of(
          "pmi_id",
          "salesforce_id",
          "object",
          "field",
          "outcome",
          "code",
          "state",
          "since_run",
          "row",
          "advice");

  private final CsvWriter csv;
  private final boolean showValues;

  /** Writes the heading. */
  public FailureCsv(Writer writer, boolean showValues) {
    this.csv = CsvWriter.builder().build(writer);
    this.showValues = showValues;
    List<String> heading = new ArrayList<>(COLUMNS);
    if (showValues) {
      heading.add("value");
    }
    csv.writeRecord(heading);
  }

  /** A field that is left alone, or a row that is rejected. */
  public void flaw(Flaw flaw, long lastGoodRun) {
    write(
        flaw.value(),
        flaw.subject(),
        "",
        flaw.object().word(),
        flaw.field(),
        flaw.kind() == FlawTable.Kind.FIELD ? "left-alone" : "rejected",
        flaw.code(),
        FlawText.state(flaw, lastGoodRun),
        flaw.firstRun() == null ? "" : flaw.firstRun().toString(),
        flaw.position() == 0 ? "" : Long.toString(flaw.position()),
        FlawText.advice(flaw));
  }

  /** A record that was refused or failed in a run; one line for each blamed field. */
  public void change(Change change, String run) {
    String code = change.errorCode() == null ? "" : change.errorCode();
    List<String> fields = change.errorFields().isEmpty() ? List.of("") : change.errorFields();
    for (String field : fields) {
      write(
          change.newValues().asMap().entrySet().stream()
              .filter(e -> e.getKey().value().equals(field))
              .map(e -> e.getValue().text())
              .findFirst()
              .orElse(""),
          change.pmiId().value(),
          idOf(change),
          change.object().word(),
          field,
          FailureGroup.outcome(change.action(), change.state(), code),
          code,
          "new",
          run,
          "",
          FailureAdvice.of(code));
    }
  }

  /** A participant who is held. */
  public void hold(Hold hold) {
    write(
        "",
        hold.pmiId().value(),
        "",
        "",
        "",
        "held",
        ConfigSection.word(hold.kind()) + ": " + hold.reason(),
        hold.isAcknowledged() ? "acknowledged" : "known",
        "",
        "",
        "correct the source, or mend Salesforce and run aou-sync retry");
  }

  private static String idOf(Change change) {
    if (change.journeyId() != null) {
      return change.journeyId().value();
    }
    return change.contactId() == null ? "" : change.contactId().value();
  }

  private void write(String value, String... cells) {
    List<String> line = new ArrayList<>();
    for (String cell : cells) {
      line.add(plain(cell));
    }
    if (showValues) {
      line.add(plain(value));
    }
    csv.writeRecord(line);
  }

  /** A spreadsheet would run a text with such a beginning as a formula. */
  private static String plain(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
