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
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.InMemorySyncStore;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClearedFieldsGuardTest {

  private static final int RECORDS = 100;

  private static final Instant NOW = Instant.parse("2026-03-03T05:50:00Z");

  private final SyncStore store = new InMemorySyncStore(Clock.systemUTC());
  private final Map<String, Long> tallies = new HashMap<>();

  /** The first so many Contacts have a phone, the first so many journeys a consent date. */
  private void mirror(int phones, int dates) {
    try (MirrorTable.Refresh refresh = store.mirror().begin(RefreshKind.FULL)) {
      for (int i = 0; i < RECORDS; i++) {
        FieldValues phone = i < phones ? values("Phone", "1") : FieldValues.empty();
        refresh.add(new Contact(contactId(i), pmiId(i), true, phone, NOW, "", true, false, null));
        FieldValues date = i < dates ? values("A__c", "2020-01-31") : FieldValues.empty();
        refresh.add(new Journey(journeyId(i), contactId(i), date, NOW, "", true, false));
      }
      refresh.commit(new MirrorTable.MirrorState(NOW, NOW, "fingerprint-1"));
    }
  }

  private List<GuardTrip> check(String allowance) {
    GuardSettings settings =
        GuardSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString("max-field-clears " + allowance), new ConfigProblems()));
    return new ClearedFieldsGuard(settings, store.mirror())
        .check(Tallies.of(tallies), "approve it");
  }

  @ParameterizedTest
  @CsvSource({
    // cleared, values before, trips
    "20, 100, false",
    "21, 100, true",
    "19, 19, true",
    "19, 37, true",
    "19, 38, false",
    "5, 5, true",
    "5, 9, true",
    "5, 10, false",
    "4, 4, false",
  })
  void tripsAboveItsNumber_orWhenMostValuesOfAFieldGo(long cleared, int before, boolean trips) {
    mirror(before, before);
    tallies.put("journey.cleared-field.A__c", cleared);
    assertThat(check("{ number = 20, share = 5% }").isEmpty()).isEqualTo(!trips);

    tallies.clear();
    tallies.put("contact.cleared-field.Phone", cleared);
    assertThat(check("{ number = 20, share = 5% }").isEmpty()).isEqualTo(!trips);
  }

  @Test
  void aSmallNumber_tripsBelowSeveral() {
    mirror(RECORDS, RECORDS);
    tallies.put("journey.cleared-field.A__c", 3L);
    assertThat(check("{ number = 3, share = 0% }")).isEmpty();
    assertThat(check("{ number = 2, share = 0% }")).hasSize(1);
  }

  @Test
  void aShare_isOfAllRecords_andAllOfThemSwitchItOff() {
    mirror(RECORDS, RECORDS);
    tallies.put("contact.cleared-field.Phone", 30L);
    assertThat(check("{ number = 20, share = 30% }")).isEmpty();
    assertThat(check("{ number = 20, share = 29% }")).hasSize(1);

    tallies.put("contact.cleared-field.Phone", 100L);
    assertThat(check("{ number = 20, share = 99% }")).hasSize(1);
    assertThat(check("{ number = 20, share = 100% }")).isEmpty();
  }

  @Test
  void namesTheFields_mostRecordsFirst_withWhatIsKept() {
    mirror(90, 19);
    tallies.put("contact.cleared-field.Phone", 21L);
    tallies.put("contact.cleared-field.MailingCity", 9L);
    tallies.put("contact.cleared-field.Email", 4L);
    tallies.put("journey.cleared-field.A__c", 19L);
    tallies.put("journey.corrected-field.A__c", 14L);

    assertThat(check("{ number = 20, share = 5% }"))
        .extracting(GuardTrip::guard, GuardTrip::message)
        .satisfiesExactly(
            contacts ->
                assertThat(contacts.toList().get(1).toString())
                    .startsWith(
                        "of Contacts would be cleared: Phone in 21, 69 keep theirs; MailingCity in 9, all that have a value; allowed are 20 records for one field, and from 5 on no more than keep a value; ")
                    .endsWith("approve it, or raise the setting"),
            journeys ->
                assertThat(journeys.toList().get(1).toString())
                    .startsWith(
                        "of journeys would be cleared: A__c in 19 (14 of them only correct ")
                    .contains("), all that have a value; allowed"));
  }

  @Test
  void whatCorrectsAnEarlierVersion_isNoLostColumn() {
    mirror(0, 19);
    tallies.put("journey.cleared-field.A__c", 19L);
    tallies.put("journey.corrected-field.A__c", 15L);

    assertThat(check("{ number = 20, share = 5% }")).isEmpty();
    assertThat(check("{ number = 18, share = 5% }")).hasSize(1);
  }

  @Test
  void manyFields_namesFive() {
    mirror(0, 0);
    for (int i = 1; i <= 5; i++) {
      tallies.put("journey.cleared-field.Field" + i + "__c", 30L + i);
    }
    assertThat(check("{ number = 20 }").get(0).message())
        .contains("Field5__c in 35", "Field1__c in 31")
        .doesNotContain("fields more");

    for (int i = 6; i <= 7; i++) {
      tallies.put("journey.cleared-field.Field" + i + "__c", 30L + i);
    }
    assertThat(check("{ number = 20 }").get(0).message())
        .contains("Field7__c in 37", "Field3__c in 33", "; and 2 fields more; allowed")
        .doesNotContain("Field2__c");
  }
}
