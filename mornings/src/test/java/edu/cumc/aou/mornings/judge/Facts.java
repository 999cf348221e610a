package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.sync.report.SyncReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the judge is shown of a morning. */
public final class Facts {

  private Facts() {}

  /** A row of the source; columns that are NULL are absent. */
  public record Row(@Nullable String key, Map<String, Object> values) {}

  /** A load of both relations. Two loads are never the same. */
  public static final class Source {

    /** No rows at all. */
    public static final Source EMPTY = new Source(List.of(), List.of());

    private final List<Row> contacts;
    private final List<Row> journeys;

    public Source(List<Row> contacts, List<Row> journeys) {
      this.contacts = List.copyOf(contacts);
      this.journeys = List.copyOf(journeys);
    }

    public List<Row> contacts() {
      return contacts;
    }

    public List<Row> journeys() {
      return journeys;
    }
  }

  /** A record of the org; fields without a value are absent. */
  public record Rec(
      String id, Map<String, String> fields, boolean deleted, @Nullable String mergedInto) {

    String text(String field) {
      return fields.getOrDefault(field, "");
    }

    /** The PMI ID as its field shows it, in its one form; anything else is empty text. */
    String pmi() {
      String key = SourceReader.key(text("HP_PMI_ID__c"));
      return SourceReader.isPmiId(key) ? key : "";
    }

    /** The fields that the site maps. */
    Map<String, String> mapped() {
      Map<String, String> mapped = new HashMap<>(fields);
      mapped.keySet().removeIf(f -> FieldTable.all().stream().noneMatch(t -> t.name().equals(f)));
      return mapped;
    }

    /** The mapped fields that another state of the record shows otherwise. */
    Set<String> differing(Rec other) {
      Set<String> all = new HashSet<>(mapped().keySet());
      all.addAll(other.mapped().keySet());
      all.removeIf(f -> text(f).equals(other.text(f)));
      return all;
    }
  }

  /** All records of the org, those in the bin included, by id. */
  public record Org(Map<String, Rec> contacts, Map<String, Rec> journeys) {

    /** Without these records. */
    public Org without(Set<String> ids) {
      Map<String, Rec> fewerContacts = new LinkedHashMap<>(contacts);
      Map<String, Rec> fewerJourneys = new LinkedHashMap<>(journeys);
      fewerContacts.keySet().removeAll(ids);
      fewerJourneys.keySet().removeAll(ids);
      return new Org(fewerContacts, fewerJourneys);
    }

    Stream<Rec> live(String pmi) {
      return contacts.values().stream().filter(c -> !c.deleted() && c.pmi().equals(pmi));
    }

    /** How many Contacts without a PMI ID may be a person's: names may sound alike only. */
    long leads(String lastName, String email, String phone) {
      return contacts.values().stream()
          .filter(c -> !c.deleted() && c.pmi().isEmpty())
          .filter(
              c ->
                  c.text("LastName").equalsIgnoreCase(lastName)
                      || (!email.isEmpty() && c.text("Email").equalsIgnoreCase(email))
                      || (!phone.isEmpty() && c.text("Phone").equals(phone)))
          .count();
    }

    List<Rec> journeysOf(String contactId) {
      return journeys.values().stream()
          .filter(j -> !j.deleted() && j.text("Contact__c").equals(contactId))
          .toList();
    }

    @Nullable Rec find(String id) {
      Rec contact = contacts.get(id);
      return contact == null ? journeys.get(id) : contact;
    }
  }

  /** The rows of the three tables, their columns with blanks between them. */
  public record Tables(Set<String> ids, Set<String> relationship) {

    /**
     * The contradictions in the tables, at any point of a run: the other tables lack a pair of a
     * row of Relationship, or a Contact has two rows.
     */
    public List<String> contradictions() {
      List<String> found = new ArrayList<>();
      Set<String> contacts = new HashSet<>();
      for (String row : relationship) {
        String[] cells = row.split(" ");
        if (!contacts.add(cells[0])) {
          found.add("Relationship has a Contact twice");
        }
        if (!ids.contains(cells[0] + " " + cells[1])) {
          found.add("Relationship has a row that Contact_PMI lacks");
        }
        if (cells.length > 2 && !ids.contains(cells[0] + " " + cells[2])) {
          found.add("Relationship has a row that Contact_Journey lacks");
        }
      }
      return found;
    }
  }

  /** Where a participant is named, and why. */
  public record Name(String pmi, String where, String reason) {
    @Override
    public String toString() {
      return where + " " + reason;
    }
  }

  /** A row of the ledger that was sent. */
  public record Sent(
      String pmi,
      boolean contact,
      String action,
      String state,
      String recordId,
      Map<String, String> values) {}

  /**
   * Causes that the world knows of.
   *
   * @param refused participants with a record that the world made Salesforce refuse in the last
   *     days
   * @param rewritten fields that an automation rewrites, or did in the last days
   * @param insisted fields that staff changed more than once, or that an automation rewrites
   * @param forgotten participants who are forgotten
   * @param disturbed whether something went wrong on purpose during the run
   * @param touched records that another user changed during the run
   */
  public record Causes(
      Set<String> refused,
      Set<String> rewritten,
      Set<String> insisted,
      Set<String> forgotten,
      boolean disturbed,
      Set<String> touched) {}

  /**
   * The rules of the site.
   *
   * @param policies policies of fields that differ from the table's; {@code off} for a field that
   *     is not mapped
   * @param changed fields with a policy that changed in the last days
   * @param recreate whether a deleted Contact is created again
   * @param notOffered a field and a value that its picklist no longer offers, with = between them
   */
  public record Rules(
      Map<String, String> policies, Set<String> changed, boolean recreate, String notOffered) {

    boolean isMapped(FieldTable.Field field) {
      return !"off".equals(policies.get(field.name()));
    }

    /** The columns that no mapped field reads; rows that differ there alone say the same. */
    Set<String> unread() {
      Set<String> columns = new HashSet<>();
      FieldTable.all().stream().filter(f -> !isMapped(f)).forEach(f -> columns.addAll(f.columns()));
      FieldTable.all().stream().filter(this::isMapped).forEach(f -> columns.removeAll(f.columns()));
      return columns;
    }

    /** Whether a value may be sent; a run that was planned before may follow the policy before. */
    boolean allow(FieldTable.Field field, String value, boolean fresh) {
      return (!fresh && changed.contains(field.name()))
          || (isMapped(field) && (!value.isEmpty() || field(field).policy().equals("overwrite")));
    }

    SourceReader.Reading read(FieldTable.Field field, Map<String, Object> row, LocalDate today) {
      SourceReader.Reading said = SourceReader.read(field, row, today);
      return notOffered.equals(field.name() + "=" + said.text())
          ? SourceReader.Reading.refused("not-in-picklist")
          : said;
    }

    FieldTable.Field field(FieldTable.Field field) {
      String policy = policies.get(field.name());
      return policy == null ? field : field.withPolicy(policy);
    }
  }

  /**
   * A morning.
   *
   * @param loads what the source said today and before, today's last
   * @param names everybody who is named by now
   * @param report null when the run did not come to a report
   * @param exit the exit code
   * @param kind what the run was: sync, plan, retry, undo
   * @param fresh whether it was planned today, and nothing of an earlier run was sent by it
   */
  public record Morning(
      Rules rules,
      LocalDate today,
      List<Source> loads,
      Org before,
      Org after,
      Tables tables,
      List<Name> names,
      List<Sent> sent,
      @Nullable SyncReport report,
      int exit,
      String kind,
      boolean fresh,
      Causes causes) {

    Source source() {
      return loads.get(loads.size() - 1);
    }

    /** What today's source says of each, in the columns that are read. */
    Map<String, Person> people() {
      return Person.of(source(), rules.unread());
    }

    /** The same morning with another end. */
    public Morning with(Org otherAfter, Tables otherTables) {
      return new Morning(
          rules,
          today,
          loads,
          before,
          otherAfter,
          otherTables,
          names,
          sent,
          report,
          exit,
          kind,
          fresh,
          causes);
    }

    /** Whether the source says something of them that the org has to show. */
    public boolean isOfActive(String pmi) {
      Person person = people().get(pmi);
      return person != null
          && person.status() == Person.Status.ACTIVE
          && person.contact() != null
          && person.journey() != null;
    }
  }

  /** What is not as it should be; names no person by value, but by number. */
  public record Violation(Law law, String text) {
    @Override
    public String toString() {
      return law.name().toLowerCase(Locale.ROOT) + ": " + text;
    }
  }

  /** The laws. */
  public enum Law {
    CONVERGES,
    ONCE,
    NEVER,
    ACCOUNTED,
    HONEST,
    TABLES,
    QUIET,
    BACK,
    GOES_ON,
    SILENT
  }
}
