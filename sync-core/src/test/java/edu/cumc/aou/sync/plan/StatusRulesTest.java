package edu.cumc.aou.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRow;
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
}
