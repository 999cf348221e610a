package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Staff work in Salesforce while a run is interrupted. */
class ResumedRunTest {

  private static final FieldName STATUS = new FieldName("HP_Participant_Status__c");

  private SyncWorld world = new SyncWorld(false);

  @ParameterizedTest
  @EnumSource(
      value = JobTable.State.class,
      names = {"OPEN", "CLOSED"})
  void contactMadeByHand_whileAJobWasInterrupted_isNotDoubled(JobTable.State interrupted) {
    killWhenTheFirstJobIs(interrupted);
    world.clock.advance(Duration.ofHours(20));
    if (interrupted == JobTable.State.CLOSED) {
      // Salesforce lost the job: nothing of it was done
      world.crm.jobs().forget();
    }
    world.crm.createContact(pmiId(2).value(), values("LastName", "Byhand"));

    world.firstSync();

    assertThat(world.crm.contactsWith(pmiId(2))).isEqualTo(1);
    world.nextSync();
    assertThat(world.nextSync().plannedTotal()).isZero();
  }

  private void killWhenTheFirstJobIs(JobTable.State state) {
    for (long nth = 1; ; nth++) {
      world = new SyncWorld(false, "bulk { threshold = 3, rows-per-job = 30 }");
      world.people(1, 7);
      world.crm.failAfter(nth, Kill::new);
      assertThatThrownBy(() -> world.firstSync()).isInstanceOf(Kill.class);
      boolean sent =
          world.store.changes().count(new RunId(1)).stream()
              .anyMatch(c -> c.state() == Change.State.SENT);
      if (sent
          && world.store.jobs().unfinished(new RunId(1)).stream()
              .anyMatch(j -> j.state() == state)) {
        return;
      }
    }
  }

  @Test
  void contactThatLostItsPmiId_getsNothingOfTheRest() {
    ContactId contact = interruptedWithUpdatesPlanned().id();
    world.crm.editContact(contact, values("HP_PMI_ID__c", ""));

    world.nextSync();

    assertThat(world.crm.storedContact(contact)).containsEntry("MailingCity", "Old");
    assertThat(codes()).containsOnly("gone-since");
  }

  @Test
  void journeyThatSomebodyMovedToAnotherPerson_getsNothingOfTheRest() {
    MirroredContact contact = interruptedWithUpdatesPlanned();
    JourneyId journey = contact.journeys().get(0).id();
    world.crm.editJourney(journey, values("Contact__c", mirrored(2).id().value()));

    world.nextSync();

    assertThat(status(journey)).isEqualTo("Old");
    assertThat(codes()).contains("gone-since");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void valueThatSomebodyChanged_isLeftToTheNextSync(boolean wasCommittedLate) {
    ContactId contact = interruptedWithUpdatesPlanned().id();
    Instant read = world.store.mirror().state().orElseThrow().readUpTo();
    world.crm.editContact(contact, values("MailingCity", "Edited"));
    if (wasCommittedLate) {
      world.crm.desk().changedAt(contact.value(), read.minusSeconds(30));
    }

    world.nextSync();

    assertThat(world.crm.storedContact(contact)).containsEntry("MailingCity", "Edited");
    assertThat(codes()).containsExactly("edited-since");
    world.nextSync();
    assertThat(world.crm.storedContact(contact)).containsEntry("MailingCity", "New");
  }

  @Test
  void secondContactMadeByHand_keepsTheRestFromBoth() {
    ContactId contact = interruptedWithUpdatesPlanned().id();
    world.crm.createContact(pmiId(1).value(), values("LastName", "Byhand"));

    world.nextSync();

    assertThat(world.crm.storedContact(contact)).containsEntry("MailingCity", "Old");
    assertThat(codes()).containsOnly("created-since");
  }

  @Test
  void whatNobodyTouched_isSent() {
    MirroredContact contact = interruptedWithUpdatesPlanned();

    world.nextSync();

    assertThat(world.crm.storedContact(contact.id())).containsEntry("MailingCity", "New");
    assertThat(status(contact.journeys().get(0).id())).isEqualTo("New");
    assertThat(codes()).isEmpty();
  }

  /** More rows than one page, of both objects. */
  @Test
  void peopleWhoWithdrewMeanwhile_amongManyRowsOfBothObjects_getNothingOfTheRest() {
    world =
        new SyncWorld(false, "guards { max-updates.share = 100%, max-field-changes.share = 100% }");
    int people = 550;
    List<Integer> withdrawn = List.of(1, 275, people);
    world.people(1, people);
    world.firstSync();
    world.nextSync();
    for (int n = 1; n <= people; n++) {
      world.contact(n, "City_HP", "New");
      world.journey(n, "Participant Status", "New");
    }
    interruptWithUpdatesPlanned();
    withdrawn.forEach(n -> world.journey(n, "Withdrawal Status", "1"));

    world.nextSync();

    for (CrmObject object : CrmObject.values()) {
      Map<Boolean, List<Change>> refused =
          world
              .store
              .changes()
              .page(
                  interrupted(),
                  object,
                  EnumSet.of(Change.Action.UPDATE),
                  EnumSet.allOf(Change.State.class),
                  0,
                  2 * people)
              .stream()
              .collect(Collectors.partitioningBy(c -> c.state() == Change.State.REFUSED));
      assertThat(refused.get(true))
          .allSatisfy(c -> assertThat(c.errorCode()).isEqualTo("withdrawn-since"))
          .extracting(Change::pmiId)
          .containsExactlyElementsOf(withdrawn.stream().map(TestParticipants::pmiId).toList());
      assertThat(refused.get(false))
          .hasSize(people - withdrawn.size())
          .allSatisfy(c -> assertThat(c.state()).isEqualTo(Change.State.DONE));
    }
  }

  /** A run breaks off before it changes the Contact of participant 1, and its journey. */
  private MirroredContact interruptedWithUpdatesPlanned() {
    world.people(1, 2);
    world.contact(1, "City_HP", "Old");
    world.journey(1, "Participant Status", "Old");
    world.firstSync();
    world.nextSync();
    world.contact(1, "City_HP", "New");
    world.journey(1, "Participant Status", "New");
    interruptWithUpdatesPlanned();
    return mirrored(1);
  }

  private void interruptWithUpdatesPlanned() {
    for (long nth = 1; changes(CrmObject.CONTACT).isEmpty(); nth++) {
      world.crm.failBefore(nth, Kill::new);
      assertThatThrownBy(world::nextSync).isInstanceOf(Kill.class);
      world.clock.advance(Duration.ofMinutes(10));
    }
  }

  private MirroredContact mirrored(int number) {
    return world.store.mirror().find(pmiId(number)).orElseThrow().contacts().get(0);
  }

  private String status(JourneyId journey) {
    return world.crm.desk().records(CrmObject.JOURNEY).stream()
        .filter(r -> r.id().equals(journey.value()))
        .findFirst()
        .orElseThrow()
        .fields()
        .get(STATUS.value());
  }

  /** Of the first run that planned to change something. */
  private List<Change> changes(CrmObject object) {
    return world
        .store
        .changes()
        .page(
            interrupted(),
            object,
            EnumSet.of(Change.Action.UPDATE),
            EnumSet.allOf(Change.State.class),
            0,
            100);
  }

  private RunId interrupted() {
    return world.store.runs().latest(20).stream()
        .map(r -> r.id())
        .filter(id -> id.value() > 2)
        .filter(id -> world.store.changes().lastSeq(id) > 0)
        .reduce((newer, older) -> older)
        .orElse(new RunId(99));
  }

  private List<@Nullable String> codes() {
    return java.util.stream.Stream.of(CrmObject.values())
        .flatMap(o -> changes(o).stream())
        .map(Change::errorCode)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  private static FieldValues values(String field, String text) {
    return FieldValues.of(Map.of(new FieldName(field), new FieldValue(text)));
  }

  /** The process is gone: nothing of ours catches this. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }
}
