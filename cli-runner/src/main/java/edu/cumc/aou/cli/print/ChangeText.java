package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import java.util.ArrayList;
import java.util.List;

/** A planned change with its values, for a command that was asked to print them. */
public final class ChangeText {

  private ChangeText() {}

  /** One line for the participant, then one per field. Personal data. */
  public static List<String> lines(Change change) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  "
            + change.object().word()
            + " "
            + Words.lower(change.action())
            + " "
            + change.pmiId().value());
    for (FieldName field : change.newValues().fields()) {
      boolean isNew = change.action() == Change.Action.INSERT;
      String from = isNew ? "" : show(change.oldValues().get(field)) + " -> ";
      lines.add("    " + field.value() + ": " + from + show(change.newValues().get(field)));
    }
    change.refusedFields().forEach(refused -> lines.add("    left alone " + refused));
    return lines;
  }

  private static String show(FieldValue value) {
    String text = value.text();
    return text.isEmpty() ? "(blank)" : text.replaceAll("\\R", " / ");
  }
}
