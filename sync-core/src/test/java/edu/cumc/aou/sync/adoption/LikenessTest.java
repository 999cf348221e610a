package edu.cumc.aou.sync.adoption;

import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikenessTest {

  private static final FieldValues PARTICIPANT =
      values(
          "FirstName", "José",
          "LastName", "O'Brien",
          "Email", "Jo@Example.org",
          "Phone", "(212) 555-0100",
          "MobilePhone", "212 555 0101",
          "Birthdate", "1950-01-31");

  private static FieldValues with(String field, String text) {
    return PARTICIPANT.with(FieldValues.of(Map.of(new FieldName(field), new FieldValue(text))));
  }

  @Test
  void sameInOtherForms_matches() {
    FieldValues contact =
        values(
            "FirstName", "JOSE",
            "LastName", "OBrien",
            "Email", " jo@example.org",
            "OtherPhone", "+1 212 555 0101",
            "Birthdate", "1950-01-31");

    assertThat(Likeness.of(PARTICIPANT, contact))
        .isEqualTo(
            new Likeness(
                List.of("FirstName", "LastName", "Email", "Phone", "Birthdate"), List.of()));
  }

  @Test
  void everythingElse_differs() {
    FieldValues contact =
        values(
            "FirstName", "Ann",
            "LastName", "Miller",
            "Email", "ann@example.org",
            "Phone", "212 555 0199",
            "Birthdate", "1980-01-31");

    assertThat(Likeness.of(PARTICIPANT, contact))
        .isEqualTo(
            new Likeness(
                List.of(), List.of("FirstName", "LastName", "Email", "Phone", "Birthdate")));
  }

  @Test
  void namesThatSoundAlike_areSaidToDoSo() {
    FieldValues contact = values("FirstName", "Josue", "LastName", "O'Bryan");

    assertThat(Likeness.of(PARTICIPANT, contact))
        .isEqualTo(
            new Likeness(
                List.of("FirstName (sounds alike)", "LastName (sounds alike)"), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FirstName", "LastName", "Email", "Birthdate"})
  void fieldThatEitherLacks_isInNeitherList(String field) {
    FieldValues lacking = with(field, "");

    for (Likeness one :
        List.of(Likeness.of(lacking, PARTICIPANT), Likeness.of(PARTICIPANT, lacking))) {
      assertThat(one.matched()).hasSize(4).doesNotContain(field);
      assertThat(one.differs()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"Email, none", "Phone, 555-0100"})
  void textThatIsNoAddress_isInNeitherList(String field, String text) {
    FieldValues filler = values(field, text);

    assertThat(Likeness.of(PARTICIPANT, filler)).isEqualTo(new Likeness(List.of(), List.of()));
    assertThat(Likeness.of(filler, PARTICIPANT)).isEqualTo(new Likeness(List.of(), List.of()));
  }
}
