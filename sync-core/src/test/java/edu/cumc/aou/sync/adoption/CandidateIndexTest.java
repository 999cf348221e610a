package edu.cumc.aou.sync.adoption;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldValues;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateIndexTest {

  private final CandidateIndex index = new CandidateIndex();

  private static FieldValues person(
      String first, String last, String email, String phone, String birthdate) {
    return values(
        "FirstName", blank(first),
        "LastName", blank(last),
        "Email", blank(email),
        "Phone", blank(phone),
        "Birthdate", blank(birthdate));
  }

  private static String blank(String text) {
    return text == null ? "" : text;
  }

  private void candidate(int number, FieldValues fields) {
    index.add(
        new Contact(contactId(number), null, false, fields, Instant.EPOCH, "", false, false, null));
  }

  private Match find(FieldValues participant) {
    return index.find(MatchKeys.of(participant));
  }

  @ParameterizedTest
  @CsvSource({
    "jo@example.org, '', jo@example.org, ''",
    "JO@Example.org, '', jo@example.org, ''",
    "jo@example.org, '', jo@example.org, 2125550100",
    "'', 2125550100, '', 2125550100",
    "other@example.org, (212) 555-0100, jo@example.org, +1 212 555 0100",
    "'', 1-212-555-0100, jo@example.org, 212.555.0100",
    "'', 212-555-0100 ext, jo@example.org, 2125550100"
  })
  void find_addressTheSame_namesAlike(
      String email, String phone, String otherEmail, String otherPhone) {
    candidate(1, person("Jon", "Smith", email, phone, "1950-01-31"));

    assertThat(find(person("JON", "Smyth", otherEmail, otherPhone, "1950-01-31")))
        .isEqualTo(new Match.One(contactId(1)));
    assertThat(find(person("John", "Smyth", otherEmail, otherPhone, "1950-01-31")))
        .as("twins may sound alike")
        .isEqualTo(new Match.Doubtful(Match.MAY_BE_RELATIVE, Set.of(contactId(1))));
  }

  @ParameterizedTest
  @CsvSource({
    "Maria, Nguyen, 1997-09-07, 2125550100, true",
    "Rossi, María, 1997-09-07, 2125550100, true",
    "Rossi, Maria, 1997-09-08, 2125550100, false",
    "Maria, Nguyen, , 2125550100, false",
    "Maria, Nguyen, 1997-09-07, 2125550101, false",
    "Marta, Nguyen, 1997-09-07, 2125550100, false"
  })
  void find_anotherLastName_orNamesInAnotherOrder_needTheDayOfBirthAndAnAddress(
      String first, String last, String birthdate, String phone, boolean found) {
    candidate(1, person("Maria", "Rossi", "", "(212) 555-0100", "1997-09-07"));
    assertThat(find(person(first, last, "", phone, birthdate)))
        .isEqualTo(found ? new Match.One(contactId(1)) : new Match.None());
  }

  /** A shelter's telephone and a day that stands for an unknown one say little. */
  @ParameterizedTest
  @CsvSource({"Maria, 1997-01-01", "M, 1997-09-07"})
  void find_firstOfJanuary_andInitials_tellNobody(String first, String birthdate) {
    candidate(1, person(first, "Garcia", "", "2125550100", birthdate));
    assertThat(find(person(first, "Nguyen", "", "2125550100", birthdate)))
        .isEqualTo(new Match.None());
  }

  @Test
  void find_telephoneAndNames_withoutADayOfBirth_mayBeAParent() {
    candidate(1, person("Jon", "Smith", "", "2125550100", ""));

    assertThat(find(person("Jon", "Smith", "", "2125550100", "1980-01-31")))
        .isEqualTo(new Match.Doubtful(Match.MAY_BE_RELATIVE, Set.of(contactId(1))));
  }

  @ParameterizedTest
  @CsvSource({
    "Jon, Smith, '', '', Jon, Smith, '', ''",
    "'', Smith, jo@example.org, '', '', Smith, jo@example.org, ''",
    "Jon, '', jo@example.org, '', Jon, '', jo@example.org, ''",
    "Jon, Smith, none, '', Jon, Smith, none, ''",
    "Jon, Smith, '', 000-000-0000, Jon, Smith, '', 0000000000",
    "Jon, Smith, '', 555-0100, Jon, Smith, '', 555-0100",
    "Jon, Smith, jo@example.org, '', Ann, Smith, jo@example.org, ''",
    "Jon, Smith, jo@example.org, '', Jon, Miller, jo@example.org, ''",
    "Jon, Smith, jo@example.org, '', Jon, Smith, jo2@example.org, ''",
    "Jon, Smith, '', 2125550100, Jon, Smith, '', 2125550101",
    "小龙, 李, jo@example.org, '', 小明, 李, jo@example.org, ''"
  })
  void find_blanksFillersOrOthers_isNobody(
      String first,
      String last,
      String email,
      String phone,
      String otherFirst,
      String otherLast,
      String otherEmail,
      String otherPhone) {
    candidate(1, person(first, last, email, phone, ""));

    assertThat(find(person(otherFirst, otherLast, otherEmail, otherPhone, "")))
        .isEqualTo(new Match.None());
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void find_namesWithoutLatinLetters_areComparedAsTheyAre() {
    candidate(1, person("小龙", "李", "jo@example.org", "", ""));

    assertThat(find(person("小龙", "李", "jo@example.org", "", "")))
        .isEqualTo(new Match.One(contactId(1)));
  }

  @Test
  void find_otherDayOfBirth_isDoubtful_andAnUnknownOneIsNot() {
    candidate(1, person("Jon", "Smith", "jo@example.org", "", "1950-01-31"));

    assertThat(find(person("Jon", "Smith", "jo@example.org", "", "1950-01-31")))
        .isEqualTo(new Match.One(contactId(1)));
    assertThat(find(person("Jon", "Smith", "jo@example.org", "", "")))
        .isEqualTo(new Match.One(contactId(1)));
    assertThat(find(person("Jon", "Smith", "jo@example.org", "", "1980-01-31")))
        .as("father and son")
        .isEqualTo(new Match.Doubtful(Match.OTHER_BIRTHDATE, Set.of(contactId(1))));
  }

  @Test
  void find_severalContacts_isDoubtful_whetherByOneAddressOrTwo() {
    candidate(1, person("Jon", "Smith", "jo@example.org", "", ""));
    candidate(2, person("John", "Smith", "", "2125550100", ""));

    assertThat(find(person("Jon", "Smith", "jo@example.org", "", "")))
        .isEqualTo(new Match.One(contactId(1)));
    assertThat(find(person("Jon", "Smith", "jo@example.org", "2125550100", "")))
        .isEqualTo(new Match.Doubtful(Match.SEVERAL_CONTACTS, Set.of(contactId(1), contactId(2))));
  }

  @Test
  void find_oneContactByBothAddresses_isOne() {
    candidate(1, person("Jon", "Smith", "jo@example.org", "2125550100", ""));

    assertThat(find(person("Jon", "Smith", "jo@example.org", "2125550100", "")))
        .isEqualTo(new Match.One(contactId(1)));
  }
}
