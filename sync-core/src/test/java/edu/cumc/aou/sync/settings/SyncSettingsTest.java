package edu.cumc.aou.sync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.FieldRule;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncSettingsTest {

  private final ConfigProblems problems = new ConfigProblems();

  private SyncSettings read(String hocon) {
    return SyncSettings.read(
        ConfigSection.root(
            ConfigFactory.parseString(hocon).withFallback(SyncSettings.defaults()).resolve(),
            problems));
  }

  @Test
  void defaults_needAnAccountAndNothingElse() {
    read("");
    assertThat(problems.list())
        .containsExactly(
            "contact.account-id: is missing; set it in the configuration file or the environment variable AOU_ACCOUNT_ID");
  }

  @Test
  void defaults_holdTheWholeMapping() {
    SyncSettings settings = read("contact.account-id = 001000000000001AAA");
    problems.throwIfAny();
    assertThat(settings.environment()).isEqualTo(Environment.SANDBOX);
    assertThat(settings.localZone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThat(settings.reading().sourceZone()).isEqualTo(settings.localZone());
    assertThat(settings.contact().mapping().rules())
        .hasSize(22)
        .extracting(FieldRule::policy)
        .containsOnly(FieldPolicy.NEVER_CLEAR);
    assertThat(settings.journey().mapping().rules())
        .hasSize(33)
        .extracting(FieldRule::policy)
        .containsOnly(FieldPolicy.OVERWRITE);
    assertThat(settings.journey().mapping().rules()).noneMatch(FieldRule::required);
    assertThat(settings.contact().mapping().rules())
        .filteredOn(FieldRule::required)
        .extracting(FieldRule::field)
        .containsExactlyInAnyOrder("LastName", "AccountId");
    assertThat(settings.journey().firstWait()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.journey().stall()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.journey().max()).isEqualTo(Duration.ofHours(2));
    assertThat(settings.withdrawalFields())
        .containsExactly("HP_Withdrawal_Status__c", "HP_Withdrawal_Date__c");
    assertThat(settings.leaseDuration()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void read_refusesWhatItDoesNotKnow() {
    read(
        "contact { account-id = 001000000000001AAA, objekt = Contact }\nguard { }\nadoption.enabled = true");
    assertThat(problems.list())
        .anySatisfy(
            p -> assertThat(p).startsWith("contact.objekt: unknown setting (did you mean object?)"))
        .anySatisfy(p -> assertThat(p).startsWith("guard: unknown setting (did you mean guards?)"))
        .anySatisfy(p -> assertThat(p).startsWith("adoption.owners: "))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contact.fields.hp_pmi_id__C { column = X } | contact.fields.hp_pmi_id__C",
        "contact.fields.Id { column = X } | contact.fields.Id",
        "journey.fields.Contact__c { column = X } | journey.fields.Contact__c",
        "journey.fields.ID { constant = X } | journey.fields.ID",
        "status.organization.ours = [\"\"] | status.organization.ours",
        "status.test.email-domains = [a, \" \"] | status.test.email-domains",
        "status.test.phone-prefixes = [\"\"] | status.test.phone-prefixes",
        "status.deceased.columns = [\"\"] | status.deceased.columns",
      })
  void read_refusesByName(String setting, String named) {
    read(setting + "\ncontact.account-id = \"001000000000001\"");

    assertThat(problems.list()).singleElement().asString().contains(named);
  }

  @Test
  void read_refusesAnAccountIdOfAnotherObject() {
    read("contact.account-id = 003000000000001AAA");
    assertThat(problems.list())
        .singleElement()
        .asString()
        .startsWith("contact.account-id: expected the id of an Account");
  }
}
