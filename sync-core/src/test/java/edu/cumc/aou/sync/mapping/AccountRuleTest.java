package edu.cumc.aou.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountRuleTest {

  private final ConfigProblems problems = new ConfigProblems();

  private Optional<FieldRule> read(String contact) {
    return AccountRule.read(ConfigSection.root(ConfigFactory.parseString(contact), problems));
  }

  @Test
  void read_id_isTheConstantOfAll() {
    FieldRule rule = read("account-id = \"001000000000001AAA\"").orElseThrow();

    assertThat(problems.list()).isEmpty();
    assertThat(rule.field()).isEqualTo("AccountId");
    assertThat(rule.constant()).isEqualTo("001000000000001AAA");
    assertThat(rule.steps()).isEmpty();
    assertThat(rule.policy()).isEqualTo(FieldPolicy.NEVER_CLEAR);
    assertThat(rule.required()).isTrue();
  }

  @Test
  void read_columnOfTheSource_findsEachContactsAccount() {
    FieldRule rule =
        read("account { field = Site_Code__c, column = \"Paired Site\" }").orElseThrow();

    assertThat(problems.list()).isEmpty();
    assertThat(rule.columns()).containsExactly("Paired Site");
    assertThat(rule.constant()).isEmpty();
    assertThat(rule.steps()).isEqualTo(List.of(new Step.Find("Account", "Site_Code__c")));
  }

  @Test
  void read_value_findsTheOneAccount() {
    FieldRule rule = read("account { field = Site_Code__c, value = NYC }").orElseThrow();

    assertThat(problems.list()).isEmpty();
    assertThat(rule.columns()).isEmpty();
    assertThat(rule.constant()).isEqualTo("NYC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | account-id",
        "account-id = \"003000000000001\" | account-id: expected the id of an Account",
        "account-id = \"00100000000000\" | account-id: expected the id of an Account",
        "account { field = Code } | account: needs the field of the Account, and a value or a"
            + " column",
        "account { value = NYC } | account: needs the field of the Account",
        "account { column = c } | account: needs the field of the Account",
        "account { field = Code, value = NYC, column = c } | account: needs the field",
        "account { field = \"1x\", value = NYC } | account.field: is not the API name",
        "account { field = Code, value = NYC, by = c } | account.by",
        "account-id = \"001000000000001\", account { field = Code, value = NYC } | give only one",
      })
  void read_settingsThatMakeNoSense_areOneProblem(String contact, String said) {
    read(contact);

    assertThat(problems.list()).singleElement().asString().contains(said);
  }
}
