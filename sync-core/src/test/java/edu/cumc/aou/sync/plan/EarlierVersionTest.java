package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SourceRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A correction is told from a change of the day by the status that the version before gave. */
class EarlierVersionTest {

  private static final SourceRow.Header CONTACT =
      new SourceRow.Header(List.of("Organization", "Email", "Withdrawn_HP"));
  private static final SourceRow.Header JOURNEY =
      new SourceRow.Header(List.of("Withdrawn", "Phone"));

  private static EarlierVersion version(List<String> ours) {
    return new EarlierVersion(
        new RunId(1),
        new StatusSettings(
            "Organization",
            ours,
            "Email",
            List.of("example.com"),
            List.of("TEST"),
            "Phone",
            List.of("444"),
            List.of("Deactivated"),
            List.of("Deceased"),
            List.of("Withdrawn", "Withdrawn_HP")));
  }

  private static ParticipantStatus statusOf(SourceRow contact, SourceRow journey) {
    return version(List.of("COLUMBIA"))
        .statusOf(new Participant(pmiId(1), contact, journey, ParticipantStatus.ACTIVE));
  }

  @ParameterizedTest
  @CsvSource({
    "COLUMBIA, a@example.org, 0, '', ACTIVE",
    "columbia, a@example.org, '', '', ACTIVE",
    "COLUMBIA, a@example.org, 0.0, '', ACTIVE",
    "COLUMBIA, a@example.org, False, '', ACTIVE",
    "COLUMBIA, a@example.org, 1, '', WITHDRAWN",
    "COLUMBIA, a@example.org, ' 1 ', '', WITHDRAWN",
    "COLUMBIA, a@example.org, 1.0, '', WITHDRAWN",
    "ELSEWHERE, a@example.com, TRUE, '', WITHDRAWN",
    "COLUMBIA, a@example.org, 2, '', UNCLEAR",
    "COLUMBIA, a@example.org, UNSET, '', UNCLEAR",
    "ELSEWHERE, a@example.org, 0, '', LEFT",
    "'', a@example.org, 0, '', LEFT",
    "test, a@example.org, 0, '', TEST",
    "COLUMBIA, A@Example.com, 0, '', TEST",
    "COLUMBIA, a@notexample.com, 0, '', ACTIVE",
    "COLUMBIA, a@example.org, 0, (444) 255-0123, TEST",
    "COLUMBIA, a@example.org, 0, 1 444 255 0123, ACTIVE"
  })
  void statusOf_bothRows(
      String organization,
      String email,
      String withdrawn,
      String phone,
      ParticipantStatus expected) {
    assertThat(
            statusOf(
                new SourceRow(CONTACT, organization, email, ""),
                new SourceRow(JOURNEY, withdrawn, phone)))
        .isEqualTo(expected);
  }

  /** It looked at one column of withdrawals, so the other one was news to it. */
  @Test
  void statusOf_withdrawalInTheSecondColumn_wasNotSeen() {
    assertThat(
            statusOf(
                new SourceRow(CONTACT, "COLUMBIA", "a@example.org", "1"),
                new SourceRow(JOURNEY, "0", "")))
        .isEqualTo(ParticipantStatus.ACTIVE);
  }

  @Test
  void statusOf_oneRow() {
    assertThat(statusOf(null, new SourceRow(JOURNEY, "0", ""))).isEqualTo(ParticipantStatus.ACTIVE);
    assertThat(statusOf(null, new SourceRow(JOURNEY, "1", "")))
        .isEqualTo(ParticipantStatus.WITHDRAWN);
    assertThat(statusOf(new SourceRow(CONTACT, "ELSEWHERE", "", ""), null))
        .isEqualTo(ParticipantStatus.LEFT);
  }

  @Test
  void statusOf_withoutOrganizationsOfOurs_nobodyHasLeft() {
    assertThat(
            version(List.of())
                .statusOf(
                    new Participant(
                        pmiId(1),
                        new SourceRow(CONTACT, "ELSEWHERE", "", ""),
                        null,
                        ParticipantStatus.ACTIVE)))
        .isEqualTo(ParticipantStatus.ACTIVE);
  }
}
