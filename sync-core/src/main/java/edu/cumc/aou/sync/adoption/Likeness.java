package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The fields in which a Contact without a PMI ID matches a participant, and those in which it
 * differs. A field that is blank on one side is in neither list.
 */
public record Likeness(List<String> matched, List<String> differs) {

  public Likeness {
    matched = List.copyOf(matched);
    differs = List.copyOf(differs);
  }

  /** Compares the values that we would send with those that a Contact shows. */
  public static Likeness of(FieldValues participant, FieldValues contact) {
    List<String> matched = new ArrayList<>();
    List<String> differs = new ArrayList<>();
    compareNames(MatchKeys.FIRST_NAME, participant, contact, matched, differs);
    compareNames(MatchKeys.LAST_NAME, participant, contact, matched, differs);
    String email = MatchKeys.email(participant);
    String other = MatchKeys.email(contact);
    if (!email.isEmpty() && !other.isEmpty()) {
      (email.equals(other) ? matched : differs).add("Email");
    }
    var phones = MatchKeys.phones(participant);
    var others = MatchKeys.phones(contact);
    if (!phones.isEmpty() && !others.isEmpty()) {
      (Collections.disjoint(phones, others) ? differs : matched).add("Phone");
    }
    String birthdate = participant.get(MatchKeys.BIRTHDATE).text();
    String day = contact.get(MatchKeys.BIRTHDATE).text();
    if (!birthdate.isEmpty() && !day.isEmpty()) {
      (birthdate.equals(day) ? matched : differs).add("Birthdate");
    }
    return new Likeness(matched, differs);
  }

  private static void compareNames(
      FieldName field,
      FieldValues participant,
      FieldValues contact,
      List<String> matched,
      List<String> differs) {
    String name = participant.get(field).text();
    String other = contact.get(field).text();
    if (name.isBlank() || other.isBlank()) {
      return;
    }
    if (MatchKeys.plain(name).equals(MatchKeys.plain(other))) {
      matched.add(field.value());
    } else if (Soundex.of(name).equals(Soundex.of(other))) {
      matched.add(field.value() + " (sounds alike)");
    } else {
      differs.add(field.value());
    }
  }
}
