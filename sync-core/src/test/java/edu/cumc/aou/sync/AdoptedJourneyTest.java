package edu.cumc.aou.sync;

import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A Contact that the sync adopts brings a journey in which staff have worked. */
class AdoptedJourneyTest {

  private static final FieldName STATUS = new FieldName("HP_Participant_Status__c");
  private static final FieldName DATE = new FieldName("HP_EHR_Consent_Date__c");
  private static final String PMI = "HP_PMI_ID__c";

  private SyncWorld world = world();
  private ContactId known;
  private JourneyId journey;

  private static SyncWorld world() {
    return new SyncWorld(
        true,
        "adoption { enabled = true, owners = [\""
            + InMemoryCrm.OWNER
            + "\"] }\njourney.fields.HP_EHR_Consent_Date__c.policy = fill-only");
  }

  private void personWhoIsKnown() {
    known =
        world.crm.createContact(
            null, values("FirstName", "Joe", "LastName", "Muster1", "Email", "p1@example.org"));
    world.crm.letJourneysAppear();
    journey = new JourneyId(world.crm.desk().records(CrmObject.JOURNEY).get(0).id());
    world.crm.editJourney(journey, values(STATUS.value(), "By staff", DATE.value(), "2001-02-03"));
    world.person(1);
    world.contact(1, "First Name_HP", "Joe");
    world.journey(1, "Participant Status", "Core");
    world.journey(1, "EHR Consent Date", "2020-05-06");
  }

  private Map<String, String> shown() {
    return world.crm.desk().records(CrmObject.JOURNEY).stream()
        .filter(r -> r.id().equals(journey.value()))
        .findFirst()
        .orElseThrow()
        .fields();
  }

  private List<Change> changes(RunId run) {
    return world
        .store
        .changes()
        .page(
            run,
            CrmObject.JOURNEY,
            EnumSet.of(Change.Action.UPDATE),
            EnumSet.allOf(Change.State.class),
            0,
            100);
  }

  @Test
  void sync_sendsWhatThePolicyAllows_andKnowsWhatWasThere() {
    personWhoIsKnown();

    SyncReport report = world.firstSync();

    assertThat(shown())
        .containsEntry(STATUS.value(), "Core")
        .containsEntry(DATE.value(), "2001-02-03");
    assertThat(changes(report.run()))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.oldValues().get(STATUS).text()).isEqualTo("By staff");
              assertThat(change.newValues().contains(DATE)).isFalse();
            });
    assertThat(report.journeys().holds()).isTrue();
    assertThat(world.nextSync().planned()).isEmpty();
  }

  @Test
  void sync_ofAJourneyThatShowsAllOfIt_countsItAsUnchanged() {
    personWhoIsKnown();
    FieldValues sent = changes(world.firstSync().run()).get(0).newValues();
    world = world();
    personWhoIsKnown();
    world.crm.editJourney(journey, sent);

    SyncReport report = world.firstSync();

    assertThat(report.contacts().adopted()).isEqualTo(1);
    assertThat(report.journeys().unchanged()).isEqualTo(1);
    assertThat(report.journeys().holds()).isTrue();
    assertThat(changes(report.run())).isEmpty();
  }

  @Test
  void sync_interrupted_leavesAnEditOfMeanwhileToTheNextOne() {
    personWhoIsKnown();
    interruptedBefore(() -> !openChanges().isEmpty());
    world.crm.editJourney(journey, values(STATUS.value(), "Edited meanwhile"));

    SyncReport report = world.nextSync();

    assertThat(shown()).containsEntry(STATUS.value(), "Edited meanwhile");
    assertThat(report.errors()).anySatisfy(e -> assertThat(e.code()).isEqualTo("edited-since"));
    world.nextSync();
    assertThat(shown()).containsEntry(STATUS.value(), "Core");
  }

  private List<Change> openChanges() {
    return world.store.runs().latest(1).stream().flatMap(r -> changes(r.id()).stream()).toList();
  }

  private void interruptedBefore(BooleanSupplier planned) {
    for (long nth = 1; !planned.getAsBoolean(); nth++) {
      world.crm.failBefore(nth, Kill::new);
      assertThatThrownBy(world::firstSync).isInstanceOf(Kill.class);
      world.clock.advance(Duration.ofMinutes(10));
    }
  }

  /** What was compared with a journey that is gone is not sent to the one in its place. */
  @Test
  void sync_interrupted_sendsNothingToAnotherJourney() {
    personWhoIsKnown();
    interruptedBefore(() -> !openChanges().isEmpty());
    world.crm.deleteJourney(journey);
    journey = world.crm.createJourney(known);

    SyncReport report = world.nextSync();

    assertThat(shown()).doesNotContainKey(STATUS.value());
    assertThat(report.errors()).anySatisfy(e -> assertThat(e.code()).isEqualTo("gone-since"));
    world.nextSync();
    assertThat(shown()).containsEntry(STATUS.value(), "Core");
  }

  /** Wherever it is killed after its plan, the next sync ends it. */
  @Test
  void undo_killedAtAnyCall_givesBothBack() {
    boolean killed = true;
    for (long nth = 1; killed; nth++) {
      world = world();
      personWhoIsKnown();
      Map<String, String> before = Map.copyOf(shown());
      SyncReport wrong = world.firstSync();
      world.crm.failAfter(nth, Kill::new);
      try {
        world.sync().run(SyncRequest.undo("test", wrong.run(), null));
        killed = false;
      } catch (Kill e) {
        world.clock.advance(Duration.ofMinutes(10));
        world.nextSync();
        if (world.crm.storedContact(known).containsKey(PMI)) {
          // It was killed before its plan was complete.
          world.sync().run(SyncRequest.undo("test", wrong.run(), null));
        }
      }

      assertThat(world.crm.storedContact(known)).doesNotContainKey(PMI);
      assertThat(shown()).as("killed at call %s", nth).containsAllEntriesOf(before);
    }
  }

  /** The process is gone: nothing of ours catches this. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }
}
