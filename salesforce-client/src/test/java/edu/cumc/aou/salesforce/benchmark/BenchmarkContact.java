package edu.cumc.aou.salesforce.benchmark;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Invented Contacts with the fields that a participant has at least. */
final class BenchmarkContact {

  static final String KEY = "HP_PMI_ID__c";
  static final List<String> FIELDS =
      List.of(KEY, "LastName", "FirstName", "Birthdate", "Email", "Phone", "MailingCity");

  /** Contacts that are written together; the name is their last name. */
  enum Group {
    WARM,
    WARMER,
    REST,
    BULK,
    STREAMED,
    THERE
  }

  private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

  private BenchmarkContact() {}

  static Map<String, Object> of(Group group, int number) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(KEY, key(group, number));
    fields.put("LastName", group.name());
    fields.put("FirstName", "Invented " + number);
    fields.put("Birthdate", LocalDate.of(1940, 1, 1).plusDays(number % 20_000));
    fields.put("Email", "person" + number + "@example.org");
    fields.put("Phone", "212-555-" + digits(4, number % 10_000));
    fields.put("MailingCity", "New York, \"Invented\"");
    return fields;
  }

  /** A key that no Contact of another group has. */
  static String key(Group group, int number) {
    return "P" + digits(2, group.ordinal()) + digits(7, number);
  }

  /** Not by a format: rows are made while the road is measured. */
  private static String digits(int count, int number) {
    return String.valueOf(POWERS[count] + number).substring(1);
  }
}
