package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.CrmFixtures.insert;
import static edu.cumc.aou.sync.port.CrmFixtures.refused;
import static edu.cumc.aou.sync.port.CrmFixtures.written;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.util.List;
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

    assertThatThrownBy(
            () -> crm.insertContacts(List.of(insert(1, "Doe")), InsertMode.UPSERT_BY_PMI_ID))
        .isInstanceOf(SyncException.class);

    assertThat(crm.contactsWith(pmiId(1))).isZero();
    assertThat(crm.count(CrmObject.CONTACT, CrmScope.all())).isZero();
  }

  @Test
  void failAfter_nthCall_isCarriedOut() {
    crm.failAfter(1, () -> new SyncException(FailureKind.UNAVAILABLE, "down"));

    assertThatThrownBy(
            () -> crm.insertContacts(List.of(insert(1, "Doe")), InsertMode.UPSERT_BY_PMI_ID))
        .isInstanceOf(SyncException.class);

    assertThat(crm.contactsWith(pmiId(1))).isEqualTo(1);
  }

  @Test
  void refuse_namedParticipant_untilAccepted() {
    crm.refuse(pmiId(1), "FIELD_CUSTOM_VALIDATION_EXCEPTION", "LastName");

    WriteResult.Refused<ContactId> refused =
        refused(crm.insertContacts(List.of(insert(1, "Doe")), InsertMode.UPSERT_BY_PMI_ID).get(0));
    crm.accept(pmiId(1));

    assertThat(refused.code()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assertThat(
            written(
                    crm.insertContacts(List.of(insert(1, "Doe")), InsertMode.UPSERT_BY_PMI_ID)
                        .get(0))
                .created())
        .isTrue();
  }

  @Test
  void withholdJourney_contactNeverGetsOne() {
    ContactId contact = crm.createContact(pmiText(1), values("LastName", "Doe"));
    crm.withholdJourney(contact);

    crm.letJourneysAppear();

    assertThat(crm.count(CrmObject.JOURNEY, CrmScope.all())).isZero();
  }
}
