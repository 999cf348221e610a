package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.Facts.Row;
import edu.cumc.aou.mornings.judge.Facts.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** What one load says of one participant, by docs/daily-run.md and docs/dirty-data.md. */
record Person(String pmi, List<Row> contactRows, List<Row> journeyRows) {

  /** What is to become of them. */
  enum Status {
    ACTIVE,
    WITHDRAWN,
    /** Left, or a test account. */
    SKIPPED,
    REJECTED
  }

  /** A load is looked at many times; loads are the same object each time. */
  private static final Map<Source, Map<String, Person>> READ =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** All people of a load who have a PMI ID. */
  static Map<String, Person> of(Source source) {
    return READ.computeIfAbsent(source, load -> read(load, Set.of()));
  }

  /** The same, as a site sees them that does not read these columns. */
  static Map<String, Person> of(Source source, Set<String> unread) {
    return unread.isEmpty() ? of(source) : read(source, unread);
  }

  private static Map<String, Person> read(Source source, Set<String> unread) {
    Map<String, Person> people = new TreeMap<>();
    source.contacts().stream()
        .filter(r -> r.key() != null)
        .forEach(r -> person(people, r).contactRows().add(without(unread, r)));
    source.journeys().forEach(r -> person(people, r).journeyRows().add(without(unread, r)));
    people.keySet().removeIf(key -> !SourceReader.isPmiId(key));
    return people;
  }

  private static Row without(Set<String> columns, Row row) {
    if (columns.isEmpty()) {
      return row;
    }
    Map<String, Object> values = new TreeMap<>(row.values());
    values.keySet().removeAll(columns);
    return new Row(row.key(), values);
  }

  /** How many rows a load has that name no participant; of contacts, those without a key too. */
  static long malformed(List<Row> rows, boolean contacts) {
    return rows.stream()
        .filter(r -> !(contacts && r.key() == null))
        .filter(r -> !SourceReader.isPmiId(SourceReader.key(r.key() == null ? "" : r.key())))
        .count();
  }

  private static Person person(Map<String, Person> people, Row row) {
    String key = SourceReader.key(row.key() == null ? "" : row.key());
    return people.computeIfAbsent(key, k -> new Person(k, new ArrayList<>(), new ArrayList<>()));
  }

  @Nullable Map<String, Object> contact() {
    return contactRows.isEmpty() ? null : contactRows.get(0).values();
  }

  @Nullable Map<String, Object> journey() {
    return journeyRows.isEmpty() ? null : journeyRows.get(0).values();
  }

  Status status() {
    if (differ(contactRows) || differ(journeyRows)) {
      return Status.REJECTED;
    }
    String withdrawal = said(journey(), "Withdrawal Status");
    if (withdrawal.matches("1(\\.0+)?|true")) {
      return Status.WITHDRAWN;
    }
    if (!withdrawal.matches("|0(\\.0+)?|false")) {
      return Status.REJECTED;
    }
    String organization = said(contact(), "Paired Organization_HP").toUpperCase(Locale.ROOT);
    String email = said(contact(), "Email_HP").toLowerCase(Locale.ROOT);
    boolean test = organization.equals("TEST") || email.endsWith("@example.com");
    boolean left = contact() != null && !organization.equals("COLUMBIA_COLUMBIA");
    return test || left ? Status.SKIPPED : Status.ACTIVE;
  }

  private static String said(@Nullable Map<String, Object> row, String column) {
    return row == null ? "" : SourceReader.said(row, column);
  }

  /** Whether rows differ in more than blanks. */
  private static boolean differ(List<Row> rows) {
    return rows.stream().map(Person::texts).distinct().count() > 1;
  }

  private static Map<String, String> texts(Row row) {
    Map<String, String> texts = new TreeMap<>();
    row.values()
        .forEach(
            (c, value) ->
                texts.put(c, DirtyCases.isBlank(value) ? "" : SourceReader.said(row.values(), c)));
    texts.values().removeIf(String::isEmpty);
    return texts;
  }
}
