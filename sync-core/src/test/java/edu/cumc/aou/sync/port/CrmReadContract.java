package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.BIRTHDATE;
import static edu.cumc.aou.sync.port.CrmFixtures.CONSENT_DATE;
import static edu.cumc.aou.sync.port.CrmFixtures.EMAIL;
import static edu.cumc.aou.sync.port.CrmFixtures.FIRST_NAME;
import static edu.cumc.aou.sync.port.CrmFixtures.LAST_NAME;
import static edu.cumc.aou.sync.port.CrmFixtures.aMinuteLater;
import static edu.cumc.aou.sync.port.CrmFixtures.contacts;
import static edu.cumc.aou.sync.port.CrmFixtures.inserts;
import static edu.cumc.aou.sync.port.CrmFixtures.journeys;
import static edu.cumc.aou.sync.port.CrmFixtures.kind;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.SyncException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link Crm} must do when it reads. */
public interface CrmReadContract extends CrmContractPart {

  @Test
  default void read_emptyOrg_givesNothing() {
    TestOrg org = org(true);

    assertThat(contacts(org, CrmScope.all(), LAST_NAME)).isEmpty();
    assertThat(journeys(org, CrmScope.all(), CONSENT_DATE)).isEmpty();
    assertCounts(org, CrmScope.all(), 0, 0);
  }

  @Test
  default void contacts_all_areThoseWithAPmiId() {
    TestOrg org = org(true);
    ContactId first = create(org, pmiText(1));
    ContactId deleted = create(org, pmiText(2));
    ContactId third = create(org, pmiText(3));
    create(org, null);
    org.deleteContact(deleted);

    List<Contact> all = contacts(org, CrmScope.all(), LAST_NAME);

    assertThat(all).extracting(Contact::id).containsExactlyInAnyOrder(first, third);
    assertThat(all).extracting(Contact::pmiId).containsExactlyInAnyOrder(pmiId(1), pmiId(3));
    assertThat(all).allMatch(c -> c.selected() && !c.deleted() && c.hasPmiText());
    assertThat(all).allMatch(c -> c.mergedInto() == null);
    assertThat(org.crm().count(CrmObject.CONTACT, CrmScope.all())).isEqualTo(2);
    long callsBefore = org.crm().usage().calls();
    assertThat(org.crm().counts(CrmScope.all()))
        .containsOnly(
            Map.entry(CrmObject.CONTACT, 2L),
            Map.entry(CrmObject.JOURNEY, org.crm().count(CrmObject.JOURNEY, CrmScope.all())));
    assertThat(org.crm().usage().calls() - callsBefore).as("one call, and the other").isEqualTo(2);
  }

  @Test
  default void contacts_allFrom_comeInTheOrderOfIds_fromAnIdOn() {
    TestOrg org = org(true);
    create(org, pmiText(3));
    create(org, null);
    create(org, pmiText(1));
    create(org, pmiText(2));

    List<ContactId> all = contacts(org, CrmScope.allFrom(null)).stream().map(Contact::id).toList();
    List<ContactId> rest =
        contacts(org, CrmScope.allFrom(all.get(1).value())).stream().map(Contact::id).toList();

    assertThat(all).hasSize(3);
    assertThat(rest).isEqualTo(all.subList(1, 3));
  }

  @Test
  default void contacts_withoutPmiId_areThoseOfTheOwners() {
    TestOrg org = org(true);
    ContactId free = create(org, null);
    ContactId deleted = create(org, null);
    create(org, pmiText(1));
    create(org, "UNKNOWN");
    org.deleteContact(deleted);
    String owner = org.crm().contactsById(List.of(free), List.of()).get(0).ownerId();

    List<Contact> found = contacts(org, CrmScope.withoutPmiId(List.of(owner)), LAST_NAME);

    assertThat(found)
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.id()).isEqualTo(free);
              assertThat(c.pmiId()).isNull();
              assertThat(c.hasPmiText()).isFalse();
              assertThat(c.selected()).isFalse();
              assertThat(c.fields().fields()).containsExactly(LAST_NAME);
            });
    String other = "005000000000009";
    assertThat(contacts(org, CrmScope.withoutPmiId(List.of(other, owner)))).hasSize(1);
    assertThat(contacts(org, CrmScope.withoutPmiId(List.of(other)))).isEmpty();
  }

  @Test
  default void contactsById_giveWhatIsThereNow_whateverThePmiId() {
    TestOrg org = org(true);
    ContactId free = create(org, null);
    ContactId deleted = create(org, null);
    ContactId known = create(org, pmiText(1));
    create(org, pmiText(2));
    org.deleteContact(deleted);

    List<Contact> found = org.crm().contactsById(List.of(known, deleted, free), List.of(LAST_NAME));

    assertThat(found).extracting(Contact::id).containsExactlyInAnyOrder(known, free);
    assertThat(found).extracting(Contact::pmiId).containsExactlyInAnyOrder(pmiId(1), null);
    assertThat(found).allMatch(c -> c.fields().contains(LAST_NAME) && !c.deleted());
    assertThat(org.crm().contactsById(List.of(), List.of(LAST_NAME))).isEmpty();
  }

  @Test
  default void contacts_textThatIsNoPmiId_isReported() {
    TestOrg org = org(true);
    create(org, "UNKNOWN");

    assertThat(contacts(org, CrmScope.all(), LAST_NAME))
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.pmiId()).isNull();
              assertThat(c.hasPmiText()).isTrue();
            });
  }

  @Test
  default void contacts_pmiIdInOtherCase_isRead() {
    TestOrg org = org(true);
    create(org, "p000000001");

    assertThat(contacts(org, CrmScope.all(), LAST_NAME))
        .extracting(Contact::pmiId)
        .containsExactly(pmiId(1));
  }

  @Test
  default void contacts_values_comeNormalised() {
    TestOrg org = org(true);
    org.createContact(
        pmiText(1),
        values(
            "LastName",
            "O'Brien-Nuñez \"Bo\" 李",
            "Email",
            "Mixed.Case@Example.org",
            "Birthdate",
            "1931-12-31"));

    assertThat(contacts(org, CrmScope.all(), LAST_NAME, FIRST_NAME, EMAIL, BIRTHDATE))
        .singleElement()
        .extracting(Contact::fields)
        .isEqualTo(
            values(
                "LastName",
                "O'Brien-Nuñez \"Bo\" 李",
                "FirstName",
                "",
                "Email",
                "mixed.case@example.org",
                "Birthdate",
                "1931-12-31"));
  }

  @Test
  default void contacts_fields_areThoseAskedFor() {
    TestOrg org = org(true);
    org.createContact(pmiText(1), values("LastName", "Doe", "Email", "a@example.org"));

    assertThat(contacts(org, CrmScope.all()))
        .extracting(Contact::fields)
        .containsExactly(FieldValues.empty());
    assertThat(contacts(org, CrmScope.all(), EMAIL))
        .extracting(Contact::fields)
        .containsExactly(values("Email", "a@example.org"));
  }

  @Test
  default void read_unknownField_isConfig() {
    TestOrg org = org(true);
    FieldName unknown = new FieldName("No_Such_Field__c");

    assertThatThrownBy(() -> contacts(org, CrmScope.all(), unknown))
        .isInstanceOfSatisfying(SyncException.class, kind(FailureKind.CONFIG));
    assertThatThrownBy(() -> journeys(org, CrmScope.all(), unknown))
        .isInstanceOfSatisfying(SyncException.class, kind(FailureKind.CONFIG));
  }

  @Test
  default void contacts_changedSince_areThoseChangedFromThen() {
    TestOrg org = org(true);
    ContactId untouched = create(org, pmiText(1));
    ContactId edited = create(org, pmiText(2));
    Instant since = aMinuteLater(org);
    org.editContact(edited, values("FirstName", "Jo"));
    ContactId created = create(org, pmiText(3));

    Map<ContactId, Contact> changed = changed(org, since);

    assertThat(changed).containsOnlyKeys(edited, created).doesNotContainKey(untouched);
    assertThat(changed.get(edited).fields().get(FIRST_NAME)).isEqualTo(new FieldValue("Jo"));
    assertThat(changed.values()).allMatch(c -> c.selected() && !c.deleted());
    assertThat(changed.values()).allMatch(c -> !c.modstamp().isBefore(since));
  }

  @Test
  default void contacts_changedSinceTheirOwnStamp_areIncluded() {
    TestOrg org = org(true);
    ContactId id = create(org, pmiText(1));
    aMinuteLater(org);
    Instant stamp = contacts(org, CrmScope.all()).get(0).modstamp();

    assertThat(changed(org, stamp)).containsOnlyKeys(id);
    assertThat(changed(org, stamp.plusSeconds(1))).isEmpty();
  }

  @Test
  default void contacts_changedSince_includeDeletedOnes() {
    TestOrg org = org(true);
    ContactId id = create(org, pmiText(1));
    Instant since = aMinuteLater(org);
    org.deleteContact(id);

    Contact deleted = changed(org, since).get(id);

    assertThat(deleted.deleted()).isTrue();
    assertThat(deleted.mergedInto()).isNull();
    assertThat(contacts(org, CrmScope.all())).isEmpty();
  }

  @Test
  default void contacts_changedSince_mergedOnesNameTheSurvivor() {
    TestOrg org = org(true);
    ContactId survivor = create(org, pmiText(1));
    ContactId loser = create(org, pmiText(2));
    Instant since = aMinuteLater(org);
    org.mergeContacts(survivor, loser);

    Contact merged = changed(org, since).get(loser);

    assertThat(merged.deleted()).isTrue();
    assertThat(merged.mergedInto()).isEqualTo(survivor);
    assertThat(contacts(org, CrmScope.all())).extracting(Contact::id).containsExactly(survivor);
  }

  @Test
  default void contacts_changedSince_includeThoseWithoutPmiId() {
    TestOrg org = org(true);
    ContactId cleared = create(org, pmiText(1));
    Instant since = aMinuteLater(org);
    org.editContact(cleared, values("HP_PMI_ID__c", ""));
    ContactId never = create(org, null);

    Map<ContactId, Contact> changed = changed(org, since);

    assertThat(changed).containsOnlyKeys(cleared, never);
    assertThat(changed.values())
        .allMatch(c -> !c.selected() && !c.deleted() && !c.hasPmiText() && c.pmiId() == null);
  }

  @Test
  default void contacts_createdSince_areSelectedOnesCreatedFromThen() {
    TestOrg org = org(true);
    ContactId old = create(org, pmiText(1));
    Instant since = aMinuteLater(org);
    org.editContact(old, values("FirstName", "Jo"));
    ContactId created = create(org, pmiText(2));
    org.deleteContact(create(org, pmiText(3)));
    create(org, null);

    CrmScope scope = CrmScope.createdSince(since);
    assertThat(contacts(org, scope)).extracting(Contact::id).containsExactly(created);
    assertThat(org.crm().count(CrmObject.CONTACT, scope)).isEqualTo(1);
  }

  @Test
  default void changedByOthers_areThoseThatSomebodyElseChangedLast() {
    TestOrg org = org(true);
    ContactId ours = created(org, 1);
    ContactId editedBefore = created(org, 2);
    ContactId oursAgain = created(org, 3);
    ContactId edited = created(org, 4);
    ContactId deleted = created(org, 5);
    org.editContact(editedBefore, values("FirstName", "Jo"));
    Instant since = aMinuteLater(org);
    org.editContact(oursAgain, values("FirstName", "Jo"));
    org.editContact(edited, values("FirstName", "Jo"));
    org.deleteContact(deleted);
    ContactId byHand = create(org, pmiText(6));
    CrmFixtures.write(
        org,
        CrmFixtures.order(CrmObject.CONTACT, WriteOrder.Operation.UPDATE),
        CrmFixtures.row(ours.value(), "FirstName", "Bo"),
        CrmFixtures.row(oursAgain.value(), "FirstName", "Bo"));

    assertThat(CrmFixtures.all(org.crm().changedByOthers(CrmObject.CONTACT, since)))
        .containsExactlyInAnyOrder(edited.value(), byHand.value());
  }

  @Test
  default void stampsOfOthers_leaveOutWhatOurUserChangedLast_andNothingThatIsDeleted() {
    TestOrg org = org(true);
    ContactId ours = created(org, 1);
    ContactId editedBefore = created(org, 2);
    org.editContact(editedBefore, values("FirstName", "Jo"));
    Instant from = aMinuteLater(org);
    ContactId edited = created(org, 3);
    ContactId deleted = created(org, 4);
    ContactId oursLater = created(org, 5);
    org.editContact(edited, values("FirstName", "Jo"));
    org.deleteContact(deleted);
    CrmFixtures.write(
        org,
        CrmFixtures.order(CrmObject.CONTACT, WriteOrder.Operation.UPDATE),
        CrmFixtures.row(ours.value(), "FirstName", "Bo"));
    Instant before = aMinuteLater(org);
    org.editContact(oursLater, values("FirstName", "Jo"));

    List<RecordStamp> stamps = new ArrayList<>();
    try (Cursor<RecordStamp> cursor = org.crm().stampsOfOthers(CrmObject.CONTACT, from, before)) {
      cursor.forEachRemaining(stamps::add);
    }

    assertThat(stamps)
        .extracting(RecordStamp::id)
        .containsExactlyInAnyOrder(edited.value(), deleted.value());
  }

  @Test
  default void changedSince_comesInTheOrderOfTheTimes() {
    TestOrg org = org(true);
    ContactId first = create(org, pmiText(1));
    ContactId second = create(org, pmiText(2));
    Instant from = aMinuteLater(org);
    ContactId third = create(org, pmiText(3));
    aMinuteLater(org);
    org.editContact(second, values("FirstName", "Jo"));
    aMinuteLater(org);
    org.editContact(first, values("FirstName", "Jo"));
    Instant before = aMinuteLater(org);

    List<String> inTime = List.of(third.value(), second.value(), first.value());
    assertThat(contacts(org, CrmScope.changedSince(from)))
        .extracting(c -> c.id().value())
        .containsExactlyElementsOf(inTime);
    assertThat(stamps(org, from, before))
        .extracting(RecordStamp::id)
        .containsExactlyElementsOf(inTime);
  }

  @Test
  default void changedByOthers_tellsJourneysLikewise() {
    TestOrg org = org(true);
    create(org, pmiText(1));
    create(org, pmiText(2));
    org.letJourneysAppear();
    List<JourneyId> journeys = journeys(org, CrmScope.all()).stream().map(Journey::id).toList();
    Instant since = aMinuteLater(org);
    FieldValues said = values("HP_General_Consent_Date__c", "2020-01-31");
    journeys.forEach(journey -> org.editJourney(journey, said));
    CrmFixtures.write(
        org,
        CrmFixtures.order(CrmObject.JOURNEY, WriteOrder.Operation.UPDATE),
        CrmFixtures.row(journeys.get(0).value(), "HP_General_Consent_Date__c", "2020-02-29"));

    assertThat(CrmFixtures.all(org.crm().changedByOthers(CrmObject.JOURNEY, since)))
        .containsExactly(journeys.get(1).value());
  }

  @Test
  default void count_changedSince_agreesWithWhatIsRead() {
    TestOrg org = org(true);
    ContactId old = create(org, pmiText(1));
    create(org, pmiText(2));
    Instant since = aMinuteLater(org);
    org.deleteContact(old);
    create(org, null);

    assertThat(org.crm().count(CrmObject.CONTACT, CrmScope.changedSince(since))).isEqualTo(2);
    assertThat(contacts(org, CrmScope.changedSince(since))).hasSize(2);
  }

  @Test
  default void stamps_areThoseOfAllRecordsThatChangedInAnInterval() {
    TestOrg org = org(true);
    create(org, pmiText(1));
    Instant from = aMinuteLater(org);
    ContactId gone = create(org, pmiText(2));
    org.deleteContact(gone);
    ContactId without = create(org, null);
    Instant before = aMinuteLater(org);
    ContactId later = create(org, pmiText(3));

    assertThat(stamps(org, from, before))
        .extracting(RecordStamp::id)
        .containsExactlyInAnyOrder(gone.value(), without.value());
    assertThat(contacts(org, CrmScope.changedSince(before)))
        .extracting(c -> new RecordStamp(c.id().value(), c.modstamp()))
        .isEqualTo(stamps(org, before, before.plusSeconds(600)));
    List<Contact> some =
        contacts(org, CrmScope.some(List.of(gone.value(), without.value(), later.value())));
    assertThat(some).hasSize(3);
    assertThat(some).filteredOn(Contact::deleted).extracting(Contact::id).containsExactly(gone);
    assertThat(some)
        .filteredOn(c -> !c.selected())
        .extracting(Contact::id)
        .containsExactly(without);
  }

  private static List<RecordStamp> stamps(TestOrg org, Instant from, Instant before) {
    List<RecordStamp> all = new ArrayList<>();
    try (Cursor<RecordStamp> stamps = org.crm().stamps(CrmObject.CONTACT, from, before)) {
      stamps.forEachRemaining(all::add);
    }
    return all;
  }

  @Test
  default void journeys_appearAndBelongToTheirContacts() {
    TestOrg org = org(true);
    ContactId first = create(org, pmiText(1));
    ContactId second = create(org, pmiText(2));
    Instant since = org.crm().serverTime();
    org.letJourneysAppear();

    List<Journey> all = journeys(org, CrmScope.all(), CONSENT_DATE);

    assertThat(all).extracting(Journey::contactId).containsExactlyInAnyOrder(first, second);
    assertThat(all).allMatch(j -> j.selected() && !j.deleted());
    assertThat(all)
        .extracting(Journey::fields)
        .containsOnly(values("HP_General_Consent_Date__c", ""));
    assertThat(org.crm().count(CrmObject.JOURNEY, CrmScope.createdSince(since))).isEqualTo(2);
    assertThat(journeys(org, CrmScope.changedSince(since))).hasSize(2);
    assertCounts(org, CrmScope.all(), 2, 2);
  }

  @Test
  default void journeys_notYetDue_areNotThere() {
    TestOrg org = org(true);
    create(org, pmiText(1));

    assertThat(org.crm().count(CrmObject.JOURNEY, CrmScope.all())).isZero();
    assertThat(journeys(org, CrmScope.all())).isEmpty();
  }

  @Test
  default void journeys_changedSince_includeDeletedOnes() {
    TestOrg org = org(true);
    ContactId contact = create(org, pmiText(1));
    JourneyId edited = org.createJourney(contact);
    JourneyId deleted = org.createJourney(contact);
    org.letJourneysAppear();
    Instant since = aMinuteLater(org);
    org.editJourney(edited, values("HP_General_Consent_Date__c", "2020-01-31"));
    org.deleteJourney(deleted);

    Map<JourneyId, Journey> changed =
        journeys(org, CrmScope.changedSince(since), CONSENT_DATE).stream()
            .collect(Collectors.toMap(Journey::id, Function.identity()));

    assertThat(changed).containsOnlyKeys(edited, deleted);
    assertThat(changed.get(deleted).deleted()).isTrue();
    assertThat(changed.get(edited).deleted()).isFalse();
    assertThat(changed.get(edited).contactId()).isEqualTo(contact);
    assertThat(changed.get(edited).fields())
        .isEqualTo(values("HP_General_Consent_Date__c", "2020-01-31"));
    assertThat(org.crm().count(CrmObject.JOURNEY, CrmScope.createdSince(since))).isZero();
  }

  @Test
  default void journeys_lostTheirContact_areChangedAndNotSelected() {
    TestOrg org = org(true);
    JourneyId journey = org.createJourney(create(org, pmiText(1)));
    org.letJourneysAppear();
    Instant since = aMinuteLater(org);
    org.editJourney(journey, values("Contact__c", ""));

    assertThat(journeys(org, CrmScope.changedSince(since)))
        .singleElement()
        .satisfies(
            j -> {
              assertThat(j.contactId()).isNull();
              assertThat(j.selected()).isFalse();
            });
    assertThat(journeys(org, CrmScope.all())).extracting(Journey::id).doesNotContain(journey);
  }

  @Test
  default void read_moreThanOnePage_isComplete() {
    TestOrg org = org(true);
    int people = 2_100;
    CrmFixtures.write(org, CrmFixtures.upsert(), inserts(0, people));
    org.letJourneysAppear();

    List<Contact> all = contacts(org, CrmScope.all(), LAST_NAME);

    assertThat(all)
        .extracting(Contact::pmiId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, people).mapToObj(n -> pmiId(n)).toList());
    assertThat(all).allMatch(c -> c.fields().get(LAST_NAME).text().startsWith("Name "));
    assertThat(journeys(org, CrmScope.all()).stream().map(Journey::contactId).distinct())
        .hasSize(people);
    assertCounts(org, CrmScope.all(), people, people);
  }

  @Test
  default void read_closedEarly_leavesTheCrmUsable() {
    TestOrg org = org(true);
    CrmFixtures.write(org, CrmFixtures.upsert(), inserts(0, 50));

    Cursor<Contact> cursor = org.crm().contacts(CrmScope.all(), List.of(LAST_NAME));
    assertThat(cursor.next().pmiId()).isNotNull();
    cursor.close();
    cursor.close();

    assertThat(contacts(org, CrmScope.all())).hasSize(50);
  }

  private static ContactId create(TestOrg org, @Nullable String pmiText) {
    return org.createContact(pmiText, values("LastName", "Doe"));
  }

  /** A Contact that the crm's own user creates. */
  private static ContactId created(TestOrg org, int number) {
    return new ContactId(
        CrmFixtures.written(
                CrmFixtures.write(org, CrmFixtures.upsert(), CrmFixtures.insert(number, "Doe"))
                    .get(pmiText(number)))
            .id());
  }

  private static Map<ContactId, Contact> changed(TestOrg org, Instant since) {
    return contacts(org, CrmScope.changedSince(since), FIRST_NAME).stream()
        .collect(Collectors.toMap(Contact::id, Function.identity()));
  }

  private static void assertCounts(TestOrg org, CrmScope scope, long contacts, long journeys) {
    assertThat(org.crm().count(CrmObject.CONTACT, scope)).isEqualTo(contacts);
    assertThat(org.crm().count(CrmObject.JOURNEY, scope)).isEqualTo(journeys);
  }
}
