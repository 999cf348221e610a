package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a person is compared: how to reach them, how their names sound, and the day of their
 * birth. Personal data.
 *
 * @param addresses e-mail addresses and phone numbers, in one form each; blanks and fillers are
 *     none
 * @param names how first and last name sound; empty text unless both are there
 * @param birthdate empty text if it is not there
 */
record MatchKeys(Set<String> addresses, String names, String birthdate) {

  static final FieldName FIRST_NAME = new FieldName("FirstName");
  static final FieldName LAST_NAME = new FieldName("LastName");
  static final FieldName EMAIL = new FieldName("Email");
  static final FieldName BIRTHDATE = new FieldName("Birthdate");

  static final List<FieldName> PHONES =
      List.of(
          new FieldName("Phone"),
          new FieldName("MobilePhone"),
          new FieldName("HomePhone"),
          new FieldName("OtherPhone"));

  /** All that is compared, as far as an org has it. */
  static final List<FieldName> FIELDS = allFields();

  /** A number without its country's code has so many digits. */
  private static final int PHONE_DIGITS = 10;

  private static List<FieldName> allFields() {
    List<FieldName> fields = new ArrayList<>(List.of(FIRST_NAME, LAST_NAME, EMAIL, BIRTHDATE));
    fields.addAll(PHONES);
    return List.copyOf(fields);
  }

  static MatchKeys of(FieldValues values) {
    Set<String> addresses = new TreeSet<>();
    String email = values.get(EMAIL).text().strip().toLowerCase(Locale.ROOT);
    if (email.contains("@")) {
      addresses.add(email);
    }
    for (FieldName phone : PHONES) {
      String digits = values.get(phone).text().replaceAll("[^0-9]", "");
      if (digits.length() >= PHONE_DIGITS) {
        String last = digits.substring(digits.length() - PHONE_DIGITS);
        if (last.chars().distinct().count() > 1) {
          addresses.add(last);
        }
      }
    }
    return new MatchKeys(
        addresses,
        names(values.get(FIRST_NAME), values.get(LAST_NAME)),
        values.get(BIRTHDATE).text());
  }

  private static String names(FieldValue first, FieldValue last) {
    return first.isBlank() || last.isBlank()
        ? ""
        : Soundex.of(first.text()) + " " + Soundex.of(last.text());
  }

  /** Whether there is enough to find somebody by. */
  boolean canMatch() {
    return !names.isEmpty() && !addresses.isEmpty();
  }

  boolean contradictsBirthdate(String other) {
    return !birthdate.isEmpty() && !other.isEmpty() && !birthdate.equals(other);
  }

  @Override
  public String toString() {
    return "MatchKeys[hidden]";
  }
}
