package edu.cumc.aou.sync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarTest {

  @ParameterizedTest
  @CsvSource({
    "Withdrawal_Status, Withdrawal Status",
    "withdrawal statis, Withdrawal Status",
    "HP_Withdrawal_Statis__c, HP_Withdrawal_Status__c",
    "Last Nme_HP, Last Name_HP",
    "E-mail_HP, Email_HP",
    "Deceasd, Deceased",
    "conatct, contact",
    "--initial-laod, --initial-load",
    "jdbc-ulr, jdbc-url",
    "Language, Language of General Consent_HP",
    "The Language of General Consent, Language of General Consent_HP",
  })
  void slipOfThePen_isHintedAt(String name, String meant) {
    assertThat(Similar.hint(name, List.of("Something Else", meant)))
        .isEqualTo(" (did you mean " + meant + "?)");
  }

  @ParameterizedTest
  @CsvSource({
    "Deactivation Status, Withdrawal Status",
    "EHR Consent Date, EHR Consent Status",
    "HP_Withdrawal_Status__c, HP_Withdrawal_Date__c",
    "4 mL EDTA Collection Date, 2 mL EDTA Collection Date",
    "1st 10 mL EDTA Received Date, 2nd 10 mL EDTA Received Date",
    "COPE May PPI Survey Completion Date, COPE June PPI Survey Completion Date",
    "Race, Age",
    "Login Phone, Phone",
    "Birthdate, Birthplace",
    "Deactivation Status, Status",
  })
  void anotherNameWithTheSameWords_isNoHint(String name, String other) {
    assertThat(Similar.hint(name, List.of("Something Else", other))).isEmpty();
  }

  /** As they are written in the configuration. */
  @Test
  void blanksThatNobodySees_areShown() {
    assertThat(Similar.hint("City_HP", List.of("City_HP\u00A0")))
        .isEqualTo(" (did you mean \"City_HP\\u00a0\"?)");
    assertThat(Similar.hint("Email_HP", List.of("Email_HP ")))
        .isEqualTo(" (did you mean \"Email_HP \"?)");
    assertThat(Similar.hint("Last Nme", List.of("Last Name"))).contains("mean Last Name?");
  }

  @Test
  void severalThatAreAsNear_areNoHint() {
    assertThat(Similar.hint("Status", List.of("Withdrawal Status", "Consent Status"))).isEmpty();
    assertThat(Similar.hint("Phon", List.of("Phone", "Phony"))).isEmpty();
    assertThat(Similar.hint("Phon", List.of("Phone", "PHONE"))).contains("Phone");
  }
}
