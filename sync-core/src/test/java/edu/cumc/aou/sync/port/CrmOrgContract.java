package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.insert;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.ObjectInfo;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a {@link Crm} must say of its org and of itself. */
public interface CrmOrgContract extends CrmContractPart {

  @Test
  default void org_isNamedByItsIdOf18Characters() {
    Crm crm = org(true).crm();

    assertThat(crm.org().id()).matches("00D[A-Za-z0-9]{15}");
    assertThat(crm.org()).isEqualTo(crm.org());
  }

  @Test
  default void serverTime_isTheOrgsTime() {
    TestOrg org = org(true);
    Instant before = org.crm().serverTime();

    org.passTime(Duration.ofHours(3));

    assertThat(Duration.between(before, org.crm().serverTime()))
        .isBetween(Duration.ofHours(3), Duration.ofHours(3).plusMinutes(1));
  }

  @Test
  default void readTimeout_isFinite() {
    assertThat(org(true).crm().readTimeout()).isPositive().isLessThan(Duration.ofHours(1));
  }

  @Test
  default void usage_growsWithEachCall() {
    TestOrg org = org(true);
    long atFirst = org.crm().usage().calls();

    org.crm().count(CrmObject.CONTACT, CrmScope.all());
    long afterCount = org.crm().usage().calls();
    CrmFixtures.write(org, CrmFixtures.upsert(), insert(1, "Doe"));

    assertThat(afterCount).isGreaterThan(atFirst);
    assertThat(org.crm().usage().calls()).isGreaterThan(afterCount);
  }

  @Test
  default void usage_costsNoCall() {
    TestOrg org = org(true);
    org.crm().count(CrmObject.CONTACT, CrmScope.all());

    assertThat(org.crm().usage().calls()).isEqualTo(org.crm().usage().calls());
  }

  @Test
  default void usage_peoplesWork_isNotOurs() {
    TestOrg org = org(true);
    org.crm().count(CrmObject.CONTACT, CrmScope.all());
    long before = org.crm().usage().calls();

    org.createContact(null, values("LastName", "Doe"));

    assertThat(org.crm().usage().calls()).isEqualTo(before);
  }

  @Test
  default void describe_contact_findsThePmiFieldInAnyCase() {
    ObjectInfo contact = org(true).crm().describe(CrmObject.CONTACT);

    assertThat(contact.name()).isEqualTo("Contact");
    assertThat(contact.createable()).isTrue();
    assertThat(contact.updateable()).isTrue();
    assertThat(contact.field("hp_pmi_id__C"))
        .hasValueSatisfying(
            f -> {
              assertThat(f.name()).isEqualTo(CrmFixtures.PMI);
              assertThat(f.kind()).isEqualTo(FieldKind.TEXT);
              assertThat(f.createable()).isTrue();
              assertThat(f.updateable()).isTrue();
              assertThat(f.isUniqueExternalId()).isTrue();
            });
    assertThat(contact.field("No_Such_Field__c")).isEmpty();
  }

  @Test
  default void describe_plainPmiField_isNoUniqueExternalId() {
    ObjectInfo contact = org(false).crm().describe(CrmObject.CONTACT);

    assertThat(field(contact, "HP_PMI_ID__c").isUniqueExternalId()).isFalse();
  }

  @Test
  default void describe_contact_saysKindsLengthsAndWhatIsRequired() {
    ObjectInfo contact = org(true).crm().describe(CrmObject.CONTACT);

    assertThat(field(contact, "LastName").kind()).isEqualTo(FieldKind.TEXT);
    assertThat(field(contact, "LastName").length()).isEqualTo(80);
    assertThat(field(contact, "LastName").required()).isTrue();
    assertThat(field(contact, "FirstName").length()).isEqualTo(40);
    assertThat(field(contact, "FirstName").required()).isFalse();
    assertThat(field(contact, "Email").kind()).isEqualTo(FieldKind.EMAIL);
    assertThat(field(contact, "Birthdate").kind()).isEqualTo(FieldKind.DATE);
    assertThat(field(contact, "AccountId").kind()).isEqualTo(FieldKind.REFERENCE);
  }

  @Test
  default void describe_journey_knowsFlagsOfAllKinds() {
    ObjectInfo journey = org(true).crm().describe(CrmObject.JOURNEY);

    assertThat(journey.name()).isEqualTo("Opportunity");
    assertThat(journey.updateable()).isTrue();
    assertThat(field(journey, "Contact__c").kind()).isEqualTo(FieldKind.REFERENCE);
    assertThat(field(journey, "HP_General_Consent_Date__c").kind()).isEqualTo(FieldKind.DATE);
    assertThat(field(journey, "HP_General_Consent_Status__c").kind()).isEqualTo(FieldKind.NUMBER);
    assertThat(field(journey, "HP_Withdrawal_Status__c").kind()).isEqualTo(FieldKind.BOOLEAN);
    assertThat(field(journey, "HP_Withdrawal_Status__c").required()).isFalse();
    assertThat(field(journey, "HP_Samples_for_DNA_Received__c").kind()).isEqualTo(FieldKind.TEXT);
    FieldInfo picklist = field(journey, "HP_EHR_Consent_Status__c");
    assertThat(picklist.kind()).isEqualTo(FieldKind.PICKLIST);
    assertThat(picklist.restricted()).isTrue();
    assertThat(picklist.picklistValues()).containsExactlyInAnyOrder("0", "1", "2");
  }

  private static FieldInfo field(ObjectInfo object, String name) {
    return object.field(name).orElseThrow();
  }
}
