package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.insert;
import static edu.cumc.aou.sync.port.CrmFixtures.refused;
import static edu.cumc.aou.sync.port.CrmFixtures.upsert;
import static edu.cumc.aou.sync.port.CrmFixtures.write;
import static edu.cumc.aou.sync.port.CrmFixtures.written;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.testing.VirtualClock;
import org.junit.jupiter.api.Test;

class InMemoryCrmTest extends CrmContract {

  @Override
  protected TestOrg newOrg(boolean uniquePmiField) {
    return new InMemoryCrm(new VirtualClock(), uniquePmiField);
  }

  private final InMemoryCrm crm = new InMemoryCrm(new VirtualClock(), true);

  @Test
  void failBefore_nthCall_isNotCarriedOut() {
    crm.failBefore(2, () -> new SyncException(FailureKind.UNAVAILABLE, "down"));
    crm.serverTime();

    assertThatThrownBy(() -> write(crm, upsert(), insert(1, "Doe")))
        .isInstanceOf(SyncException.class);

    assertThat(crm.contactsWith(pmiId(1))).isZero();
    assertThat(crm.count(CrmObject.CONTACT, CrmScope.all())).isZero();
  }

  @Test
  void failAfter_nthCall_isCarriedOut() {
    crm.failAfter(1, () -> new SyncException(FailureKind.UNAVAILABLE, "down"));

    assertThatThrownBy(() -> write(crm, upsert(), insert(1, "Doe")))
        .isInstanceOf(SyncException.class);

    assertThat(crm.contactsWith(pmiId(1))).isEqualTo(1);
  }

  @Test
  void refuse_namedParticipant_untilAccepted() {
    crm.refuse(pmiId(1), "FIELD_CUSTOM_VALIDATION_EXCEPTION", "LastName");

    WriteOutcome refused = write(crm, upsert(), insert(1, "Doe")).get(pmiText(1));
    crm.accept(pmiId(1));

    assertThat(refused(refused).code()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assertThat(written(write(crm, upsert(), insert(1, "Doe")).get(pmiText(1))).created()).isTrue();
  }

  @Test
  void withholdJourney_contactNeverGetsOne() {
    ContactId contact = crm.createContact(pmiText(1), values("LastName", "Doe"));
    crm.withholdJourney(contact);

    crm.letJourneysAppear();

    assertThat(crm.count(CrmObject.JOURNEY, CrmScope.all())).isZero();
  }
}
