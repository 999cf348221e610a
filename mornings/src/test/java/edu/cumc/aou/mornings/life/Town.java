package edu.cumc.aou.mornings.life;

import edu.cumc.aou.mornings.judge.DirtyCases;
import edu.cumc.aou.mornings.judge.Facts.Row;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.FieldTable;
import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.world.SourceColumnsOf;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.testing.Draw;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The people of a source and what becomes of them. */
final class Town {

  /** In what every text of a person is found again where none may be. */
  static final String MARK = "CANARYQ";

  private static final List<Field> CONTACT =
      FieldTable.all().stream().filter(Field::contact).toList();
  private static final List<Field> JOURNEY =
      FieldTable.all().stream().filter(f -> !f.contact()).toList();

  private static final class Person {
    private final Map<String, Object> contact = new HashMap<>();
    private final Map<String, Object> journey = new HashMap<>();
    private final List<Map<String, Object>> moreContacts = new ArrayList<>();
    private final List<Map<String, Object>> moreJourneys = new ArrayList<>();
    private final String pmi;
    private String key;
    private boolean hasContact = true;
    private boolean hasJourney = true;

    Person(String pmi) {
      this.pmi = pmi;
      this.key = pmi;
    }
  }

  private final TownColumns columns;
  private final Map<Integer, Person> people = new TreeMap<>();
  private Source yesterday = Source.EMPTY;
  private Source today = Source.EMPTY;

  Town(RawRow.Type dates) {
    this.columns = new TownColumns(dates);
  }

  /** The columns that the source has by now. */
  SourceColumnsOf columns() {
    return columns.now();
  }

  /** A column that the mapping names and the source lacks by now. */
  @Nullable String missing() {
    return columns.missing();
  }

  /** All columns are there, by their own names. */
  void rest() {
    columns.rest();
  }

  private Person person(int number) {
    return people.computeIfAbsent(
        number,
        n -> {
          Person person = new Person(TestParticipants.pmiText(n));
          person.contact.put("Last Name_HP", MARK + "muster" + n);
          person.contact.put("First Name_HP", MARK + "Anna");
          person.contact.put("Email_HP", "CanaryQ" + n + "@example.org");
          person.contact.put("Paired Organization_HP", "COLUMBIA_COLUMBIA");
          person.journey.put("Participant Status", "Participant");
          person.journey.put("Withdrawal Status", "0");
          person.journey.put("Primary Consent Status", "1");
          Draw draw = new Draw(n);
          draw.some(CONTACT, 40)
              .forEach(f -> person.contact.putIfAbsent(f.column(), value(f, draw)));
          draw.some(JOURNEY, 25)
              .forEach(f -> person.journey.putIfAbsent(f.column(), value(f, draw)));
          person.journey.remove("Withdrawal Date");
          return person;
        });
  }

  /** Signs up the first people. */
  void settle(int number) {
    for (int n = 1; n <= number; n++) {
      person(n);
    }
  }

  /** The people of a site that was there before live here. */
  void settle(Source source) {
    today = source;
    yesterday = source;
    Map<String, Person> known = new TreeMap<>();
    for (Row row : source.contacts()) {
      Person person = row.key() == null ? null : known.get(row.key());
      if (row.key() != null && person == null) {
        person = new Person(row.key());
        person.hasJourney = false;
        known.put(row.key(), person);
        person.contact.putAll(row.values());
      } else if (person != null) {
        person.moreContacts.add(new HashMap<>(row.values()));
      }
    }
    for (Row row : source.journeys()) {
      Person person = row.key() == null ? null : known.get(row.key());
      if (person != null && !person.hasJourney) {
        person.hasJourney = true;
        person.journey.putAll(row.values());
      } else if (person != null) {
        person.moreJourneys.add(new HashMap<>(row.values()));
      }
    }
    known.values().forEach(person -> people.put(people.size() + 1, person));
  }

  /** The PMI ID of a participant, as it should be. */
  String pmi(int number) {
    Person person = people.get(number);
    return person == null ? TestParticipants.pmiText(number) : person.pmi;
  }

  /** Lets it happen. */
  void live(Event event) {
    Person person = person(event.kind() == Kind.SIGNS_UP ? 100 + event.detail() : event.person());
    Draw draw = new Draw(event.detail());
    switch (event.kind()) {
      case CONTACT_CHANGES -> change(person.contact, draw.one(CONTACT), draw);
      case JOURNEY_CHANGES -> change(person.journey, draw.one(JOURNEY), draw);
      case CONTACT_BLANKED -> blank(person.contact, draw.one(CONTACT), draw);
      case JOURNEY_BLANKED -> blank(person.journey, draw.one(JOURNEY), draw);
      case DIRTY_VALUE -> dirty(person, draw);
      case NO_BREAK_BLANK -> {
        person.contact.put("City_HP", "\u00a0");
        person.journey.put("Participant Status", "\u00a0Participant");
      }
      case WITHDRAWS -> withdraw(person);
      case WITHDRAWN_IS_BLANKED -> {
        person.contact.keySet().removeIf(c -> !c.startsWith("Paired"));
        person.journey.clear();
        withdraw(person);
      }
      case UNWITHDRAWS -> {
        person.journey.put("Withdrawal Status", "0");
        person.journey.remove("Withdrawal Date");
        person.contact.putIfAbsent("Last Name_HP", MARK + "again");
      }
      case UNCLEAR -> person.journey.put("Withdrawal Status", draw.one("?", "yes", "2"));
      case LEAVES -> person.contact.put("Paired Organization_HP", "COLUMBIA_WEILL");
      case RETURNS ->
          person.contact.put(
              "Paired Organization_HP", draw.one("COLUMBIA_COLUMBIA", " Columbia_Columbia "));
      case TESTS -> person.contact.put("Email_HP", "x@example.com");
      case DIES -> person.journey.put("Deceased", "2");
      case DOUBLED_EQUAL -> {
        person.moreContacts.add(new HashMap<>(person.contact));
        person.moreJourneys.add(new HashMap<>(person.journey));
      }
      case DOUBLED_DIFFERING -> differ(person, draw);
      case SINGLE_AGAIN -> {
        person.moreContacts.clear();
        person.moreJourneys.clear();
      }
      case KEY_DIRTY -> person.key = " " + person.pmi.toLowerCase() + " ";
      case KEY_MALFORMED -> person.key = draw.one("P12", "", "X012345678");
      case KEY_CLEAN -> person.key = person.pmi;
      case CONTACT_ROW_GOES -> person.hasContact = false;
      case JOURNEY_ROW_GOES -> person.hasJourney = false;
      case ROWS_GO -> {
        person.hasContact = false;
        person.hasJourney = false;
      }
      case ROWS_COME_BACK -> {
        person.hasContact = true;
        person.hasJourney = true;
      }
      case DIRTY_CASE -> dirtyCase(person, draw);
      case COLUMN_RENAMED, COLUMNS_RETYPED, COLUMN_GOES, COLUMNS_BACK ->
          columns.change(event.kind(), draw);
      default -> {}
    }
  }

  /** A value of the list, if the source's columns can hold it. */
  private static void dirtyCase(Person person, Draw draw) {
    DirtyCases.Case dirty = draw.one(DirtyCases.all());
    (dirty.field().contact() ? person.contact : person.journey)
        .put(dirty.field().column(), dirty.text());
  }

  private static void withdraw(Person person) {
    person.journey.put("Withdrawal Status", "1");
    person.journey.put("Withdrawal Date", date("2026-02-27"));
  }

  private static void differ(Person person, Draw draw) {
    if (draw.percent(50)) {
      Map<String, Object> other = new HashMap<>(person.contact);
      other.put("City_HP", MARK + "elsewhere");
      person.moreContacts.add(other);
    } else {
      Map<String, Object> other = new HashMap<>(person.journey);
      other.put("Participant Status", "Other");
      person.moreJourneys.add(other);
    }
  }

  private static void change(Map<String, Object> row, Field field, Draw draw) {
    row.put(field.column(), value(field, draw));
  }

  private static Object value(Field field, Draw draw) {
    return switch (field.reads()) {
      case "date" -> date(draw.one("2025-01-05", "2025-12-31", "2026-02-28", "2024-07-04"));
      case "birth-date" -> date(draw.one("1960-07-04", "1980-02-29", "1999-12-31"));
      case "flag" -> draw.one("0", "1", "2", " 1", "true", "1.0", "0");
      case "us-state" -> draw.one("NY", "New  York", "new jersey", " CT ");
      default -> text(field, draw);
    };
  }

  private static Object text(Field field, Draw draw) {
    int number = draw.below(50);
    return switch (field.name()) {
      case "Email" -> "Canaryq" + number + "@Example.org ";
      case "HP_Sex__c" -> draw.one("Male", "female", "Intersex");
      case "HP_Gender_Identity__c" -> draw.one("Man", "Woman");
      case "HP_Language__c" -> draw.one("English", "Spanish");
      case "MailingPostalCode" -> draw.one("07310", "10032-1234");
      case "Phone" -> draw.one("2125550100", "(212) 555-0199");
      default ->
          draw.one(
              MARK + number,
              "  " + MARK + "Jose\u0301 " + number,
              MARK + "Jos\u00e9 " + number,
              MARK + " O'Brien, \"" + number + "\"",
              MARK + "Null",
              "\u00a0" + MARK + number + "\u200b",
              MARK + "line\nbreak" + number);
    };
  }

  private static void blank(Map<String, Object> row, Field field, Draw draw) {
    if (field.holds().equals("date") || draw.percent(60)) {
      row.remove(field.column());
    } else {
      row.put(field.column(), draw.one("", "  "));
    }
  }

  private static void dirty(Person person, Draw draw) {
    switch (draw.below(6)) {
      case 0 -> person.contact.put("Email_HP", "nobody");
      case 1 -> person.contact.put("State_HP", "Atlantis");
      case 2 -> person.contact.put("City_HP", MARK + "x".repeat(300));
      case 3 ->
          person.contact.put(
              "Date of Birth_HP", date(draw.one("2031-01-01", "0001-01-01", "1900-01-01")));
      case 4 -> person.journey.put("EHR Consent Status", draw.one("Y", "3", "-1"));
      default -> person.contact.put("Last Name_HP", draw.one("", " "));
    }
  }

  private static Object date(String iso) {
    return LocalDate.parse(iso);
  }

  /** The load of a day, with every column by its own name. */
  Source load(boolean half, boolean reverted) {
    if (reverted) {
      return columns.typed(yesterday);
    }
    List<Row> contacts = new ArrayList<>();
    List<Row> journeys = new ArrayList<>();
    people.forEach(
        (number, person) -> {
          if (!half || number % 2 == 0) {
            add(contacts, person.key, person.hasContact, person.contact, person.moreContacts);
            add(journeys, person.key, person.hasJourney, person.journey, person.moreJourneys);
          }
        });
    // a person that only REDCap knows
    contacts.add(new Row(null, Map.of("Last Name_HP", MARK + "redcap")));
    yesterday = today;
    today = new Source(List.copyOf(contacts), List.copyOf(journeys));
    return columns.typed(today);
  }

  private static void add(
      List<Row> rows,
      @Nullable String key,
      boolean there,
      Map<String, Object> row,
      List<Map<String, Object>> more) {
    if (there) {
      rows.add(new Row(key, Map.copyOf(row)));
      more.forEach(m -> rows.add(new Row(key, Map.copyOf(m))));
    }
  }

  /** The load as the source shows it, its columns by the names that they have today. */
  Source shown(Source load) {
    return columns.shown(load);
  }

  static boolean isOfContact(String field) {
    return CONTACT.stream().anyMatch(f -> f.name().equals(field));
  }

  /** How the staff wrote a person down before the sync knew them. */
  Map<String, String> asLead(int number) {
    Map<String, Object> row = person(number).contact;
    Map<String, String> lead = new HashMap<>();
    lead.put("LastName", row.getOrDefault("Last Name_HP", MARK + "muster").toString().strip());
    lead.put("FirstName", row.getOrDefault("First Name_HP", "").toString().strip());
    lead.put("Email", row.getOrDefault("Email_HP", "").toString().strip());
    lead.values().removeIf(String::isBlank);
    lead.putIfAbsent("LastName", MARK + "nobody");
    return lead;
  }
}
