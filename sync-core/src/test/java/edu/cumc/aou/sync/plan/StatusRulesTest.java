package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceFixtures;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusRulesTest {

  private static final SourceRow.Header CONTACT =
      new SourceRow.Header(List.of("Paired Organization_HP", "Email_HP"));
  private static final SourceRow.Header JOURNEY =
      new SourceRow.Header(
          List.of("Withdrawal Status", "Login Phone", "Deactivation Status", "Deceased"));

  private final StatusRules rules = new StatusRules(defaults(), Cells.of(List.of("UNSET")));

  private static StatusSettings defaults() {
    ConfigProblems problems = new ConfigProblems();
    return SyncSettings.read(ConfigSection.root(SyncSettings.defaults().resolve(), problems))
        .status();
  }

  private static SourceRow contact(String organization, String email) {
    return new SourceRow(CONTACT, organization, email);
  }

  private static SourceRow journey(
      String withdrawal, String phone, String deactivated, String deceased) {
    return new SourceRow(JOURNEY, withdrawal, phone, deactivated, deceased);
  }

  @ParameterizedTest
  @CsvSource({
    "COLUMBIA_COLUMBIA, a@example.org, 0, '', 0, 0, ACTIVE",
    "COLUMBIA_COLUMBIA, a@example.org, '', '', '', '', ACTIVE",
    "COLUMBIA_COLUMBIA, a@example.org, 1, '', 0, 0, WITHDRAWN",
    "COLUMBIA_COLUMBIA, '', ' 1', '', 0, 0, WITHDRAWN",
    "COLUMBIA_COLUMBIA, a@example.org, 2, '', 0, 0, UNCLEAR",
    "COLUMBIA_COLUMBIA, a@example.org, Y, '', 0, 0, UNCLEAR",
    "COLUMBIA_WEILL, a@example.org, 0, '', 0, 0, LEFT",
    "columbia_columbia, a@example.org, 0, '', 0, 0, ACTIVE",
    "UNSET, a@example.org, 0, '', 0, 0, LEFT",
    "COLUMBIA_WEILL, a@example.org, 1, '', 0, 0, WITHDRAWN",
    "TEST, a@example.org, 0, '', 0, 0, TEST",
    "COLUMBIA_COLUMBIA, Someone@Example.COM, 0, '', 0, 0, TEST",
    "COLUMBIA_COLUMBIA, a@notexample.com, 0, '', 0, 0, ACTIVE",
    "COLUMBIA_COLUMBIA, a@example.org, 0, 444-255-0123, 0, 0, TEST",
    "COLUMBIA_COLUMBIA, a@example.org, 0, '', 1, 0, DEACTIVATED",
    "COLUMBIA_COLUMBIA, a@example.org, 0, '', 0, 2, DECEASED",
    "COLUMBIA_COLUMBIA, a@example.org, 0, '', 0, 1, ACTIVE",
  })
  void statusOf_bothRows(
      String organization,
      String email,
      String withdrawal,
      String phone,
      String deactivated,
      String deceased,
      ParticipantStatus expected) {
    assertThat(
            rules.statusOf(
                contact(organization, email), journey(withdrawal, phone, deactivated, deceased)))
        .isEqualTo(expected);
  }

  @Test
  void statusOf_oneRow() {
    assertThat(rules.statusOf(contact("COLUMBIA_COLUMBIA", ""), null))
        .isEqualTo(ParticipantStatus.ACTIVE);
    assertThat(rules.statusOf(null, journey("1", "", "", "")))
        .isEqualTo(ParticipantStatus.WITHDRAWN);
    // the journey relation has everybody: without a contact row nobody says that the person left
    assertThat(rules.statusOf(null, journey("0", "", "", ""))).isEqualTo(ParticipantStatus.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "444-255-0123, TEST",
    "+1 (444) 255-0123, TEST",
    "1 444 255 0123, TEST",
    "2444 255 0123, ACTIVE",
    "14442550123 4, ACTIVE",
    "44 52, ACTIVE",
  })
  void statusOf_testPhone_inAnyForm_withOrWithoutTheCountryCode(
      String phone, ParticipantStatus expected) {
    assertThat(rules.statusOf(contact("COLUMBIA_COLUMBIA", ""), journey("0", phone, "0", "0")))
        .isEqualTo(expected);
  }

  @Test
  void statusOf_valueOfTheContactRow_comesBeforeThatOfTheJourney() {
    SourceRow contact =
        new SourceRow(
            new SourceRow.Header(List.of("Paired Organization_HP", "Deactivation Status")),
            "COLUMBIA_COLUMBIA",
            "0");

    assertThat(rules.statusOf(contact, journey("0", "", "1", "0")))
        .isEqualTo(ParticipantStatus.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "withdrawal.status-column, 0, NOT_WITHDRAWN, true",
    "withdrawal.status-column, '', NOT_WITHDRAWN, true",
    "withdrawal.status-column, 1, WITHDRAWN, true",
    "withdrawal.status-column, 2, UNCLEAR, true",
    "withdrawal.status-column, perhaps, UNCLEAR, false",
    "status.organization.column, columbia_columbia, OURS, true",
    "status.organization.column, test, TEST, true",
    "status.organization.column, COLUMBIA_WEILL, LEFT, false",
    "status.deactivated.columns, 1, DEACTIVATED, true",
    "status.deactivated.columns, 0, NOT_DEACTIVATED, true",
    "status.deactivated.columns, 2, NOT_DEACTIVATED, true",
    "status.deactivated.columns, perhaps, NOTHING_KNOWN, false",
    "status.deceased.columns, 2, DECEASED, true",
    "status.deceased.columns, 1, NOT_DECEASED, true",
    "status.deceased.columns, perhaps, NOTHING_KNOWN, false",
  })
  void meaningOf_eachColumn_saysWhatTheRuleMakesOfAValue(
      String setting, String value, StatusMeaning meaning, boolean isKnown) {
    StatusMeaning.Column column =
        rules.judged().stream().filter(c -> c.setting().equals(setting)).findFirst().orElseThrow();

    assertThat(rules.meaningOf(column, value)).isEqualTo(meaning);
    assertThat(rules.isKnown(column, value)).isEqualTo(isKnown);
  }

  @Test
  void meaningOf_organization_ofASiteThatNamesNone_isOurs() {
    StatusRules everybody =
        new StatusRules(
            new StatusSettings(
                "Org",
                List.of(),
                "",
                List.of(),
                List.of("Test"),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of()),
            Cells.plain());
    StatusMeaning.Column column = everybody.judged().get(0);

    assertThat(everybody.judged())
        .containsExactly(new StatusMeaning.Column("status.organization.column", "Org"));
    assertThat(everybody.meaningOf(column, "elsewhere")).isEqualTo(StatusMeaning.OURS);
    assertThat(everybody.meaningOf(column, "test")).isEqualTo(StatusMeaning.TEST);
    assertThat(
            everybody.statusOf(
                new SourceRow(new SourceRow.Header(List.of("Org")), "elsewhere"), null))
        .isEqualTo(ParticipantStatus.ACTIVE);
  }

  @Test
  void columns_areFoundInAnyCase_eachOnce() {
    SourceColumns relation =
        SourceFixtures.textColumns(
            SourceRelation.JOURNEYS, List.of("withdrawal status", "DECEASED", "Other"));

    assertThat(rules.columnsIn(relation)).containsExactly("withdrawal status", "DECEASED");
    assertThat(rules.all())
        .containsAll(rules.judged())
        .contains(
            new StatusMeaning.Column("status.test.email-column", "Email_HP"),
            new StatusMeaning.Column("status.test.phone-column", "Login Phone"));
  }

  @Test
  void read_emptyEntries_areProblems() {
    ConfigProblems problems = new ConfigProblems();
    StatusSettings unused =
        StatusSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString(
                    """
                    organization.ours = [" "]
                    test { email-domains = [""], organizations = [""], phone-prefixes = [""] }
                    deactivated.columns = [""], deceased.columns = [""]
                    """),
                problems),
            List.of());

    assertThat(problems.list())
        .extracting(problem -> problem.toString().split(":")[0])
        .containsExactlyInAnyOrder(
            "organization.ours",
            "test.email-domains",
            "test.organizations",
            "test.phone-prefixes",
            "deactivated.columns",
            "deceased.columns");
  }

  @Test
  void read_textsAreReadAsACellIs() {
    StatusSettings settings =
        new StatusSettings(
            "",
            List.of(" columbia "),
            "",
            List.of("@Example.COM"),
            List.of("test"),
            "",
            List.of("+1 (444)", "no digits"),
            List.of(),
            List.of(),
            List.of());

    assertThat(settings.ourOrganizations()).containsExactly("COLUMBIA");
    assertThat(settings.testEmailDomains()).containsExactly("example.com");
    assertThat(settings.testOrganizations()).containsExactly("TEST");
    assertThat(settings.testPhonePrefixes()).containsExactly("444");
  }
}
