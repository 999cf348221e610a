package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.explain.FoundPeople;
import edu.cumc.aou.sync.explain.FoundPeople.Person;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import java.util.ArrayList;
import java.util.List;

/** Prints the people who fit what a caller said, and what to type next. */
public final class PeopleFound {

  private PeopleFound() {}

  /** For programs. */
  public static ObjectNode document(FoundPeople found) {
    ObjectNode document = JsonText.object().put("exitCode", 0);
    ArrayNode people = document.putArray("people");
    for (Person person : found.people()) {
      ObjectNode node =
          people
              .addObject()
              .put("pmiId", person.pmiId().value())
              .put("name", person.name())
              .put("inSource", person.inSource())
              .put("hold", person.hold() == null ? null : hold(person.hold()));
      ArrayNode contacts = node.putArray("contactIds");
      person.contactIds().forEach(contacts::add);
    }
    ArrayNode rows = document.putArray("rowsWithoutPmiId");
    found
        .rows()
        .forEach(
            r ->
                rows.addObject()
                    .put("key", r.key())
                    .put("name", r.name())
                    .put("row", r.position()));
    document.put("more", found.more());
    return document;
  }

  /** For people. */
  public static List<String> lines(FoundPeople found) {
    if (found.people().isEmpty() && found.rows().isEmpty()) {
      return List.of(
          "Nobody fits, in the source or in Salesforce as we last saw it.",
          "Try fewer letters of a name, the phone number without its country, or the e-mail address.");
    }
    List<String> lines = new ArrayList<>();
    addPeople(found, lines);
    addRows(found, lines);
    if (found.more()) {
      lines.add("There are more: say more of the name, or the e-mail address.");
    }
    if (!found.people().isEmpty()) {
      lines.add("");
      lines.add("Why somebody is, or is not, in Salesforce: aou-sync explain PMI_ID");
    }
    return lines;
  }

  private static void addPeople(FoundPeople found, List<String> lines) {
    if (found.people().isEmpty()) {
      return;
    }
    TextTable table = new TextTable().row("PMI ID", "Name", "Source", "Salesforce", "Held");
    for (Person person : found.people()) {
      table.row(
          person.pmiId().value(),
          person.name(),
          person.inSource() ? "yes" : "no",
          person.contactIds().isEmpty() ? "no Contact" : String.join(" ", person.contactIds()),
          person.hold() == null ? "" : hold(person.hold()));
    }
    lines.addAll(table.lines(""));
  }

  private static void addRows(FoundPeople found, List<String> lines) {
    if (found.rows().isEmpty()) {
      return;
    }
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("Rows of the source without a PMI ID (malformed-pmi-id): nothing is sent of them");
    TextTable table = new TextTable().row("In its place", "Name", "Row by PMI ID");
    found.rows().forEach(r -> table.row(r.key(), r.name(), r.position()));
    lines.addAll(table.lines(""));
    lines.add("Correct the PMI ID in the source: a P and nine digits.");
  }

  /** Why a participant is held: the kind, and what else the hold says. */
  static String hold(Hold hold) {
    String kind = ConfigSection.word(hold.kind());
    return hold.reason().isEmpty() || hold.reason().equals(kind) || hold.kind() == Kind.FORGOTTEN
        ? kind
        : kind + ", " + hold.reason();
  }
}
