package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.sync.explain.FoundPeople;
import edu.cumc.aou.sync.explain.FoundPeople.Person;
import java.util.ArrayList;
import java.util.List;

/** Who fits what a caller said, and what to type next. */
public final class PeopleFound {

  private PeopleFound() {}

  /** For programs. */
  public static ObjectNode document(FoundPeople found) {
    ObjectNode document = Json.object().put("exitCode", 0);
    ArrayNode people = document.putArray("people");
    for (Person person : found.people()) {
      ObjectNode node =
          people
              .addObject()
              .put("pmiId", person.pmiId().value())
              .put("name", person.name())
              .put("inSource", person.inSource())
              .put("hold", person.hold().isEmpty() ? null : person.hold());
      ArrayNode contacts = node.putArray("contactIds");
      person.contactIds().forEach(contacts::add);
    }
    document.put("more", found.more());
    return document;
  }

  /** For people. */
  public static List<String> lines(FoundPeople found) {
    if (found.people().isEmpty()) {
      return List.of(
          "Nobody fits, in the source or in Salesforce as we last saw it.",
          "Try fewer letters of a name, the phone number without its country, or the e-mail address.");
    }
    TextTable table = new TextTable().row("PMI ID", "Name", "Source", "Salesforce", "Held");
    for (Person person : found.people()) {
      table.row(
          person.pmiId().value(),
          person.name(),
          person.inSource() ? "yes" : "no",
          person.contactIds().isEmpty() ? "no Contact" : String.join(" ", person.contactIds()),
          person.hold());
    }
    List<String> lines = new ArrayList<>(table.lines(""));
    if (found.more()) {
      lines.add("There are more: say more of the name, or the e-mail address.");
    }
    lines.add("");
    lines.add("Why somebody is, or is not, in Salesforce: aou-sync explain PMI_ID");
    return lines;
  }
}
