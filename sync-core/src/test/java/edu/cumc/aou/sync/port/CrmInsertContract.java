package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.aMinuteLater;
import static edu.cumc.aou.sync.port.CrmFixtures.contacts;
import static edu.cumc.aou.sync.port.CrmFixtures.id;
import static edu.cumc.aou.sync.port.CrmFixtures.insert;
import static edu.cumc.aou.sync.port.CrmFixtures.inserts;
import static edu.cumc.aou.sync.port.CrmFixtures.refused;
import static edu.cumc.aou.sync.port.CrmFixtures.written;
import static edu.cumc.aou.sync.port.InsertMode.CREATE;
import static edu.cumc.aou.sync.port.InsertMode.UPSERT_BY_PMI_ID;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link Crm} must do when it creates Contacts, in both kinds of org. */
public interface CrmInsertContract extends CrmContractPart {

  @Test
  default void insert_byUpsert_createsInTheOrderOfTheRecords() {
    assertCreatesInOrder(org(true), UPSERT_BY_PMI_ID);
  }

  @Test
  default void insert_byCreate_createsInTheOrderOfTheRecords() {
    assertCreatesInOrder(org(false), CREATE);
  }

  private static void assertCreatesInOrder(TestOrg org, InsertMode mode) {
    List<WriteResult<ContactId>> results =
        org.crm()
            .insertContacts(
                List.of(
                    new ContactInsert(
                        pmiId(3),
                        values(
                            "LastName",
                            "O'Brien \"Bo\" Nuñez 李",
                            "Email",
                            "p3@example.org",
                            "Birthdate",
                            "1980-02-29")),
                    insert(1, "One"),
                    insert(2, "Two")),
                mode);

    assertThat(results).hasSize(3).allMatch(r -> written(r).created());
    assertThat(org.storedContact(written(results.get(0)).id()))
        .contains(
            entry("HP_PMI_ID__c", pmiText(3)),
            entry("LastName", "O'Brien \"Bo\" Nuñez 李"),
            entry("Email", "p3@example.org"),
            entry("Birthdate", "1980-02-29"))
        .doesNotContainKey("FirstName");
    assertThat(org.storedContact(written(results.get(1)).id()))
        .contains(entry("HP_PMI_ID__c", pmiText(1)), entry("LastName", "One"));
    assertThat(org.storedContact(written(results.get(2)).id()))
        .contains(entry("HP_PMI_ID__c", pmiText(2)), entry("LastName", "Two"));
    assertThat(contacts(org, CrmScope.all()))
        .extracting(Contact::id)
        .containsExactlyInAnyOrderElementsOf(results.stream().map(r -> written(r).id()).toList());
  }

  @Test
  default void insert_upsertTwice_findsTheFirst() {
    TestOrg org = org(true);
    ContactId first = id(org.crm().insertContacts(List.of(insert(1, "Old")), UPSERT_BY_PMI_ID));

    WriteResult<ContactId> second =
        org.crm().insertContacts(List.of(insert(1, "New")), UPSERT_BY_PMI_ID).get(0);

    assertThat(written(second).created()).isFalse();
    assertThat(written(second).id()).isEqualTo(first);
    assertThat(org.storedContact(first)).containsEntry("LastName", "New");
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(1);
  }

  @Test
  default void insert_upsertOfKnownAndNewOnes_saysWhichIsNew() {
    TestOrg org = org(true);
    ContactId known = org.createContact(pmiText(2), values("LastName", "Doe"));

    List<WriteResult<ContactId>> results =
        org.crm().insertContacts(inserts(1, 4), UPSERT_BY_PMI_ID);

    assertThat(results.stream().map(r -> written(r).created()).toList())
        .containsExactly(true, false, true);
    assertThat(written(results.get(1)).id()).isEqualTo(known);
  }

  @Test
  default void insert_createTwiceInAnOrgThatAllowsIt_makesTwo() {
    TestOrg org = org(false);
    ContactId first = id(org.crm().insertContacts(List.of(insert(1, "Doe")), CREATE));

    ContactId second = id(org.crm().insertContacts(List.of(insert(1, "Doe")), CREATE));

    assertThat(second).isNotEqualTo(first);
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(2);
  }

  @Test
  default void insert_createTwiceInAnOrgThatForbidsIt_isRefused() {
    TestOrg org = org(true);
    org.crm().insertContacts(List.of(insert(1, "Old")), CREATE);

    List<WriteResult<ContactId>> results =
        org.crm().insertContacts(List.of(insert(1, "New"), insert(2, "Two")), CREATE);

    assertThat(refused(results.get(0)).code()).isEqualTo("DUPLICATE_VALUE");
    assertThat(refused(results.get(0)).again()).isFalse();
    assertThat(written(results.get(1)).created()).isTrue();
    assertThat(org.contactsWith(pmiId(1))).isEqualTo(1);
  }

  @Test
  default void insert_refusedRecordAmongGoodOnes_losesNothingElse_byUpsert() {
    assertRefusedAmongGood(org(true), UPSERT_BY_PMI_ID);
  }

  @Test
  default void insert_refusedRecordAmongGoodOnes_losesNothingElse_byCreate() {
    assertRefusedAmongGood(org(false), CREATE);
  }

  private static void assertRefusedAmongGood(TestOrg org, InsertMode mode) {
    List<WriteResult<ContactId>> results =
        org.crm()
            .insertContacts(
                List.of(
                    insert(1, "One"),
                    insert(2, "x".repeat(81)),
                    new ContactInsert(pmiId(3), values("LastName", "Three", "Email", "no address")),
                    insert(4, "Four"),
                    new ContactInsert(pmiId(5), values("FirstName", "Jo"))),
                mode);

    assertThat(written(results.get(0)).created()).isTrue();
    assertThat(written(results.get(3)).created()).isTrue();
    assertRefused(results.get(1), "STRING_TOO_LONG", "LastName");
    assertRefused(results.get(2), "INVALID_EMAIL_ADDRESS", "Email");
    assertRefused(results.get(4), "REQUIRED_FIELD_MISSING", "LastName");
    assertThat(contacts(org, CrmScope.all()))
        .extracting(Contact::pmiId)
        .containsExactlyInAnyOrder(pmiId(1), pmiId(4));
    assertThat(org.storedContact(written(results.get(3)).id())).containsEntry("LastName", "Four");
  }

  private static void assertRefused(WriteResult<ContactId> result, String code, String field) {
    assertThat(refused(result).code()).isEqualTo(code);
    assertThat(refused(result).fields()).containsExactly(field);
    assertThat(refused(result).again()).isFalse();
  }

  @Test
  default void insert_nothing_sendsNothing() {
    TestOrg org = org(true);
    org.crm().describe(CrmObject.CONTACT);
    long before = org.crm().usage().calls();

    assertThat(org.crm().insertContacts(List.of(), UPSERT_BY_PMI_ID)).isEmpty();
    assertThat(org.crm().insertContacts(List.of(), CREATE)).isEmpty();

    assertThat(org.crm().usage().calls()).isEqualTo(before);
  }

  @Test
  default void insert_asManyAsAllowed_createsAll() {
    TestOrg org = org(true);

    List<WriteResult<ContactId>> results =
        org.crm().insertContacts(inserts(0, Crm.MAX_BATCH), UPSERT_BY_PMI_ID);

    assertThat(results).hasSize(Crm.MAX_BATCH).allMatch(r -> written(r).created());
    assertThat(org.crm().count(CrmObject.CONTACT, CrmScope.all())).isEqualTo(Crm.MAX_BATCH);
  }

  @Test
  default void insert_moreThanAllowed_isRejectedAsAWhole() {
    TestOrg org = org(true);
    List<ContactInsert> tooMany = inserts(0, Crm.MAX_BATCH + 1);

    assertThatThrownBy(() -> org.crm().insertContacts(tooMany, UPSERT_BY_PMI_ID))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> org.crm().insertContacts(tooMany, CREATE))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(org.crm().count(CrmObject.CONTACT, CrmScope.all())).isZero();
  }

  @Test
  default void insert_createWhoseAnswerIsLost_saysSoAndTheContactsCanBeFound() {
    TestOrg org = org(false);
    Instant since = aMinuteLater(org);
    org.loseNextAnswer(true);

    assertLost(() -> org.crm().insertContacts(inserts(1, 4), CREATE));

    assertThat(contacts(org, CrmScope.createdSince(since)))
        .extracting(Contact::pmiId)
        .containsExactlyInAnyOrder(pmiId(1), pmiId(2), pmiId(3));
    assertThat(contacts(org, CrmScope.createdSince(since)))
        .extracting(Contact::fields)
        .containsOnly(FieldValues.empty());
  }

  @Test
  default void insert_createThatIsLostItself_saysSoAndCanBeSentAgain() {
    TestOrg org = org(false);
    Instant since = aMinuteLater(org);
    org.loseNextAnswer(false);

    assertLost(() -> org.crm().insertContacts(inserts(1, 4), CREATE));

    assertThat(contacts(org, CrmScope.createdSince(since))).isEmpty();
    assertThat(org.crm().insertContacts(inserts(1, 4), CREATE)).allMatch(r -> written(r).created());
    assertThat(contacts(org, CrmScope.createdSince(since))).hasSize(3);
  }

  private static void assertLost(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            LostAnswerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE);
              assertThat(e.getMessage()).doesNotContain(pmiText(1), "Name 1");
            });
  }

  @Test
  default void insert_upsertWhoseAnswerIsLost_isRepeated() {
    assertRepeated(org(true), true);
  }

  @Test
  default void insert_upsertThatIsLostItself_isRepeated() {
    assertRepeated(org(true), false);
  }

  private static void assertRepeated(TestOrg org, boolean applied) {
    org.loseNextAnswer(applied);

    ContactId id = id(org.crm().insertContacts(List.of(insert(1, "Doe")), UPSERT_BY_PMI_ID));

    assertThat(org.contactsWith(pmiId(1))).isEqualTo(1);
    assertThat(org.storedContact(id)).containsEntry("LastName", "Doe");
  }
}
