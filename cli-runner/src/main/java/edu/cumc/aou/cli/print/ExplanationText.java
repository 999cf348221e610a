package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.explain.Explanation;
import edu.cumc.aou.sync.explain.Explanation.FieldFact;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.plan.Planner.PlannedOne;
import edu.cumc.aou.sync.port.ChangeTable.ParticipantChange;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An explanation for people: the answer first, then what it rests on. */
public final class ExplanationText {

  private ExplanationText() {}

  public static List<String> lines(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    lines.add("Participant " + explanation.pmiId().value());
    lines.add("  source      " + source(explanation));
    lines.add("  Salesforce  " + salesforce(explanation.contacts()));
    if (explanation.hold() != null) {
      lines.add(
          "  held        since "
              + explanation.hold().since()
              + ", because "
              + explanation.hold().reason());
    }
    next(explanation.next()).forEach(n -> lines.add("  next run    " + n));
    addFields(explanation.fields(), lines);
    addHistory(explanation.history(), lines);
    return lines;
  }

  private static String source(Explanation explanation) {
    if (!explanation.inSource()) {
      return "no row with this PMI ID";
    }
    return explanation.status() == null
        ? "rows that contradict each other"
        : explanation.status().name().toLowerCase(Locale.ROOT);
  }

  private static String salesforce(List<MirroredContact> contacts) {
    if (contacts.isEmpty()) {
      return "no Contact, when we last looked";
    }
    List<String> texts = new ArrayList<>();
    for (MirroredContact contact : contacts) {
      texts.add(
          "Contact "
              + contact.id().value()
              + (contact.gone() ? ", gone" : "")
              + ", journeys: "
              + (contact.journeys().isEmpty()
                  ? "none"
                  : String.join(
                      ", ", contact.journeys().stream().map(j -> j.id().value()).toList())));
    }
    return String.join("; ", texts);
  }

  private static List<String> next(@Nullable PlannedOne next) {
    if (next == null) {
      return List.of("nothing: the source does not have the participant");
    }
    List<String> texts = new ArrayList<>();
    for (Change change : next.changes()) {
      texts.add(
          change.object().word()
              + ": "
              + change.action().name().toLowerCase(Locale.ROOT)
              + (change.errorCode() == null
                  ? " of "
                      + String.join(
                          ", ", change.newValues().fields().stream().map(f -> f.value()).toList())
                  : ", because " + change.errorCode()));
    }
    next.tallies().asMap().keySet().stream()
        .filter(name -> !name.contains(".refused-field.") && !name.contains(".rejected."))
        .forEach(name -> texts.add(name.replaceFirst("\\.", ": ").replace('.', ' ')));
    return texts;
  }

  private static void addFields(List<FieldFact> fields, List<String> lines) {
    if (fields.isEmpty()) {
      return;
    }
    lines.add("");
    TextTable table = new TextTable();
    table.row("Field", "Source", "Would be sent", "Salesforce shows");
    List<FieldFact> shown = fields.stream().filter(f -> !isBlank(f)).toList();
    for (FieldFact field : shown) {
      String wanted = field.rule().isEmpty() ? field.wanted() : "refused: " + field.rule();
      table.row(
          field.field(), oneLine(field.source()), oneLine(wanted), oneLine(field.salesforce()));
    }
    lines.addAll(table.lines("  "));
    if (shown.size() < fields.size()) {
      lines.add("  and " + (fields.size() - shown.size()) + " more, blank on both sides");
    }
  }

  private static boolean isBlank(FieldFact field) {
    return (field.source() + field.wanted() + field.rule() + field.salesforce()).isBlank();
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  private static void addHistory(List<ParticipantChange> history, List<String> lines) {
    if (history.isEmpty()) {
      return;
    }
    lines.add("");
    TextTable table = new TextTable();
    table.row("Run", "Object", "Action", "Outcome", "Code");
    for (ParticipantChange row : history) {
      Change change = row.change();
      table.row(
          row.run().value(),
          change.object().word(),
          change.action().name().toLowerCase(Locale.ROOT),
          change.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          change.errorCode() == null ? "" : change.errorCode());
    }
    lines.addAll(table.lines("  "));
  }
}
