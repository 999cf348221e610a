package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.RunTable.OrgSeen;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedFieldsGuardTest {

  private static final int RECORDS = 200;
  private static final int WITH_A_PHONE = 100;
  private static final String SETTINGS =
      "max-field-changes { number = 10, share = 20% }, max-other-persons { number = 5, share = 1% }";
  private static final Tallies COUNTED = Tallies.of(Map.of("counts-changes", 1L));
  private static final Instant NOW = Instant.parse("2026-03-03T05:50:00Z");

  private final SyncStore store = new InMemorySyncStore(Clock.systemUTC());
  private final Map<String, Long> tallies = new HashMap<>();
  private final List<Run> before = new ArrayList<>();
  private boolean asked;

  @BeforeEach
  void mirror() {
    try (MirrorTable.Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      for (int i = 0; i < RECORDS; i++) {
        FieldValues phone = i < WITH_A_PHONE ? values("Phone", "1") : FieldValues.empty();
        refresh.add(new Contact(contactId(i), pmiId(i), true, phone, NOW, "", true, false, null));
        FieldValues day = i < WITH_A_PHONE ? values("A__c", "2020-01-31") : FieldValues.empty();
        refresh.add(new Journey(journeyId(i), contactId(i), day, NOW, "", true, false));
      }
      refresh.commit(new MirrorTable.MirrorState(NOW, NOW, "fingerprint-1"));
    }
  }

  private List<GuardTrip> check(String settings, Tallies lastGood) {
    GuardSettings read =
        GuardSettings.read(
            ConfigSection.root(ConfigFactory.parseString(settings), new ConfigProblems()));
    return new ChangedFieldsGuard(
            read,
            store.mirror(),
            () -> {
              asked = true;
              return before;
            },
            List.of("hp_withdrawal_status__C"))
        .check(Tallies.of(tallies), lastGood, "approve it");
  }

  private void earlier(String count, long records) {
    earlier(Map.of(count, records));
  }

  private void earlier(Map<String, Long> counts) {
    before.add(
        new Run(
            new RunId(before.size() + 1),
            RunMode.SYNC,
            RunState.DONE,
            "org",
            "print",
            NOW,
            NOW,
            Tallies.of(counts),
            List.of(),
            null,
            OrgSeen.NOTHING));
  }

  @ParameterizedTest
  @CsvSource({"contact.changed-field.Phone", "journey.changed-field.A__c"})
  void aField_mayChangeInAShareOfTheRecordsThatHaveIt(String count) {
    tallies.put(count, 20L);
    assertThat(check(SETTINGS, COUNTED)).isEmpty();

    tallies.put(count, 21L);
    assertThat(check(SETTINGS, COUNTED))
        .extracting(GuardTrip::guard)
        .containsExactly("guards.max-field-changes");
    assertThat(check(SETTINGS.replace("20%", "100%"), COUNTED)).isEmpty();
    assertThat(check(SETTINGS.replace("10", "21"), COUNTED)).isEmpty();
  }

  @Test
  void whatCorrectsAnEarlierVersion_comesOnce() {
    tallies.put("contact.changed-field.Phone", 100L);
    tallies.put("contact.corrected-field.Phone", 80L);
    assertThat(check(SETTINGS, COUNTED)).isEmpty();

    tallies.put("contact.corrected-field.Phone", 79L);
    assertThat(check(SETTINGS, COUNTED))
        .singleElement()
        .satisfies(
            trip -> assertThat(trip.message()).contains("Phone in 100 (79 of them only correct"));
  }

  @Test
  void withdrawals_haveAGuardOfTheirOwn() {
    tallies.put("journey.changed-field.HP_Withdrawal_Status__c", 100L);
    tallies.put("journey.filled-field.HP_Withdrawal_Status__c", 100L);

    assertThat(check(SETTINGS, COUNTED)).isEmpty();
  }

  @Test
  void fewRecords_askNobody() {
    tallies.put("contact.changed-field.Fax", 10L);

    assertThat(check(SETTINGS, COUNTED)).isEmpty();
    assertThat(asked).isFalse();
    tallies.put("contact.changed-field.Fax", 11L);
    assertThat(check(SETTINGS, COUNTED)).hasSize(1);
  }

  @Test
  void aFieldThatChangesOften_isKnown() {
    tallies.put("contact.changed-field.Phone", 90L);
    earlier("contact.changed-field.Phone", 3L);
    earlier("contact.changed-field.Phone", 45L);
    earlier("contact.changed-field.Fax", 90L);
    assertThat(check(SETTINGS, COUNTED)).isEmpty();

    tallies.put("contact.changed-field.Phone", 91L);
    assertThat(check(SETTINGS, COUNTED))
        .singleElement()
        .satisfies(
            trip ->
                assertThat(trip.message())
                    .startsWith(
                        "of Contacts would get other values: Phone in 91 of 100; allowed are 10 records and 20% of those with a value, or twice as many as on an earlier day; ")
                    .endsWith("approve it, or raise the setting"));
  }

  @Test
  void aShareOfThePeople_isKnownToo_howeverTheSiteGrows() {
    tallies.putAll(Map.of("contact.changed-field.Phone", 90L, "contact.with-row", 180L));
    earlier(Map.of("contact.changed-field.Phone", 10L, "contact.with-row", 20L));
    assertThat(check(SETTINGS, COUNTED)).isEmpty();

    before.clear();
    earlier(Map.of("contact.changed-field.Phone", 10L, "contact.with-row", 21L));
    assertThat(check(SETTINGS, COUNTED)).hasSize(1);
    before.clear();
    earlier(Map.of("contact.changed-field.Phone", 10L));
    assertThat(check(SETTINGS, COUNTED)).hasSize(1);
  }

  @Test
  void firstValues_areOfAllRecords() {
    tallies.put("journey.filled-field.A__c", 40L);
    assertThat(check(SETTINGS, COUNTED)).isEmpty();

    tallies.put("journey.filled-field.A__c", 41L);
    assertThat(check(SETTINGS, COUNTED))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("guards.max-field-changes");
              assertThat(trip.message())
                  .startsWith(
                      "of journeys would get their first values: A__c in 41, where 100 had one; allowed are 10 records and 20% of all, or twice");
            });
    earlier("journey.filled-field.A__c", 21L);
    assertThat(check(SETTINGS, COUNTED)).isEmpty();
    before.clear();
    tallies.put("journey.corrected-field.A__c", 1L);
    assertThat(check(SETTINGS, COUNTED)).isEmpty();
  }

  @Test
  void runOfAVersionThatDidNotCount_leavesNothingToCompareWith() {
    tallies.put("contact.changed-field.Phone", 100L);

    assertThat(check(SETTINGS, Tallies.none())).isEmpty();
  }

  @Test
  void otherPersons_tripWhateverRanBefore() {
    tallies.put("contact.other-person", 5L);
    assertThat(check(SETTINGS, Tallies.none())).isEmpty();

    tallies.put("contact.other-person", 6L);
    assertThat(check(SETTINGS, Tallies.none()))
        .singleElement()
        .satisfies(
            trip -> {
              assertThat(trip.guard()).isEqualTo("guards.max-other-persons");
              assertThat(trip.message())
                  .startsWith("6 Contacts would become other persons: ")
                  .contains("allowed are 5; ")
                  .endsWith("approve it, or raise the setting");
            });
    assertThat(check(SETTINGS.replace("1%", "3%"), Tallies.none())).isEmpty();
  }
}
