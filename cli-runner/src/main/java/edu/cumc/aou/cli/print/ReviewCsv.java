package edu.cumc.aou.cli.print;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import edu.cumc.aou.sync.explain.Reviewer;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Doubtful adoptions as a file for a spreadsheet, one line per participant and Contact; a person
 * writes yes or no at the end of each. Personal data.
 */
public final class ReviewCsv {

  private static final String PMI_ID = "pmi_id";
  private static final String CONTACT = "contact_id";
  private static final String DECISION = "decision";

  private static final List<String> COLUMNS =
      List.of(PMI_ID, CONTACT, "doubt", "matches", "differs", DECISION, "why");

  private static final List<String> VALUES =
      List.of("FirstName", "LastName", "Email", "Phone", "Birthdate");

  private final CsvWriter csv;
  private final boolean showValues;

  /** Writes the heading. */
  public ReviewCsv(Writer writer, boolean showValues) {
    this.csv = CsvWriter.builder().build(writer);
    this.showValues = showValues;
    List<String> heading = new ArrayList<>(COLUMNS);
    if (showValues) {
      VALUES.forEach(v -> heading.addAll(List.of("source " + v, "Salesforce " + v)));
    }
    csv.writeRecord(heading);
  }

  /** Writes a line. */
  public void pair(Reviewer.Pair pair) {
    List<String> line = new ArrayList<>();
    line.add(pair.pmiId().value());
    line.add(pair.candidate().contact().id().value());
    line.add(pair.code());
    line.add(String.join("; ", pair.candidate().likeness().matched()));
    line.add(String.join("; ", pair.candidate().likeness().differs()));
    line.add("");
    line.add("");
    if (showValues) {
      for (String name : VALUES) {
        line.add(plain(text(pair.wanted(), name)));
        line.add(plain(text(pair.candidate().contact().fields(), name)));
      }
    }
    csv.writeRecord(line);
  }

  private static String text(FieldValues values, String name) {
    return values.get(new FieldName(name)).text();
  }

  /** A spreadsheet would run a text with such a beginning as a formula. */
  private static String plain(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }

  /**
   * A line with a decision.
   *
   * @param line its number in the file, from 1
   * @param theirs whether the Contact belongs to the participant
   */
  public record Decided(long line, PmiId pmiId, ContactId contact, boolean theirs, String why) {
    @Override
    public String toString() {
      return "Decided[" + line + "]";
    }
  }

  /**
   * The lines with a decision; ignores others.
   *
   * @throws SyncException CONFIG if the file or a line cannot be read; names the line, but none of
   *     its text
   */
  public static List<Decided> read(Path file) {
    List<Decided> decided = new ArrayList<>();
    try {
      String text = SpreadsheetText.of(Files.readAllBytes(file));
      if (text.isBlank()) {
        throw refused("the file is empty");
      }
      if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
        // The lines behind it would count as part of one cell.
        throw refused("a quotation mark does not end; save the file from a spreadsheet");
      }
      try (CsvReader<NamedCsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(SpreadsheetText.separator(text))
              .ofNamedCsvRecord(text)) {
        for (NamedCsvRecord row : reader) {
          for (String column : List.of(PMI_ID, CONTACT, DECISION)) {
            if (!row.getHeader().contains(column)) {
              throw refused("the column " + column + " is missing");
            }
          }
          // Some spreadsheets drop blank cells at the end of a line.
          String decision = row.findField(DECISION).orElse("").strip().toLowerCase(Locale.ROOT);
          if (!decision.isEmpty()) {
            decided.add(decided(row, decision));
          }
        }
      }
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw refused("the file cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    return decided;
  }

  private static Decided decided(NamedCsvRecord row, String decision) {
    long line = row.getStartingLineNumber();
    boolean yes = decision.equals("yes") || decision.equals("y");
    if (!yes && !decision.equals("no") && !decision.equals("n")) {
      throw refused("line " + line + ": write yes or no into the column " + DECISION);
    }
    PmiId pmiId =
        row.findField(PMI_ID)
            .flatMap(PmiId::tryParse)
            .orElseThrow(
                () -> refused("line " + line + ": the column " + PMI_ID + " has no PMI ID"));
    ContactId contact =
        row.findField(CONTACT)
            .flatMap(ContactId::tryParse)
            .orElseThrow(
                () -> refused("line " + line + ": the column " + CONTACT + " has no Contact's id"));
    return new Decided(line, pmiId, contact, yes, row.findField("why").orElse("").strip());
  }

  private static SyncException refused(String why) {
    return new SyncException(
        FailureKind.CONFIG,
        "review --apply: " + why + ". Nothing was noted; correct the file and run it again.");
  }
}
