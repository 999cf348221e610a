package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.BIRTHDATE;
import static edu.cumc.aou.sync.port.CrmFixtures.EMAIL;
import static edu.cumc.aou.sync.port.CrmFixtures.aMinuteLater;
import static edu.cumc.aou.sync.port.CrmFixtures.byJobs;
import static edu.cumc.aou.sync.port.CrmFixtures.contacts;
import static edu.cumc.aou.sync.port.CrmFixtures.create;
import static edu.cumc.aou.sync.port.CrmFixtures.insert;
import static edu.cumc.aou.sync.port.CrmFixtures.inserts;
import static edu.cumc.aou.sync.port.CrmFixtures.journeys;
import static edu.cumc.aou.sync.port.CrmFixtures.order;
import static edu.cumc.aou.sync.port.CrmFixtures.read;
import static edu.cumc.aou.sync.port.CrmFixtures.refused;
import static edu.cumc.aou.sync.port.CrmFixtures.row;
import static edu.cumc.aou.sync.port.CrmFixtures.upsert;
import static edu.cumc.aou.sync.port.CrmFixtures.write;
import static edu.cumc.aou.sync.port.CrmFixtures.written;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.port.WriteOrder.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the records that a {@link Crm} writes, by calls and by jobs. */
public interface CrmWriteContract extends CrmContractPart {

  /** How rows get there. */
  enum Way {
    CALLS,
    JOBS;

    WriteOrder of(WriteOrder order) {
      return this == CALLS ? order : byJobs(order);
    }
  }

  WriteOrder CONTACTS = order(CrmObject.CONTACT, Operation.UPDATE);
  WriteOrder JOURNEYS = order(CrmObject.JOURNEY, Operation.UPDATE);

  @Test
  default void write_deletesWhatIsUntouched_andRestoresIt() {
    TestOrg org = org(true);
    Map<String, WriteOutcome> made =
        write(
            org, upsert(), row(pmiText(1), "LastName", "One"), row(pmiText(2), "LastName", "Two"));
    ContactId one = new ContactId(written(made.get(pmiText(1))).id());
    ContactId two = new ContactId(written(made.get(pmiText(2))).id());
    org.letJourneysAppear();
    Map<ContactId, ContactTrace> traces = traces(org, one, two);
    assertThat(traces.get(one).state()).isEqualTo(ContactTrace.State.THERE);
    assertThat(traces.get(one).touches().areOurs(org.crm().serverTime())).isTrue();
    assertThat(traces.get(one).otherChildren()).isEmpty();
    assertThat(traces.get(one).journeys()).hasSize(1);
    assertThat(traces.get(one).journeys().get(0).touches().createdByUs()).isTrue();
    String journey = traces.get(one).journeys().get(0).id().value();
    org.passTime(Duration.ofMinutes(1));
    org.editContact(two, values("FirstName", "Jo"));

    Map<String, WriteOutcome> deleted =
        write(
            org,
            order(CrmObject.CONTACT, Operation.DELETE),
            untouched(traces.get(one)),
            untouched(traces.get(two)));

    assertThat(written(deleted.get(one.value())).created()).isFalse();
    assertThat(refused(deleted.get(two.value())).code()).isEqualTo(WriteOutcome.TOUCHED_SINCE);
    assertThat(traces(org, one).get(one).state()).isEqualTo(ContactTrace.State.BINNED);
    assertThat(traces(org, two).get(two).touches().changedByUs()).isFalse();
    written(write(org, order(CrmObject.JOURNEY, Operation.DELETE), row(journey)).get(journey));
    assertThat(org.crm().contactsById(List.of(one, two), List.of())).hasSize(1);

    for (int twice = 0; twice < 2; twice++) {
      written(write(org, order(CrmObject.JOURNEY, Operation.RESTORE), row(journey)).get(journey));
      written(
          write(org, order(CrmObject.CONTACT, Operation.RESTORE), row(one.value()))
              .get(one.value()));
    }
    assertThat(traces(org, one).get(one).state()).isEqualTo(ContactTrace.State.THERE);
    assertThat(traces(org, one).get(one).journeys()).hasSize(1);
  }

  @Test
  default void traces_ofMergedAndUnknown_sayWhatThereIs() {
    TestOrg org = org(true);
    ContactId survivor = org.createContact(pmiText(1), values("LastName", "One"));
    ContactId loser = org.createContact(pmiText(2), values("LastName", "Two"));
    org.mergeContacts(survivor, loser);

    Map<ContactId, ContactTrace> traces = traces(org, survivor, loser, contactId(99_999));

    assertThat(traces).containsOnlyKeys(survivor, loser);
    assertThat(traces.get(loser).state()).isEqualTo(ContactTrace.State.MERGED);
    assertThat(traces.get(survivor).touches().createdByUs()).isFalse();
    assertThat(org.crm().traces(List.of())).isEmpty();
  }

  private static Map<ContactId, ContactTrace> traces(TestOrg org, ContactId... ids) {
    Map<ContactId, ContactTrace> traces = new HashMap<>();
    org.crm().traces(List.of(ids)).forEach(trace -> traces.put(trace.id(), trace));
    return traces;
  }

  private static WriteRow untouched(ContactTrace trace) {
    return new WriteRow(trace.id().value(), FieldValues.empty(), trace.touches().changedAt());
  }

  @ParameterizedTest
  @EnumSource
  default void write_upserts_createAndUpdateByPmiId(Way way) {
    TestOrg org = org(true);
    ContactId known = org.createContact(pmiText(2), values("LastName", "Old", "FirstName", "Jo"));

    Map<String, WriteOutcome> outcomes =
        write(
            org,
            way.of(upsert()),
            row(
                pmiText(1),
                "LastName",
                "O'Brien, \"Bo\" Nuñez 李",
                "Email",
                "p1@example.org",
                "Birthdate",
                "1980-02-29"),
            row(pmiText(2), "LastName", "New", "FirstName", ""));

    WriteOutcome.Written first = written(outcomes.get(pmiText(1)));
    assertThat(first.created()).isTrue();
    assertThat(org.storedContact(new ContactId(first.id())))
        .contains(
            entry("HP_PMI_ID__c", pmiText(1)),
            entry("LastName", "O'Brien, \"Bo\" Nuñez 李"),
            entry("Email", "p1@example.org"),
            entry("Birthdate", "1980-02-29"))
        .doesNotContainKey("FirstName");
    assertThat(outcomes.get(pmiText(2)))
        .isEqualTo(new WriteOutcome.Written(known.value(), false, false));
    assertThat(org.storedContact(known))
        .containsEntry("LastName", "New")
        .doesNotContainKey("FirstName");
  }

  @ParameterizedTest
  @EnumSource
  default void write_creates_createInAnOrgThatKnowsNoPmiIds(Way way) {
    TestOrg org = org(false);

    Map<String, WriteOutcome> outcomes = write(org, way.of(create()), inserts(1, 260));

    assertThat(outcomes.values()).allMatch(o -> written(o).created());
    assertThat(contacts(org, CrmScope.all()))
        .extracting(Contact::pmiId)
        .hasSize(259)
        .doesNotHaveDuplicates();
    org.letJourneysAppear();
    assertThat(journeys(org, CrmScope.all())).hasSize(259);
  }

  @ParameterizedTest
  @EnumSource
  default void write_createsTwiceInAnOrgThatAllowsIt_makeTwo(Way way) {
    TestOrg org = org(false);
    write(org, way.of(create()), insert(1, "Doe"));

    WriteOutcome second = write(org, way.of(create()), insert(1, "Doe")).get(pmiText(1));

    assertThat(written(second).created()).isTrue();
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  default void write_createsTwiceInAnOrgThatForbidsIt_areRefused(Way way) {
    TestOrg org = org(true);
    write(org, way.of(create()), insert(1, "Old"));

    Map<String, WriteOutcome> outcomes =
        write(org, way.of(create()), insert(1, "New"), insert(2, "Two"));

    assertThat(refused(outcomes.get(pmiText(1))).code()).isEqualTo("DUPLICATE_VALUE");
    assertThat(written(outcomes.get(pmiText(2))).created()).isTrue();
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  default void write_refusedRecordsAmongGoodOnes_loseNothingElse(Way way) {
    TestOrg org = org(true);

    Map<String, WriteOutcome> outcomes =
        write(
            org,
            way.of(upsert()),
            insert(1, "One"),
            insert(2, "x".repeat(81)),
            row(pmiText(3), "LastName", "Three", "Email", "no address"),
            insert(4, "Four"),
            row(pmiText(5), "FirstName", "Jo"));

    assertThat(written(outcomes.get(pmiText(1))).created()).isTrue();
    assertThat(written(outcomes.get(pmiText(4))).created()).isTrue();
    assertRefused(outcomes.get(pmiText(2)), "STRING_TOO_LONG", "LastName");
    assertRefused(outcomes.get(pmiText(3)), "INVALID_EMAIL_ADDRESS", "Email");
    assertRefused(outcomes.get(pmiText(5)), "REQUIRED_FIELD_MISSING", "LastName");
    assertThat(contacts(org, CrmScope.all()))
        .extracting(Contact::pmiId)
        .containsExactlyInAnyOrder(pmiId(1), pmiId(4));
  }

  private static void assertRefused(WriteOutcome outcome, String code, String field) {
    assertThat(outcome).isEqualTo(new WriteOutcome.Refused(code, List.of(field)));
  }

  @ParameterizedTest
  @EnumSource
  default void write_updates_setAndClearOnlyWhatTheyName(Way way) {
    TestOrg org = org(true);
    ContactId first =
        org.createContact(
            pmiText(1), values("LastName", "Doe", "FirstName", "Jo", "Email", "old@example.org"));
    ContactId second =
        org.createContact(
            pmiText(2),
            values("LastName", "Doe", "Email", "b@example.org", "Birthdate", "1980-02-29"));

    Map<String, WriteOutcome> outcomes =
        write(
            org,
            way.of(CONTACTS),
            row(first.value(), "FirstName", "", "Email", "new@example.org"),
            row(second.value(), "Birthdate", ""));

    assertThat(outcomes.get(first.value()))
        .isEqualTo(new WriteOutcome.Written(first.value(), false, false));
    assertThat(org.storedContact(first))
        .contains(entry("LastName", "Doe"), entry("Email", "new@example.org"))
        .doesNotContainKey("FirstName");
    assertThat(read(org, second, EMAIL, BIRTHDATE))
        .isEqualTo(values("Email", "b@example.org", "Birthdate", ""));
  }

  @ParameterizedTest
  @EnumSource
  default void write_recordsThatAreGoneOrUnknown_areRefused(Way way) {
    TestOrg org = org(true);
    ContactId gone = org.createContact(pmiText(1), values("LastName", "Doe"));
    ContactId there = org.createContact(pmiText(2), values("LastName", "Doe"));
    org.deleteContact(gone);

    Map<String, WriteOutcome> outcomes =
        write(
            org,
            way.of(CONTACTS),
            row(gone.value(), "FirstName", "Jo"),
            row(contactId(9).value(), "FirstName", "Jo"),
            row(there.value(), "FirstName", "Jo"));

    assertThat(refused(outcomes.get(gone.value())).code()).isNotEmpty();
    assertThat(refused(outcomes.get(contactId(9).value())).code()).isNotEmpty();
    assertThat(written(outcomes.get(there.value())).id()).isEqualTo(there.value());
    String unknown = journeyId(9).value();
    assertThat(
            write(org, way.of(JOURNEYS), row(unknown, "HP_General_Consent_Date__c", "2020-01-31"))
                .get(unknown))
        .isInstanceOf(WriteOutcome.Refused.class);
  }

  @ParameterizedTest
  @EnumSource
  default void write_pmiField_adoptsAContact_unlessThePmiIdIsTaken(Way way) {
    TestOrg org = org(true);
    ContactId contact = org.createContact(null, values("LastName", "Doe"));
    ContactId other = org.createContact(null, values("LastName", "Other"));

    write(org, way.of(CONTACTS), row(contact.value(), "HP_PMI_ID__c", pmiText(7)));
    WriteOutcome second =
        write(org, way.of(CONTACTS), row(other.value(), "HP_PMI_ID__c", pmiText(7)))
            .get(other.value());

    assertThat(contacts(org, CrmScope.all())).extracting(Contact::pmiId).containsExactly(pmiId(7));
    assertThat(refused(second).code()).isEqualTo("DUPLICATE_VALUE");
  }

  @ParameterizedTest
  @EnumSource
  default void write_update_countsAsChanged(Way way) {
    TestOrg org = org(true);
    ContactId contact = org.createContact(pmiText(1), values("LastName", "Doe"));
    Instant since = aMinuteLater(org);

    write(org, way.of(CONTACTS), row(contact.value(), "FirstName", "Jo"));

    assertThat(contacts(org, CrmScope.changedSince(since)))
        .extracting(Contact::id)
        .containsExactly(contact);
    assertThat(contacts(org, CrmScope.createdSince(since))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  default void write_journey_everyKindOfFieldComesBackAsItWasSent_andGoesBack(Way way) {
    TestOrg org = org(true);
    JourneyId journey = org.createJourney(org.createContact(pmiText(1), values("LastName", "Doe")));
    for (FieldValues sent :
        List.of(
            values(
                "HP_General_Consent_Status__c", "1",
                "HP_General_Consent_Date__c", "2020-01-31",
                "HP_EHR_Consent_Status__c", "2",
                "HP_Withdrawal_Status__c", "true",
                "HP_Samples_for_DNA_Received__c", "0"),
            values(
                "HP_General_Consent_Status__c", "0",
                "HP_General_Consent_Date__c", "",
                "HP_EHR_Consent_Status__c", "",
                "HP_Withdrawal_Status__c", "false",
                "HP_Samples_for_DNA_Received__c", ""))) {

      WriteOutcome outcome =
          write(org, way.of(JOURNEYS), new WriteRow(journey.value(), sent)).get(journey.value());

      assertThat(outcome).isEqualTo(new WriteOutcome.Written(journey.value(), false, false));
      assertThat(journeys(org, CrmScope.all(), sent.fields().toArray(FieldName[]::new)))
          .filteredOn(j -> j.id().equals(journey))
          .singleElement()
          .matches(j -> j.fields().equals(sent));
    }
  }

  @ParameterizedTest
  @EnumSource
  default void write_journey_valueThatThePicklistForbids_isRefused(Way way) {
    TestOrg org = org(true);
    JourneyId journey = org.createJourney(org.createContact(pmiText(1), values("LastName", "Doe")));

    assertRefused(
        write(org, way.of(JOURNEYS), row(journey.value(), "HP_EHR_Consent_Status__c", "7"))
            .get(journey.value()),
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "HP_EHR_Consent_Status__c");
  }

  @ParameterizedTest
  @EnumSource
  default void write_textThatMeansNoValueToAJob_arrivesAsText(Way way) {
    TestOrg org = org(true);

    Map<String, WriteOutcome> outcomes =
        write(
            org,
            way.of(upsert()),
            insert(1, "One"),
            row(pmiText(2), "LastName", "#N/A", "FirstName", "Jo"),
            row(pmiText(3), "LastName", "Doe", "FirstName", ""));

    assertThat(outcomes.values()).allMatch(o -> written(o).created());
    assertThat(org.storedContact(new ContactId(written(outcomes.get(pmiText(2))).id())))
        .containsEntry("LastName", "#N/A");
  }

  @Test
  default void write_manyRows_goesByMoreThanOneJob() {
    TestOrg org = org(true);
    WriteOrder order =
        new WriteOrder(
            CrmObject.CONTACT,
            Operation.UPSERT_BY_PMI_ID,
            new JobSizes(250, 300, Duration.ofHours(2)));
    RecordingJournal journal = new RecordingJournal();

    org.crm().write(order, inserts(0, 600).iterator(), journal);

    assertThat(journal.settled()).hasSize(600);
    assertThat(journal.jobs).hasSize(2);
    assertThat(org.crm().count(CrmObject.CONTACT, CrmScope.all())).isEqualTo(600);
  }

  @Test
  default void write_nothing_sendsNothing() {
    TestOrg org = org(true);
    org.crm().describe(CrmObject.CONTACT);
    long before = org.crm().usage().calls();

    assertThat(write(org, upsert(), new ArrayList<>())).isEmpty();
    assertThat(write(org, byJobs(upsert()), new ArrayList<>())).isEmpty();

    assertThat(org.crm().usage().calls()).isEqualTo(before);
  }
}
