package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.BIRTHDATE;
import static edu.cumc.aou.sync.port.CrmFixtures.EMAIL;
import static edu.cumc.aou.sync.port.CrmFixtures.aMinuteLater;
import static edu.cumc.aou.sync.port.CrmFixtures.contacts;
import static edu.cumc.aou.sync.port.CrmFixtures.journeys;
import static edu.cumc.aou.sync.port.CrmFixtures.read;
import static edu.cumc.aou.sync.port.CrmFixtures.refused;
import static edu.cumc.aou.sync.port.CrmFixtures.written;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link Crm} must do when it updates records. */
public interface CrmUpdateContract extends CrmContractPart {

  @Test
  default void update_contact_setsAndClearsOnlyWhatItNames() {
    TestOrg org = org(true);
    ContactId contact =
        org.createContact(
            pmiText(1),
            values(
                "LastName",
                "Doe",
                "FirstName",
                "Jo",
                "Email",
                "old@example.org",
                "Birthdate",
                "1980-02-29"));

    WriteResult<ContactId> result =
        update(org, contact, values("FirstName", "", "Email", "new@example.org", "Birthdate", ""));

    assertThat(result).isEqualTo(new WriteResult.Written<>(contact, false));
    assertThat(org.storedContact(contact))
        .contains(
            entry("HP_PMI_ID__c", pmiText(1)),
            entry("LastName", "Doe"),
            entry("Email", "new@example.org"))
        .doesNotContainKeys("FirstName", "Birthdate");
    assertThat(read(org, contact, EMAIL, BIRTHDATE))
        .isEqualTo(values("Email", "new@example.org", "Birthdate", ""));
  }

  @Test
  default void update_sameValuesTwice_isWrittenTwice() {
    TestOrg org = org(true);
    ContactId contact = create(org, 1);

    assertThat(update(org, contact, values("FirstName", "Jo")))
        .isEqualTo(update(org, contact, values("FirstName", "Jo")));
    assertThat(org.storedContact(contact)).containsEntry("FirstName", "Jo");
  }

  @Test
  default void update_contact_countsAsChanged() {
    TestOrg org = org(true);
    ContactId contact = create(org, 1);
    Instant since = aMinuteLater(org);

    update(org, contact, values("FirstName", "Jo"));

    assertThat(contacts(org, CrmScope.changedSince(since)))
        .extracting(Contact::id)
        .containsExactly(contact);
    assertThat(contacts(org, CrmScope.createdSince(since))).isEmpty();
  }

  @Test
  default void update_refusedRecordAmongGoodOnes_losesNothingElse() {
    TestOrg org = org(true);
    ContactId first = create(org, 1);
    ContactId second = create(org, 2);
    ContactId third = create(org, 3);

    List<WriteResult<ContactId>> results =
        org.crm()
            .updateContacts(
                List.of(
                    new RecordUpdate<>(third, values("FirstName", "Three")),
                    new RecordUpdate<>(first, values("FirstName", "x".repeat(41))),
                    new RecordUpdate<>(second, values("FirstName", "Two"))));

    assertThat(written(results.get(0)).id()).isEqualTo(third);
    assertThat(refused(results.get(1)).code()).isEqualTo("STRING_TOO_LONG");
    assertThat(refused(results.get(1)).fields()).containsExactly("FirstName");
    assertThat(refused(results.get(1)).again()).isFalse();
    assertThat(written(results.get(2)).id()).isEqualTo(second);
    assertThat(org.storedContact(third)).containsEntry("FirstName", "Three");
    assertThat(org.storedContact(first)).doesNotContainKey("FirstName");
    assertThat(org.storedContact(second)).containsEntry("FirstName", "Two");
  }

  @Test
  default void update_deletedContact_isRefusedForGood() {
    TestOrg org = org(true);
    ContactId gone = create(org, 1);
    ContactId there = create(org, 2);
    org.deleteContact(gone);

    List<WriteResult<ContactId>> results =
        org.crm()
            .updateContacts(
                List.of(
                    new RecordUpdate<>(gone, values("FirstName", "Jo")),
                    new RecordUpdate<>(there, values("FirstName", "Jo"))));

    assertThat(refused(results.get(0)).code()).isNotEmpty();
    assertThat(refused(results.get(0)).again()).isFalse();
    assertThat(written(results.get(1)).id()).isEqualTo(there);
  }

  @Test
  default void update_unknownIds_areRefusedForGood() {
    TestOrg org = org(true);

    assertThat(refused(update(org, contactId(9), values("FirstName", "Jo"))).again()).isFalse();
    assertThat(
            refused(
                    org.crm()
                        .updateJourneys(
                            List.of(
                                new RecordUpdate<>(
                                    journeyId(9),
                                    values("HP_General_Consent_Date__c", "2020-01-31"))))
                        .get(0))
                .again())
        .isFalse();
  }

  @Test
  default void update_lockedContact_mayWorkALittleLater() {
    TestOrg org = org(true);
    ContactId contact = create(org, 1);
    org.lockOnce(contact);

    WriteResult.Refused<ContactId> refused =
        refused(update(org, contact, values("FirstName", "Jo")));

    assertThat(refused.again()).isTrue();
    assertThat(refused.code()).isEqualTo("UNABLE_TO_LOCK_ROW");
    assertThat(org.storedContact(contact)).doesNotContainKey("FirstName");
    assertThat(written(update(org, contact, values("FirstName", "Jo"))).id()).isEqualTo(contact);
    assertThat(org.storedContact(contact)).containsEntry("FirstName", "Jo");
  }

  @Test
  default void update_pmiField_adoptsAContact() {
    TestOrg org = org(true);
    ContactId contact = org.createContact(null, values("LastName", "Doe"));

    assertThat(update(org, contact, values("HP_PMI_ID__c", pmiText(7), "FirstName", "Jo")))
        .isEqualTo(new WriteResult.Written<>(contact, false));

    assertThat(contacts(org, CrmScope.all())).extracting(Contact::pmiId).containsExactly(pmiId(7));
  }

  @Test
  default void update_pmiIdThatIsTaken_isRefusedInAnOrgThatForbidsIt() {
    TestOrg org = org(true);
    create(org, 1);
    ContactId second = create(org, 2);

    assertThat(refused(update(org, second, values("HP_PMI_ID__c", pmiText(1)))).code())
        .isEqualTo("DUPLICATE_VALUE");
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(1);
  }

  @Test
  default void update_whoseAnswerIsLost_isRepeated() {
    assertRepeated(org(true), true);
  }

  @Test
  default void update_thatIsLostItself_isRepeated() {
    assertRepeated(org(true), false);
  }

  private static void assertRepeated(TestOrg org, boolean applied) {
    ContactId contact = create(org, 1);
    org.loseNextAnswer(applied);

    assertThat(update(org, contact, values("FirstName", "Jo")))
        .isEqualTo(new WriteResult.Written<>(contact, false));
    assertThat(org.storedContact(contact)).containsEntry("FirstName", "Jo");
  }

  @Test
  default void update_journey_everyKindOfFieldComesBackAsItWasSent() {
    TestOrg org = org(true);
    JourneyId journey = org.createJourney(create(org, 1));
    FieldValues sent =
        values(
            "HP_General_Consent_Status__c", "1",
            "HP_General_Consent_Date__c", "2020-01-31",
            "HP_EHR_Consent_Status__c", "2",
            "HP_Withdrawal_Status__c", "true",
            "HP_Samples_for_DNA_Received__c", "0");

    assertThat(updateJourney(org, journey, sent))
        .isEqualTo(new WriteResult.Written<>(journey, false));

    assertThat(journeyFields(org, sent)).isEqualTo(sent);
  }

  @Test
  default void update_journey_flagsGoBackAndValuesAreCleared() {
    TestOrg org = org(true);
    JourneyId journey = org.createJourney(create(org, 1));
    updateJourney(
        org,
        journey,
        values(
            "HP_General_Consent_Status__c", "1",
            "HP_General_Consent_Date__c", "2020-01-31",
            "HP_EHR_Consent_Status__c", "1",
            "HP_Withdrawal_Status__c", "true",
            "HP_Samples_for_DNA_Received__c", "1"));
    FieldValues back =
        values(
            "HP_General_Consent_Status__c", "0",
            "HP_General_Consent_Date__c", "",
            "HP_EHR_Consent_Status__c", "",
            "HP_Withdrawal_Status__c", "false",
            "HP_Samples_for_DNA_Received__c", "");

    assertThat(written(updateJourney(org, journey, back)).created()).isFalse();

    assertThat(journeyFields(org, back)).isEqualTo(back);
  }

  @Test
  default void update_journey_valueThatThePicklistForbids_isRefused() {
    TestOrg org = org(true);
    JourneyId journey = org.createJourney(create(org, 1));

    WriteResult.Refused<JourneyId> refused =
        refused(updateJourney(org, journey, values("HP_EHR_Consent_Status__c", "7")));

    assertThat(refused.code()).isEqualTo("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    assertThat(refused.fields()).containsExactly("HP_EHR_Consent_Status__c");
  }

  @Test
  default void update_deletedJourney_isRefused() {
    TestOrg org = org(true);
    JourneyId journey = org.createJourney(create(org, 1));
    org.deleteJourney(journey);

    assertThat(
            refused(updateJourney(org, journey, values("HP_General_Consent_Date__c", "2020-01-31")))
                .again())
        .isFalse();
  }

  @Test
  default void update_nothing_sendsNothing() {
    TestOrg org = org(true);
    org.crm().describe(CrmObject.CONTACT);
    org.crm().describe(CrmObject.JOURNEY);
    long before = org.crm().usage().calls();

    assertThat(org.crm().updateContacts(List.of())).isEmpty();
    assertThat(org.crm().updateJourneys(List.of())).isEmpty();

    assertThat(org.crm().usage().calls()).isEqualTo(before);
  }

  @Test
  default void update_asManyAsAllowed_updatesAll() {
    TestOrg org = org(true);
    List<ContactId> ids =
        org
            .crm()
            .insertContacts(CrmFixtures.inserts(0, Crm.MAX_BATCH), InsertMode.UPSERT_BY_PMI_ID)
            .stream()
            .map(r -> written(r).id())
            .toList();

    List<WriteResult<ContactId>> results =
        org.crm()
            .updateContacts(
                IntStream.range(0, ids.size())
                    .mapToObj(n -> new RecordUpdate<>(ids.get(n), values("FirstName", "F" + n)))
                    .toList());

    assertThat(results.stream().map(r -> written(r).id()).toList()).isEqualTo(ids);
    assertThat(org.storedContact(ids.get(123))).containsEntry("FirstName", "F123");
  }

  @Test
  default void update_moreThanAllowed_isRejectedAsAWhole() {
    TestOrg org = org(true);
    ContactId contact = create(org, 1);
    JourneyId journey = org.createJourney(contact);
    List<RecordUpdate<ContactId>> tooManyContacts =
        Collections.nCopies(
            Crm.MAX_BATCH + 1, new RecordUpdate<>(contact, values("FirstName", "Jo")));
    List<RecordUpdate<JourneyId>> tooManyJourneys =
        Collections.nCopies(
            Crm.MAX_BATCH + 1,
            new RecordUpdate<>(journey, values("HP_General_Consent_Date__c", "2020-01-31")));

    assertThatThrownBy(() -> org.crm().updateContacts(tooManyContacts))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> org.crm().updateJourneys(tooManyJourneys))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(org.storedContact(contact)).doesNotContainKey("FirstName");
  }

  private static ContactId create(TestOrg org, int number) {
    return org.createContact(pmiText(number), values("LastName", "Doe"));
  }

  private static WriteResult<ContactId> update(TestOrg org, ContactId id, FieldValues values) {
    List<WriteResult<ContactId>> results =
        org.crm().updateContacts(List.of(new RecordUpdate<>(id, values)));
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static WriteResult<JourneyId> updateJourney(
      TestOrg org, JourneyId id, FieldValues values) {
    List<WriteResult<JourneyId>> results =
        org.crm().updateJourneys(List.of(new RecordUpdate<>(id, values)));
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static FieldValues journeyFields(TestOrg org, FieldValues like) {
    List<Journey> all = journeys(org, CrmScope.all(), like.fields().toArray(FieldName[]::new));
    assertThat(all).hasSize(1);
    return all.get(0).fields();
  }
}
