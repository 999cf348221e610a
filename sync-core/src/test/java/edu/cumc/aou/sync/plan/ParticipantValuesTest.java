package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.plan.PlanSite.contactRow;
import static edu.cumc.aou.sync.plan.PlanSite.journeyRow;
import static edu.cumc.aou.sync.plan.PlanSite.person;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticipantValuesTest {

  private static final SourceRow CONTACT = contactRow("Muster", "m@example.org");
  private static final SourceRow JOURNEY = journeyRow("0", "one");

  private static ParticipantValues of(@Nullable SourceRow contact, @Nullable SourceRow journey) {
    return ParticipantValues.of(
        PlanSite.mapping(), person(ParticipantStatus.ACTIVE, contact, journey), PlanSite.TODAY);
  }

  @Test
  void of_readsBothRows_andNothingOfARowThatIsMissing() {
    assertThat(of(CONTACT, JOURNEY))
        .isEqualTo(
            new ParticipantValues(
                values("LastName", "Muster", "Email", "m@example.org"),
                values("Status", "0", "Note", "one")));
    assertThat(of(CONTACT, null).journey()).isEqualTo(FieldValues.empty());
    assertThat(of(null, JOURNEY).contact()).isEqualTo(FieldValues.empty());
  }

  @Test
  void hash_isAnother_ifEitherRowSaysSomethingElse() {
    String before = of(CONTACT, JOURNEY).hash();

    assertThat(of(CONTACT, JOURNEY).hash()).isEqualTo(before);
    assertThat(of(contactRow("Other", "m@example.org"), JOURNEY).hash()).isNotEqualTo(before);
    assertThat(of(CONTACT, journeyRow("0", "two")).hash()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "CONTACT, Email, m@example.org, true",
    "CONTACT, Email, other@example.org, false",
    "CONTACT, Note, one, false",
    "JOURNEY, Note, one, true",
    "JOURNEY, Note, two, false",
    "JOURNEY, Email, m@example.org, false"
  })
  void stillSay_onlyWhatTheRowsOfThatObjectHold(
      CrmObject object, String field, String sent, boolean expected) {
    assertThat(of(CONTACT, JOURNEY).stillSay(object, values(field, sent))).isEqualTo(expected);
  }

  @Test
  void stillSay_needsEveryField() {
    assertThat(
            of(CONTACT, JOURNEY)
                .stillSay(CrmObject.CONTACT, values("Email", "m@example.org", "LastName", "Other")))
        .isFalse();
  }

  @Test
  void toString_hidesTheValues() {
    assertThat(of(CONTACT, JOURNEY)).asString().doesNotContain("Muster", "example.org", "one");
  }
}
